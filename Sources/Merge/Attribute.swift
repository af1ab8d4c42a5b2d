import Basics
import Columns
import Definition
import Glibc
import Standards

/// One attribute of the merge definition, made ready for the party table.
///
/// A class, as a struct of arrays would be retained array by array for every customer.
final class Attribute {
  let rule: SurvivorshipRule
  /// Not an array, which would be retained at each use.
  let columns: UnsafeBufferPointer<PartyColumn>
  /// The bit of the first column in `FilledColumns`.
  let firstBit: UInt64
  private let bits: UInt64
  /// By code of the source: 0 for the most trusted.
  let ranks: [Int32]
  /// A record with any of these notes gives its value only where there is no other.
  let avoided: StandardNotes
  /// By code of the source: the columns (as bits) of which one must be filled for the record to be looked at. A column
  /// that is the same in all records of a source says nothing about one of them.
  let telling: [UInt64]

  /// - Parameter firstBit: how many columns the attributes before this one have.
  init(_ rule: AttributeRule, party: Table, pipeline: PipelineDefinition, firstBit: Int) throws(Problem) {
    var columns: [PartyColumn] = []
    for name in rule.columns { columns.append(PartyColumn(try party.column(name))) }
    self.rule = rule.rule
    if rule.rule == .union, columns.count > 1 || columns[0].kind == .number {
      throw Problem(
        "union_of_no_text", "the rule union joins the values of one column of texts", at: rule.place,
        found: rule.columns.joined(separator: ", "), expected: "one column of type text or code",
        advice: "Choose another rule for this attribute")
    }
    let sources = try party.column("source").dictionary
    let space = UnsafeMutableBufferPointer<PartyColumn>.allocate(capacity: columns.count)
    _ = space.initialize(from: columns)
    self.columns = UnsafeBufferPointer(space)
    self.firstBit = UInt64(firstBit)
    bits = 1 << UInt64(columns.count) - 1
    let order = Self.trust(rule, pipeline)
    ranks = sources.map { source in Int32(order.firstIndex(of: source) ?? order.count) }
    avoided = rule.avoid.reduce(into: []) { $0.formUnion($1.notes) }
    telling = sources.map { source in
      let constants = pipeline.source(source)?.constants.map(\.column) ?? []
      let telling = rule.columns.indices.filter { !constants.contains(rule.columns[$0]) }
      return (telling.isEmpty ? Array(rule.columns.indices) : telling).reduce(0) { $0 | 1 << UInt64($1) }
    }
  }

  deinit { columns.deallocate() }

  /// Sources from the most trusted: the attribute's own, then the pipeline's priority, then the declared order.
  private static func trust(_ rule: AttributeRule, _ pipeline: PipelineDefinition) -> [String] {
    var order: [String] = []
    for source in rule.priority + pipeline.merge.priority + pipeline.sources.map(\.id) where !order.contains(source) {
      order.append(source)
    }
    return order
  }

  /// Which of the attribute's columns a record fills, as bits.
  @inline(__always)
  func filled(_ filled: UInt64) -> UInt64 { filled >> firstBit & bits }

  func areEqual(_ a: Int, _ b: Int) -> Bool {
    for column in columns where !column.areEqual(a, b) { return false }
    return true
  }
}

extension Unfitness {
  /// The notes of standardisation that say so.
  var notes: StandardNotes {
    switch self {
    case .standIn: .standIn
    case .latin: .latinName
    case .placeholder: .placeholder
    case .checksumFailed: .checksumFailed
    }
  }
}

/// A column of the party table, and how its values are compared; the table must live as long.
struct PartyColumn {
  enum Kind { case number, text, code }

  private let reference: Unmanaged<Column>
  let kind: Kind

  init(_ column: Column) {
    reference = .passUnretained(column)
    switch column.spec.type {
    case .utf8: kind = .text
    case .code: kind = .code
    case .boolean, .int8, .int16, .int32, .int64, .date, .timestamp, .money: kind = .number
    }
  }

  @inline(__always)
  func isNull(_ row: Int) -> Bool { reference._withUnsafeGuaranteedRef { $0.isNull(row) } }

  /// The texts of a code column.
  var dictionary: [String] { reference._withUnsafeGuaranteedRef { $0.dictionary } }

  @inline(__always)
  func integer(_ row: Int) -> Int64 { reference._withUnsafeGuaranteedRef { $0.integer(row) } }

  @inline(__always)
  func bytes(_ row: Int) -> UnsafeRawBufferPointer { reference._withUnsafeGuaranteedRef { $0.bytes(row) } }

  @inline(__always)
  func code(_ row: Int) -> Int32 { reference._withUnsafeGuaranteedRef { $0.code(row) } }

  /// Whether two records hold the same value, or both none.
  func areEqual(_ a: Int, _ b: Int) -> Bool {
    switch kind {
    case .code: return code(a) == code(b)
    case .number: return integer(a) == integer(b) && isNull(a) == isNull(b)
    case .text:
      let (x, y) = (bytes(a), bytes(b))
      guard x.count == y.count else { return false }
      guard let start = x.baseAddress, let other = y.baseAddress else { return true }
      return memcmp(start, other, x.count) == 0
    }
  }

  /// Numbers by size, texts by their bytes.
  func isLess(_ a: Int, _ b: Int) -> Bool {
    kind == .number ? integer(a) < integer(b) : bytes(a).lexicographicallyPrecedes(bytes(b))
  }

  /// Characters of a text; 0 for numbers.
  func length(_ row: Int) -> Int32 {
    if kind == .number { return 0 }
    return bytes(row).reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}
