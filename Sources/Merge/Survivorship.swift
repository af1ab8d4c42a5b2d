import Basics
import Columns
import Definition
import Standards

/// Chooses, for one attribute of one customer, the record whose value survives.
///
/// A record with more of the group's columns filled comes before one with fewer, a fit value before an unfit one; then
/// the attribute's rule decides, then the trust in the source, then the later `updated_on`, then the smaller row.
struct Survivorship {
  /// The winner's row, -1 where no record has a value, and how many different values it beat.
  struct Choice: Equatable {
    var row: Int32
    var rivals: Int16

    static let none = Choice(row: -1, rivals: 0)
  }

  private struct Candidate {
    var row: Int32
    var filled: Int32
    var isUnfit: Bool
    var rank: Int32
    var updated: Int32
    /// What the rule maximises, where it is a number that can be known beforehand.
    var score: Int32
  }

  /// By party row.
  private let sources: [UInt8]
  private let updatedOn: [Int32]
  private let notes: [Int32]
  private var candidates: [Candidate] = []
  /// A representative of each different value among the candidates, and how many have it.
  private var values: [(row: Int32, count: Int32)] = []

  static let maxSources = 64

  init(_ party: Table) throws(Problem) {
    let source = try party.column("source")
    let updated = try party.column("updated_on")
    let note = try party.column("notes")
    guard source.dictionary.count <= Self.maxSources else {
      throw Problem(
        "too_many_sources", "the pipeline has \(source.dictionary.count) sources of parties",
        expected: "at most \(Self.maxSources)")
    }
    let rows = 0..<party.rowCount
    sources = rows.map { UInt8(source.code($0)) }
    updatedOn = rows.map { updated.isNull($0) ? .min : Int32(truncatingIfNeeded: updated.integer($0)) }
    notes = rows.map { Int32(truncatingIfNeeded: note.integer($0)) }
  }

  func source(_ row: Int32) -> UInt8 { sources[Int(row)] }

  mutating func choose(_ attribute: Attribute, among range: Range<Int>, of records: CustomerRecords) -> Choice {
    if range.count == 1 {
      let row = records.row(range.lowerBound)
      let isTelling = attribute.filled(Int(row)) & attribute.telling[Int(sources[Int(row)])] != 0
      return isTelling ? Choice(row: row, rivals: 0) : .none
    }
    gather(attribute, range, records)
    if candidates.isEmpty { return .none }
    if candidates.count == 1 { return Choice(row: candidates[0].row, rivals: 0) }
    countValues(attribute)
    score(attribute)
    var best = 0
    for index in candidates.indices.dropFirst() where isBetter(candidates[index], candidates[best], attribute) {
      best = index
    }
    let rivals = attribute.rule == .union ? 0 : values.count - 1
    return Choice(row: candidates[best].row, rivals: Int16(clamping: rivals))
  }

  private mutating func gather(_ attribute: Attribute, _ range: Range<Int>, _ records: CustomerRecords) {
    candidates.removeAll(keepingCapacity: true)
    for index in range {
      let row = records.row(index)
      let source = Int(sources[Int(row)])
      let filled = attribute.filled(Int(row))
      if filled & attribute.telling[source] == 0 { continue }
      let isUnfit = notes[Int(row)] & attribute.avoided.rawValue != 0
      candidates.append(
        Candidate(
          row: row, filled: Int32(filled.nonzeroBitCount), isUnfit: isUnfit, rank: attribute.ranks[source],
          updated: updatedOn[Int(row)], score: 0))
    }
  }

  private mutating func countValues(_ attribute: Attribute) {
    values.removeAll(keepingCapacity: true)
    for candidate in candidates {
      if let known = values.firstIndex(where: { attribute.areEqual(Int($0.row), Int(candidate.row)) }) {
        values[known].count += 1
      } else {
        values.append((candidate.row, 1))
      }
    }
  }

  private mutating func score(_ attribute: Attribute) {
    switch attribute.rule {
    case .mostRecent:
      for index in candidates.indices { candidates[index].score = candidates[index].updated }
    case .mostFrequent:
      for index in candidates.indices {
        let row = Int(candidates[index].row)
        candidates[index].score = values.first { attribute.areEqual(Int($0.row), row) }?.count ?? 0
      }
    case .longest:
      for index in candidates.indices {
        candidates[index].score = attribute.columns[0].length(Int(candidates[index].row))
      }
    case .sourcePriority, .union, .minimum, .maximum: break
    }
  }

  private func isBetter(_ a: Candidate, _ b: Candidate, _ attribute: Attribute) -> Bool {
    if a.filled != b.filled { return a.filled > b.filled }
    if a.isUnfit != b.isUnfit { return b.isUnfit }
    if a.score != b.score { return a.score > b.score }
    if attribute.rule == .minimum || attribute.rule == .maximum {
      let (low, high) = attribute.rule == .minimum ? (a, b) : (b, a)
      if attribute.columns[0].isLess(Int(low.row), Int(high.row)) { return true }
      if attribute.columns[0].isLess(Int(high.row), Int(low.row)) { return false }
    }
    if a.rank != b.rank { return a.rank < b.rank }
    if a.updated != b.updated { return a.updated > b.updated }
    return a.row < b.row
  }

  /// For the rule union: all different values, sorted by their bytes, joined with `;`; unfit ones only where there are no
  /// others.
  mutating func union(_ attribute: Attribute, among range: Range<Int>, of records: CustomerRecords) -> [UInt8] {
    gather(attribute, range, records)
    if candidates.contains(where: { !$0.isUnfit }) { candidates.removeAll { $0.isUnfit } }
    countValues(attribute)
    let column = attribute.columns[0].column
    let sorted = values.map { column.bytes(Int($0.row)) }.sorted { $0.lexicographicallyPrecedes($1) }
    return Array(sorted.map { Array($0) }.joined(separator: [UInt8(ascii: ";")]))
  }
}
