import Basics
import Synchronization

/// For each 4,096 rows, the batch that holds the first of them; the same for every column of a table.
final class TablePages: @unchecked Sendable {
  static let shift = 12
  let pages: UnsafeMutablePointer<UInt32>
  /// Keeps the files mapped.
  private let files: [ArrowFile]

  init(_ files: [ArrowFile], rowCount: Int) {
    self.files = files
    let pageCount = rowCount >> Self.shift + 1
    pages = .allocate(capacity: pageCount)
    pages.initialize(repeating: 0, count: pageCount)
    var page = 0
    var chunk: UInt32 = 0
    var end = 0
    for file in files {
      for batch in file.batches {
        end += batch[0].count
        while page << Self.shift < end {
          pages[page] = chunk
          page += 1
        }
        chunk += 1
      }
    }
  }

  deinit { pages.deallocate() }
}

/// A table on disk, mapped and read-only: one Arrow file, or several with the same columns, read as one in their order.
public final class Table: @unchecked Sendable {
  /// The first part's; a column is nullable where it is in any part.
  public let schema: TableSchema
  public let rowCount: Int
  public let paths: [String]
  /// First row of each part.
  public let partStarts: [Int]
  private let files: [ArrowFile]
  private let pages: TablePages
  private let columns = Mutex<[String: Column]>([:])

  /// - Throws: `unreadable_file`, `damaged_table`, `unsupported_table`.
  public convenience init(_ path: String) throws(Problem) { try self.init(parts: [path]) }

  /// - Throws: `unreadable_file`, `damaged_table`, `unsupported_table`, `different_schema`, `no_table`.
  public init(parts paths: [String]) throws(Problem) {
    var files: [ArrowFile] = []
    for path in paths { files.append(try ArrowFile(path)) }
    guard let first = files.first else {
      throw Problem("no_table", "a table of no files has no columns", advice: "Give at least one file")
    }
    var schema = first.schema
    var starts: [Int] = []
    var rowCount = 0
    for file in files {
      try Self.merge(file, into: &schema, first: first.file.path)
      starts.append(rowCount)
      rowCount += file.rowCount
    }
    self.schema = schema
    self.rowCount = rowCount
    self.paths = paths
    self.files = files
    partStarts = starts
    pages = TablePages(files, rowCount: rowCount)
  }

  private static func merge(_ file: ArrowFile, into schema: inout TableSchema, first: String) throws(Problem) {
    func different(_ message: String, found: String, expected: String) -> Problem {
      Problem(
        "different_schema", message, at: Place(file.file.path), found: found, expected: "\(expected) as in \(first)")
    }
    guard file.schema.columns.count == schema.columns.count else {
      throw different(
        "parts of one table have the same columns", found: "\(file.schema.columns.count) columns",
        expected: "\(schema.columns.count)")
    }
    for (index, column) in file.schema.columns.enumerated() {
      let expected = schema.columns[index]
      guard column.name == expected.name, column.type == expected.type else {
        throw different(
          "parts of one table have the same columns, but column \(index + 1) differs",
          found: "\(column.name) \(column.type.rawValue)", expected: "\(expected.name) \(expected.type.rawValue)")
      }
      if column.isNullable { schema.columns[index].isNullable = true }
    }
  }

  /// The part that holds a row, as an index into `paths`.
  public func part(of row: Int) -> Int {
    var lower = 0
    var upper = partStarts.count
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if partStarts[middle] <= row { lower = middle } else { upper = middle }
    }
    return lower
  }

  /// A column by its name; its values are checked when it is asked for first.
  /// - Throws: `unknown_column`, `damaged_table`.
  public func column(_ name: String) throws(Problem) -> Column {
    if let column = columns.withLock({ $0[name] }) { return column }
    guard let index = schema.index(of: name) else { throw unknownColumn(name) }
    let column = try Column(index, of: files, spec: schema.columns[index], owner: pages)
    return columns.withLock { known in
      if let earlier = known[name] { return earlier }
      known[name] = column
      return column
    }
  }

  private func unknownColumn(_ name: String) -> Problem {
    let names = schema.columns.map(\.name)
    let near = nearest(name, among: names)
    return Problem(
      "unknown_column", "table \(schema.name) has no column \(name)", at: Place(paths[0]),
      expected: "one of \(names.joined(separator: ", "))", advice: near.map { "Use \($0)" })
  }
}
