import Basics
import Linkage

/// Which entity each record is of, as far as that is known.
public struct Truth: Sendable {
  /// By record: the number of its entity, -1 where it is not known.
  public var codes: [Int32]
  /// Where it comes from, as reports say it: `column cluster`.
  public var origin: String
  public var notes: [Problem]

  public init(_ column: InternedColumn) {
    codes = column.codes
    origin = "column \(column.name)"
    notes = []
  }

  /// Reads a file with the columns `id` and `cluster` (any one column beside `cluster` is the id), in which the entities
  /// of records that are not named are unknown; or with `id_a` and `id_b`, pairs that are one entity, beside which there
  /// are no others. Where ids of several files repeat, `file`, or `file_a` and `file_b`, tell the file by its name.
  /// - Throws: `no_ids`, `repeated_id`, `not_truth`, `foreign_truth`, and what reading the file throws.
  public init(file path: String, of input: LinkInput) throws(Problems) {
    guard let ids = input.ids else {
      throw Problems(
        .definition,
        [Problem("no_ids", "a file of truth names records by their ids, and no id column is named", advice: "Add --id")]
      )
    }
    let read = try RecordFiles.read(paths: [path])
    origin = "file \(Files.name(path))"
    notes = read.notes
    let columns = read.records.columns
    func column(_ name: String) -> InternedColumn? { columns.first { $0.name.lowercased() == name } }
    var unknown = 0
    if let a = column("id_a"), let b = column("id_b") {
      let index = try IdIndex(ids, input.records.files, byFile: column("file_a") != nil && column("file_b") != nil)
      var sets = DisjointSets(count: input.records.count)
      for row in a.codes.indices {
        if let first = index.find(a, column("file_a"), row), let second = index.find(b, column("file_b"), row) {
          sets.union(first, second)
        } else {
          unknown += 1
        }
      }
      codes = sets.roots()
    } else if let cluster = column("cluster"), let id = column("id") ?? Self.onlyOther(columns) {
      let index = try IdIndex(ids, input.records.files, byFile: column("file") != nil)
      codes = [Int32](repeating: -1, count: input.records.count)
      for row in id.codes.indices {
        if let record = index.find(id, column("file"), row) {
          codes[Int(record)] = cluster.codes[row]
        } else {
          unknown += 1
        }
      }
    } else {
      throw Problems(.definition, [Self.notTruth(path, columns)])
    }
    try tellUnknown(unknown, of: read.records.count, path)
  }

  private static func onlyOther(_ columns: [InternedColumn]) -> InternedColumn? {
    let others = columns.filter { !["cluster", "file", "row"].contains($0.name.lowercased()) }
    return others.count == 1 ? others[0] : nil
  }

  private static func notTruth(_ path: String, _ columns: [InternedColumn]) -> Problem {
    Problem(
      "not_truth", "the file's columns do not say which records are one entity", at: Place(path, line: 1),
      found: columns.map(\.name).joined(separator: ", "), expected: "id and cluster, or id_a and id_b",
      advice: "Rename its columns")
  }

  private mutating func tellUnknown(_ unknown: Int, of count: Int, _ path: String) throws(Problems) {
    if unknown == 0 { return }
    let problem = Problem(
      "foreign_truth", "lines of the file name ids that no record has", severity: unknown == count ? .error : .warning,
      at: Place(path), found: "\(unknown) of \(count) lines", expected: "ids as in the id column of the records")
    if unknown == count { throw Problems(.data, [problem]) }
    notes.append(problem)
  }
}

/// Finds records by id, and by file where ids repeat.
private struct IdIndex {
  private let ids: ValueTexts
  private let files: [RecordSet.File]
  private var index: HashIndex
  private let fileOfRecord: [Int32]
  private let isByFile: Bool

  init(_ ids: ValueTexts, _ files: [RecordSet.File], byFile: Bool) throws(Problems) {
    (self.ids, self.files, isByFile) = (ids, files, byFile)
    fileOfRecord = files.indices.flatMap { [Int32](repeating: Int32($0), count: files[$0].recordCount) }
    index = HashIndex(capacity: ids.count)
    for record in 0..<Int32(ids.count) {
      let hash = ids.withBytes(record) { $0.isEmpty ? nil : ByteHash.hash($0) }
      guard let hash else { continue }
      let known = index.first(hash) { [fileOfRecord] other in
        ids.withBytes(other) { a in ids.withBytes(record) { b in ByteHash.areEqual(a, b) } }
          && (!byFile || fileOfRecord[Int(other)] == fileOfRecord[Int(record)])
      }
      if known >= 0 { throw Problems(.data, [repeated(Int(known), Int(record))]) }
      index.insert(record, hash: hash)
    }
  }

  private func repeated(_ a: Int, _ b: Int) -> Problem {
    let places = FilePlaces(files)
    var file = 0
    let first = "row \(places.find(a, near: &file)) of \(files[file].name)"
    let second = "row \(places.find(b, near: &file)) of \(files[file].name)"
    return Problem(
      "repeated_id", "two records have one id, and the truth cannot say which it means",
      found: "\(first) and \(second)",
      advice: isByFile ? "Give every record an id of its own" : "Add a column file (file_a and file_b) to the truth")
  }

  /// The record that a line of the truth names; nil where there is none.
  func find(_ id: InternedColumn, _ file: InternedColumn?, _ row: Int) -> Int32? {
    let code = id.codes[row]
    if code < 0 { return nil }
    let name = isByFile ? file?.text(row) : nil
    let record = id.texts.withBytes(code) { text in
      index.first(ByteHash.hash(text)) { record in
        ids.withBytes(record) { ByteHash.areEqual($0, text) }
          && (!isByFile || files[Int(fileOfRecord[Int(record)])].name == name)
      }
    }
    return record < 0 ? nil : record
  }
}
