import Basics
import Columns
import Definition
import Store

/// `tags.arrow`: customer_id, the built-in tags, then a column a tag; row by row the customers of the profiles.
final class TagTable {
  let columns: [TagColumn]
  private let writer: TableWriter
  private let builtIns: BuiltInColumns
  private let customerIds: Column
  private let builders: [ColumnBuilder]
  private var customer = 0

  /// - Throws: `unwritable_file`.
  init(
    _ path: String, tags: [TagRule], policy: Policy, builtIns: BuiltInColumns, customerIds: Column
  ) throws(Problem) {
    let schema = TableSchema(
      name: "tags",
      columns: [ColumnSpec("customer_id", .utf8, isNullable: false)] + BuiltInTable.columns + tags.map(TagColumn.spec))
    let writer = try TableWriter(path, schema: schema)
    self.writer = writer
    self.builtIns = builtIns
    self.customerIds = customerIds
    builders = BuiltInTable.builders(writer, policy: policy)
    columns = tags.map { TagColumn($0, builder: writer.column($0.id)) }
  }

  /// - Parameter statement: at the customer's row of `TagExpressions`; nil where there are no tags.
  func append(_ statement: Statement?) throws(Problem) {
    writer.column(at: 0).append(utf8: customerIds.bytes(customer))
    BuiltInTable.append(builtIns, customer, to: builders)
    if let statement {
      for (index, column) in columns.enumerated() { column.append(statement, index) }
    }
    try writer.endRow()
    customer += 1
  }

  /// - Returns: the number of rows.
  func finish() throws(Problem) -> Int { try writer.finish() }
}

/// The columns of the built-in tags, which stand in `tags.arrow` and, while tags are evaluated, in a table of their own.
enum BuiltInTable {
  static let columns = [
    ColumnSpec("age", .int32), ColumnSpec("is_birthday", .boolean), ColumnSpec("tier", .code),
    ColumnSpec("mode", .code, isNullable: false),
  ]

  static func builders(_ writer: TableWriter, policy: Policy) -> [ColumnBuilder] {
    let builders = columns.map { writer.column($0.name) }
    // Codes are the indexes that `BuiltInColumns` holds.
    for tier in policy.tiers { _ = builders[2].intern(tier.id) }
    for mode in OperatingMode.allCases { _ = builders[3].intern(mode.rawValue) }
    return builders
  }

  static func append(_ values: BuiltInColumns, _ customer: Int, to builders: [ColumnBuilder]) {
    let age = values.ages[customer]
    if age < 0 {
      builders[0].appendNull()
      builders[1].appendNull()
    } else {
      builders[0].append(Int64(age))
      builders[1].append(values.birthdays[customer])
    }
    builders[2].append(code: Int32(values.tiers[customer]))
    builders[3].append(code: Int32(values.modes[customer]))
  }

  static func write(_ values: BuiltInColumns, policy: Policy, to path: String) throws(Problem) {
    let writer = try TableWriter(path, schema: TableSchema(name: "built_in_tags", columns: columns))
    let builders = builders(writer, policy: policy)
    for customer in values.modes.indices {
      append(values, customer, to: builders)
      try writer.endRow()
    }
    _ = try writer.finish()
  }
}
