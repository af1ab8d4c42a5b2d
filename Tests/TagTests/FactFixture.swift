import Basics
import Columns
@testable import Definition
import TestSupport

@testable import Tag

/// Facts on disk as ingest and resolve leave them.
struct FactFixture {
  let folder: TemporaryFolder
  let table: FactTable

  /// - Parameter parts: the rows of each source, in order.
  init(_ kind: RecordKind, parts: [[Fact]]) throws {
    folder = try TemporaryFolder()
    var paths: [String] = []
    for (index, facts) in parts.enumerated() {
      let path = "\(folder.path)/part\(index).arrow"
      try Self.write(facts, kind, to: path)
      paths.append(path)
    }
    let links = "\(folder.path)/links.arrow"
    try TableWriter.write(
      links, schema: TableSchema(name: "links", columns: [ColumnSpec("customer", .int32)]),
      columns: [
        .int32(
          parts.joined().map { Int32($0.customer ?? 0) }, valid: parts.joined().map { $0.customer != nil })
      ])
    table = FactTable(kind: kind, rows: try Table(parts: paths), customers: try Table(links).column("customer"))
  }

  static func write(_ facts: [Fact], _ kind: RecordKind, to path: String) throws {
    let schema = TableSchema(
      name: kind.rawValue, columns: kind.columns.map { ColumnSpec($0.name, $0.storage.columnType) })
    let writer = try TableWriter(path, schema: schema, batchRows: 100)
    for fact in facts {
      for column in schema.columns {
        let builder = writer.column(column.name)
        if let text = fact.texts[column.name] {
          builder.append(text)
        } else if let number = fact.numbers[column.name] {
          builder.append(number)
        } else {
          builder.appendNull()
        }
      }
      try writer.endRow()
    }
    _ = try writer.finish()
  }
}

extension MeasureDefinition {
  /// A measure for tests: `where` names columns and values.
  static func test(
    _ id: String, _ aggregate: Aggregate, on table: RecordKind = .transaction, of: String? = nil,
    where conditions: [(String, [String])] = [], date: String? = nil, window: ClosedRange<Int>? = nil
  ) -> MeasureDefinition {
    MeasureDefinition(
      id: id, meaning: BilingualText(zh: id, en: id), table: table, aggregate: aggregate, of: of,
      conditions: conditions.map { MeasureCondition(column: $0.0, values: $0.1) }, dateColumn: date, window: window,
      place: Place("tags.yaml", line: 1))
  }
}
