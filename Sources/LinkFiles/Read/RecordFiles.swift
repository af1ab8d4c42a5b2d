import Basics
import Dispatch
import Extracts
import Linkage
import Synchronization

/// Records that were read for linking.
public struct LinkInput: Sendable {
  /// The columns that are evidence, and nothing else.
  public var records: RecordSet
  /// By record: its text in the id column, empty where it has none; nil without such a column.
  public var ids: ValueTexts?
  /// The true entity by record; nil without such a column.
  public var truth: InternedColumn?
  /// The source by record; nil without such a column.
  public var source: InternedColumn?
  /// Warnings: rows that could not be read and columns that a file lacks, in the order of the files.
  public var notes: [Problem]
  /// Rows that could not be read; they stand among the records, with every field missing.
  public var damagedCount: Int

  public init(
    records: RecordSet, ids: ValueTexts? = nil, truth: InternedColumn? = nil, source: InternedColumn? = nil,
    notes: [Problem] = [], damagedCount: Int = 0
  ) {
    self.records = records
    self.ids = ids
    self.truth = truth
    self.source = source
    self.notes = notes
    self.damagedCount = damagedCount
  }
}

/// Reads files of records: a line with the names of the columns, then one record a line.
///
/// Separator (comma, semicolon, tab, `|`, `|!|`), quotes, encoding (UTF-8, GB18030, UTF-16 with its mark) and gzip are
/// found from each file's beginning. Columns of several files are matched by name, whatever its case. Values lose the
/// white space around them; blanks and the words of `FieldText.nullWords` are missing.
public enum RecordFiles {
  private static let batchRecords = 4_096

  /// Reads every file once, fields of one batch by `threads` threads; the result is the same for any number.
  /// - Parameters:
  ///   - paths: In the order of the records.
  ///   - id: Names the column whose texts are only passed on; `truth` and `source` likewise, of which values are
  ///     interned. None is evidence.
  /// - Throws: Everything that is wrong with the files (`.data`) or the names of columns (`.definition`).
  public static func read(
    paths: [String], id: String? = nil, truth: String? = nil, source: String? = nil, ignore: [String] = [],
    threads: Int = 1
  ) throws(Problems) -> LinkInput {
    try checkNames(paths)
    let files = try open(paths)
    let plan = try ColumnPlan(
      files.map { .init(file: $0.path, names: $0.reader.header ?? []) }, id: id, truth: truth, source: source,
      ignore: ignore)
    let columns = ReadColumns(plan)
    var damaged = DamagedRows()
    var read: [RecordSet.File] = []
    let names = shownNames(paths)
    for (index, file) in files.enumerated() {
      let count = try oneProblem { () throws(Problem) in
        try readAll(file, plan.fields[index], into: columns, &damaged, threads: threads)
      }
      read.append(.init(name: names[index], recordCount: count))
    }
    if read.allSatisfy({ $0.recordCount == 0 }) {
      throw Problems(
        .data, [Problem("no_records", "there are no records", at: Place(paths[0]), expected: "lines below the first")])
    }
    return columns.finish(files: read, notes: plan.notes + damaged.notes, damagedCount: damaged.count)
  }

  // MARK: Files

  private struct OpenFile {
    var path: String
    var reader: DelimitedReader
  }

  private static func checkNames(_ paths: [String]) throws(Problems) {
    if paths.isEmpty {
      throw Problems(.definition, [Problem("no_files", "no file is named", advice: "Name at least one file")])
    }
    var seen: Set<String> = []
    let repeated = paths.filter { !seen.insert(Files.absolute($0)).inserted }
    if repeated.isEmpty { return }
    throw Problems(
      .definition,
      repeated.map { Problem("repeated_file", "the file is named twice", at: Place($0), advice: "Name it once") })
  }

  private static func open(_ paths: [String]) throws(Problems) -> [OpenFile] {
    var files: [OpenFile] = []
    var problems: [Problem] = []
    for path in paths {
      do throws(Problem) {
        let shape = try FileShape(path)
        let bytes = try ExtractBytes(path, named: path, compression: shape.compression)
        files.append(OpenFile(path: path, reader: try DelimitedReader(bytes, format: shape.format)))
      } catch {
        problems.append(error)
      }
    }
    if !problems.isEmpty { throw Problems(.data, problems) }
    return files
  }

  /// File names without folders; paths as given where two names are the same.
  private static func shownNames(_ paths: [String]) -> [String] {
    let names = paths.map(Files.name)
    return Set(names).count == names.count ? names : paths
  }

  private static func oneProblem<Result>(_ body: () throws(Problem) -> Result) throws(Problems) -> Result {
    do throws(Problem) {
      return try body()
    } catch {
      throw Problems(.data, [error])
    }
  }

  // MARK: Records

  private static func readAll(
    _ file: OpenFile, _ fields: [Int], into columns: ReadColumns, _ damaged: inout DamagedRows, threads: Int
  ) throws(Problem) -> Int {
    let batch = RecordBatch(capacity: batchRecords)
    var count = 0
    while true {
      let following = try file.reader.fill(batch)
      columns.append(batch, fields, threads: threads)
      count += batch.count
      if case .damaged(let record)? = following {
        count += 1
        columns.appendMissing()
        damaged.add(record, file: file.path, row: count)
      } else if following == nil && batch.count == 0 {
        break
      }
      if count > Int(Int32.max) - 1 {
        throw Problem(
          "too_many_records", "there are more records than can be numbered", at: Place(file.path),
          expected: "fewer than \(Int32.max)", advice: "Link the files in parts")
      }
    }
    try damaged.endFile(file.path, rowCount: count)
    return count
  }
}

/// The columns of all files while they are read.
private struct ReadColumns: Sendable {
  private enum Kind: Sendable {
    case values(ValueColumn)
    case texts(TextColumn)
  }

  private let plan: ColumnPlan
  /// Those that are kept, with their numbers in the plan.
  private let kept: [(column: Int, kind: Kind)]

  init(_ plan: ColumnPlan) {
    self.plan = plan
    kept = plan.names.indices.compactMap { column in
      let isInterned = plan.evidence.contains(column) || column == plan.truth || column == plan.source
      if isInterned { return (column, .values(ValueColumn())) }
      return column == plan.id ? (column, .texts(TextColumn())) : nil
    }
  }

  /// Fields of a batch for which a second thread is worth its waking.
  private static let leastParallel = 2_000

  func append(_ batch: RecordBatch, _ fields: [Int], threads: Int) {
    if batch.count == 0 { return }
    let threads = batch.count * kept.count < Self.leastParallel ? 1 : min(threads, kept.count)
    if threads <= 1 {
      for index in kept.indices { append(batch, fields, index) }
      return
    }
    // Each column belongs to one thread at a time, and takes batches in their order: numbers do not depend on threads.
    let next = Atomic<Int>(0)
    // Only read until all are done, and the reader stands still meanwhile.
    nonisolated(unsafe) let batch = batch
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard turn < kept.count else { return }
        append(batch, fields, turn)
      }
    }
  }

  private func append(_ batch: RecordBatch, _ fields: [Int], _ index: Int) {
    let field = fields[kept[index].column]
    switch kept[index].kind {
    case .values(let column):
      if field < 0 { column.appendMissing(batch.count) } else { column.append(batch, field: field) }
    case .texts(let column):
      if field < 0 { column.appendMissing(batch.count) } else { column.append(batch, field: field) }
    }
  }

  func appendMissing() {
    for (_, kind) in kept {
      switch kind {
      case .values(let column): column.appendMissing(1)
      case .texts(let column): column.appendMissing(1)
      }
    }
  }

  func finish(files: [RecordSet.File], notes: [Problem], damagedCount: Int) -> LinkInput {
    var values: [Int: InternedColumn] = [:]
    var texts: [Int: ValueTexts] = [:]
    for (column, kind) in kept {
      switch kind {
      case .values(let read): values[column] = read.finish(named: plan.names[column])
      case .texts(let read): texts[column] = read.finish()
      }
    }
    let records = RecordSet(files: files, columns: plan.evidence.compactMap { values[$0] })
    return LinkInput(
      records: records, ids: plan.id.flatMap { id in texts[id] ?? values[id].map(Self.byRecord) },
      truth: plan.truth.flatMap { values[$0] }, source: plan.source.flatMap { values[$0] }, notes: notes,
      damagedCount: damagedCount)
  }

  /// One text a record of a column that is also interned.
  private static func byRecord(_ column: InternedColumn) -> ValueTexts {
    var texts = ValueTexts()
    for code in column.codes {
      if code < 0 { texts.append("") } else { column.texts.withBytes(code) { texts.append($0) } }
    }
    return texts
  }
}
