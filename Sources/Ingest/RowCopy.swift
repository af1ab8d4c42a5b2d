import Basics
import Columns

/// Copies rows of a finished table into another of the same kind; a column that the old table lacks stays empty.
final class RowCopy {
  private let columns: [Column?]
  private let builders: [ColumnBuilder]
  /// For columns of codes: the new table's number of each of the old one's codes, -1 until it is needed.
  private var codes: [[Int32]]

  /// - Throws: `damaged_table`.
  init(from table: Table, to writer: TableWriter) throws(Problem) {
    var columns: [Column?] = []
    for spec in writer.schema.columns {
      columns.append(table.schema[spec.name]?.type == spec.type ? try table.column(spec.name) : nil)
    }
    self.columns = columns
    builders = writer.schema.columns.indices.map(writer.column(at:))
    codes = columns.map { column in
      column?.spec.type == .code ? [Int32](repeating: -1, count: column?.dictionary.count ?? 0) : []
    }
  }

  /// - Parameter instead: values that are written in the place of the table's, by column number.
  func append(_ row: Int, instead: [Int: Int64] = [:]) {
    for index in columns.indices {
      if !instead.isEmpty, let value = instead[index] {
        builders[index].append(value)
        continue
      }
      guard let column = columns[index] else {
        builders[index].appendNull()
        continue
      }
      if column.spec.type == .code {
        append(column.code(row), of: column, at: index)
      } else {
        builders[index].append(column, row: row)
      }
    }
  }

  /// Only codes that are used get into the new dictionary, in the order of their first use.
  private func append(_ code: Int32, of column: Column, at index: Int) {
    guard code >= 0 else { return builders[index].appendNull() }
    if codes[index][Int(code)] < 0 { codes[index][Int(code)] = builders[index].intern(column.dictionary[Int(code)]) }
    builders[index].append(code: codes[index][Int(code)])
  }
}
