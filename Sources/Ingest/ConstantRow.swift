import Basics
import Columns
import Definition
import Standards

/// The values that a source declares to be the same in every row.
enum ConstantRow {
  /// One value a column: the declared constants, null elsewhere. Texts are kept by the definition for as long as it lives.
  static func values(
    of source: SourceDefinition, schema: TableSchema, builders: [ColumnBuilder]
  ) throws(Problem) -> [StagedRow.Value] {
    var values = [StagedRow.Value](repeating: .null, count: schema.columns.count)
    for (name, text) in source.constants {
      guard let column = schema.index(of: name) else { continue }
      switch schema.columns[column].type {
      case .code: values[column] = .code(builders[column].intern(text))
      case .boolean: values[column] = .integer(text == "true" ? 1 : 0)
      case .date:
        if let date = CalendarDate(text) { values[column] = .integer(Int64(date.days)) }
      default:
        throw Problem(
          "bad_constant", "a constant can fill code, boolean and date columns only", at: source.place, found: name)
      }
    }
    return values
  }
}
