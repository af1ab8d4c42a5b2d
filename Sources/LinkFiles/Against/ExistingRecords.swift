import Basics
import Linkage

/// The records that new ones are linked to, with the clusters that they are in already; they come first of all records.
public struct ExistingRecords: Sendable {
  public var clusters: ExistingClusters
  /// By cluster: its number in files.
  public var written: [Int]
  /// Records that the file of clusters does not name; each is a cluster of its own.
  public var unlisted: Int

  public var recordCount: Int { clusters.recordCount }
  public var greatest: Int { written.max() ?? 0 }

  /// Each record a cluster of its own, numbered from 1.
  public init(recordCount: Int) {
    clusters = ExistingClusters(numbers: (0..<Int32(recordCount)).map { $0 }, count: recordCount)
    written = Array(1...max(1, recordCount)).suffix(recordCount)
    unlisted = 0
  }

  /// Reads `file,row,id,cluster`, as an earlier run wrote it.
  ///
  /// Records are found by file and row, and by id where the file is none of the existing ones. Those that no line names
  /// get numbers after the greatest.
  /// - Parameter files: How many of the files are existing ones.
  /// - Throws: `not_clusters` (`.definition`); `unknown_record`, `foreign_cluster`, `bad_number`, `repeated_record`
  ///   (`.data`), the first ten of them; and what reading the file throws.
  public init(reading path: String, of input: LinkInput, files: Int) throws(Problems) {
    let read = try RecordFiles.read(paths: [path])
    func column(_ name: String) -> InternedColumn? { read.records.columns.first { $0.name.lowercased() == name } }
    guard let file = column("file"), let row = column("row"), let cluster = column("cluster") else {
      throw Problems(
        .definition,
        [
          Problem(
            "not_clusters", "the file's columns do not say which records are one cluster", at: Place(path, line: 1),
            found: read.records.columns.map(\.name).joined(separator: ", "), expected: "file, row, id and cluster",
            advice: "Name the clusters.csv of an earlier run")
        ])
    }
    var reader = ClusterReader(path, input, files, file: file, row: row, id: column("id"), cluster: cluster)
    for line in 0..<read.records.count { reader.read(line) }
    if !reader.problems.isEmpty { throw Problems(.data, reader.problemsShown) }
    self = reader.finish()
  }

  fileprivate init(clusters: ExistingClusters, written: [Int], unlisted: Int) {
    (self.clusters, self.written, self.unlisted) = (clusters, written, unlisted)
  }

  /// By record of all: the number of its cluster in files. New clusters come after the greatest, in the order of their
  /// first records.
  /// - Parameters:
  ///   - held: by record, its existing cluster, -1 for none.
  ///   - clustering: of all records.
  public func numbers(_ held: [Int32], _ clustering: Clustering) -> [Int] {
    var new = [Int](repeating: 0, count: clustering.count)
    var last = greatest
    return held.indices.map { record in
      if held[record] >= 0 { return written[Int(held[record])] }
      let cluster = Int(clustering.numbers[record])
      if new[cluster] == 0 {
        last += 1
        new[cluster] = last
      }
      return new[cluster]
    }
  }
}

/// Reads lines of clusters and collects what is wrong with them.
private struct ClusterReader {
  private let path: String
  private let input: LinkInput
  private let file: InternedColumn
  private let row: InternedColumn
  private let id: InternedColumn?
  private let cluster: InternedColumn
  private(set) var problems: [Problem] = []
  /// By code of `file`: its number among the existing files, -1 for others.
  private let fileNumbers: [Int]
  private let fileNames: String
  private let starts: [Int]
  private let recordCount: Int
  /// By record: the number in the file, 0 for none yet.
  private var numbers: [Int]
  private var recordsById: [String: Int] = [:]

  init(
    _ path: String, _ input: LinkInput, _ files: Int, file: InternedColumn, row: InternedColumn, id: InternedColumn?,
    cluster: InternedColumn
  ) {
    (self.path, self.input, self.file, self.row, self.id, self.cluster) = (path, input, file, row, id, cluster)
    let existing = input.records.files.prefix(files)
    fileNumbers = (0..<Int32(file.valueCount)).map { code in
      existing.firstIndex { $0.name == file.texts[code] } ?? -1
    }
    fileNames = existing.map(\.name).joined(separator: " or ")
    starts = existing.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.recordCount) }
    recordCount = starts[starts.count - 1]
    numbers = [Int](repeating: 0, count: recordCount)
    // Ids are only looked for where a file is not known.
    guard let ids = input.ids, id != nil, fileNumbers.contains(-1) else { return }
    for record in 0..<recordCount {
      let text = ids[Int32(record)]
      if !text.isEmpty { recordsById[text] = recordsById[text] == nil ? record : -1 }
    }
  }

  private static let shown = 10

  var problemsShown: [Problem] {
    let rest = problems.count - Self.shown
    if rest <= 0 { return problems }
    return problems.prefix(Self.shown) + [
      Problem("more_problems", "\(rest) more lines are wrong", at: Place(path), advice: "See to the first ones")
    ]
  }

  private mutating func report(
    _ code: String, _ message: String, _ line: Int, found: String?, expected: String?, advice: String? = nil
  ) {
    problems.append(
      Problem(code, message, at: Place(path, line: line + 2), found: found, expected: expected, advice: advice))
  }

  mutating func read(_ line: Int) {
    guard let record = record(line) else { return }
    let text = cluster.text(line) ?? ""
    guard let number = Int(text), number >= 1, number <= Int(Int32.max) else {
      return report(
        "bad_number", "the cluster is not a number", line, found: Masking.shape(text), expected: "1 to \(Int32.max)")
    }
    if numbers[record] != 0, numbers[record] != number {
      return report(
        "repeated_record", "the record stands in two clusters", line, found: "\(number) and \(numbers[record])",
        expected: "one line a record", advice: "Take one of both lines away")
    }
    numbers[record] = number
  }

  private mutating func record(_ line: Int) -> Int? {
    let number = file.codes[line] < 0 ? -1 : fileNumbers[Int(file.codes[line])]
    let ownId = id?.text(line)
    if number < 0 {
      if let ownId, let record = recordsById[ownId], record >= 0 { return record }
      report(
        "unknown_record", "the line names none of the existing files, and its id is not the id of one existing record",
        line, found: Masking.mask(file.text(line) ?? ""), expected: fileNames,
        advice: "Name all files of the earlier run behind --against, or link with --id")
      return nil
    }
    let count = starts[number + 1] - starts[number]
    guard let place = Int(row.text(line) ?? ""), place >= 1, place <= count else {
      report(
        "unknown_record", "the line names no row of \(input.records.files[number].name)", line,
        found: row.text(line).map(Masking.shape) ?? "nothing", expected: "1 to \(count)",
        advice: "Give the clusters of these files as they are now")
      return nil
    }
    let record = starts[number] + place - 1
    if let ownId, let ids = input.ids, ids[Int32(record)] != ownId {
      report(
        "foreign_cluster", "the id is not that of row \(place) of \(input.records.files[number].name)", line,
        found: Masking.mask(ownId), expected: Masking.mask(ids[Int32(record)]),
        advice: "Give the clusters of these files as they are now")
      return nil
    }
    return record
  }

  func finish() -> ExistingRecords {
    var written: [Int] = []
    var dense: [Int: Int32] = [:]
    var next = numbers.max() ?? 0
    let codes = numbers.map { number -> Int32 in
      if number > 0, let code = dense[number] { return code }
      let code = Int32(written.count)
      if number > 0 {
        dense[number] = code
        written.append(number)
      } else {
        next += 1
        written.append(next)
      }
      return code
    }
    return ExistingRecords(
      clusters: ExistingClusters(numbers: codes, count: written.count), written: written,
      unlisted: numbers.count { $0 == 0 })
  }
}
