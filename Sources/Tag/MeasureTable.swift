import Basics
import Columns
import Definition
import StageKit

/// `measures.arrow`: customer_id, then a column a measure; row by row the customers of the profiles.
enum MeasureTable {
  static func schema(_ measures: [MeasureDefinition]) -> TableSchema {
    TableSchema(
      name: "measures",
      columns: [ColumnSpec("customer_id", .utf8, isNullable: false)]
        + measures.map { ColumnSpec($0.id, $0.storage.columnType) })
  }

  /// - Returns: the number of rows.
  static func write(_ measures: [MeasureColumn], customerIds: Column, to path: String) throws(Problem) -> Int {
    let writer = try TableWriter(path, schema: schema(measures.map(\.definition)))
    let ids = writer.column(at: 0)
    let builders = measures.indices.map { writer.column(at: $0 + 1) }
    for (measure, builder) in zip(measures, builders) {
      for text in measure.dictionary { _ = builder.intern(text) }
    }
    for customer in 0..<customerIds.count {
      ids.append(utf8: customerIds.bytes(customer))
      for (measure, builder) in zip(measures, builders) {
        if builder.spec.type == .code {
          builder.append(code: measure.code(customer))
        } else if let number = measure.number(customer) {
          builder.append(number)
        } else {
          builder.appendNull()
        }
      }
      try writer.endRow()
    }
    return try writer.finish()
  }
}
