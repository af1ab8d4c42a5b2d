import CSQLite
import Columns

/// SQLite's virtual table interface over a `TableSource`: read-only, and there without CREATE VIRTUAL TABLE.
enum TableModule {
  typealias TablePointer = UnsafeMutablePointer<guiyi_sqlite_table>
  typealias CursorPointer = UnsafeMutablePointer<guiyi_sqlite_cursor>

  /// Lives as long as the process, as SQLite keeps its address.
  nonisolated(unsafe) static let shared: UnsafeMutablePointer<sqlite3_module> = {
    var module = sqlite3_module()
    // Without xCreate the table exists under the module's own name.
    module.xConnect = { connection, source, _, _, table, _ in connect(connection, source, table) }
    module.xDisconnect = { disconnect($0) }
    module.xBestIndex = { table, plan in chooseScan(table, plan) }
    module.xOpen = { _, cursor in
      let place = CursorPointer.allocate(capacity: 1)
      place.initialize(to: guiyi_sqlite_cursor())
      cursor?.pointee = UnsafeMutableRawPointer(place).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
      return SQLITE_OK
    }
    module.xClose = { cursor in
      if let cursor { TableModule.cursor(cursor).deallocate() }
      return SQLITE_OK
    }
    module.xFilter = { cursor, scan, _, count, values in startScan(cursor, scan, count, values) }
    module.xNext = { cursor in
      if let cursor { TableModule.cursor(cursor).pointee.row += 1 }
      return SQLITE_OK
    }
    module.xEof = { cursor in
      guard let cursor = cursor.map(TableModule.cursor) else { return 1 }
      return cursor.pointee.row >= cursor.pointee.end ? 1 : 0
    }
    module.xColumn = { cursor, context, column in give(cursor, context, Int(column)) }
    module.xRowid = { cursor, rowID in
      if let cursor { rowID?.pointee = TableModule.cursor(cursor).pointee.row }
      return SQLITE_OK
    }
    let place = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
    place.initialize(to: module)
    return place
  }()

  @inline(__always)
  private static func table(_ base: UnsafeMutablePointer<sqlite3_vtab>) -> TablePointer {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: guiyi_sqlite_table.self)
  }

  @inline(__always)
  private static func cursor(_ base: UnsafeMutablePointer<sqlite3_vtab_cursor>) -> CursorPointer {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: guiyi_sqlite_cursor.self)
  }

  private static func connect(
    _ connection: OpaquePointer?, _ source: UnsafeMutableRawPointer?,
    _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?
  ) -> Int32 {
    guard let source else { return SQLITE_MISUSE }
    let owner = Unmanaged<TableSource>.fromOpaque(source)
    let tableSource = owner.takeUnretainedValue()
    guard let declaration = try? tableSource.declaration(of: "x") else { return SQLITE_MISUSE }
    let code = tableSource.declare(declaration, connection)
    guard code == SQLITE_OK else { return code }
    let place = TablePointer.allocate(capacity: 1)
    place.initialize(to: guiyi_sqlite_table())
    place.pointee.source = owner.retain().toOpaque()
    place.pointee.columns = UnsafeMutableRawPointer(tableSource.slots)
    place.pointee.row_count = Int64(tableSource.rowCount)
    table?.pointee = UnsafeMutableRawPointer(place).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  }

  private static func disconnect(_ base: UnsafeMutablePointer<sqlite3_vtab>?) -> Int32 {
    guard let base else { return SQLITE_OK }
    let table = table(base)
    if let source = table.pointee.source { Unmanaged<TableSource>.fromOpaque(source).release() }
    table.deallocate()
    return SQLITE_OK
  }

  /// Bounds on the row number that narrow a scan, each a bit of the scan's number; arguments come in this order.
  private static let bounds: [(bit: Int32, operation: Int32)] = [
    (1, SQLITE_INDEX_CONSTRAINT_EQ), (2, SQLITE_INDEX_CONSTRAINT_GE), (4, SQLITE_INDEX_CONSTRAINT_GT),
    (8, SQLITE_INDEX_CONSTRAINT_LE), (16, SQLITE_INDEX_CONSTRAINT_LT),
  ]

  private static func chooseScan(
    _ base: UnsafeMutablePointer<sqlite3_vtab>?, _ plan: UnsafeMutablePointer<sqlite3_index_info>?
  ) -> Int32 {
    guard let base, let plan else { return SQLITE_MISUSE }
    let rowCount = table(base).pointee.row_count
    var scan: Int32 = 0
    var arguments: Int32 = 0
    for (bit, operation) in bounds {
      for index in 0..<Int(plan.pointee.nConstraint) {
        let constraint = plan.pointee.aConstraint[index]
        guard constraint.usable != 0, constraint.iColumn < 0, Int32(constraint.op) == operation, scan & bit == 0 else {
          continue
        }
        scan |= bit
        arguments += 1
        // Not omitted: SQLite compares once more, so that a bound which is no integer costs time but not correctness.
        plan.pointee.aConstraintUsage[index].argvIndex = arguments
      }
    }
    let isOne = scan & 1 != 0
    plan.pointee.idxNum = scan
    plan.pointee.estimatedRows = isOne ? 1 : max(1, scan == 0 ? rowCount : rowCount / 4)
    plan.pointee.estimatedCost = Double(plan.pointee.estimatedRows)
    if isOne { plan.pointee.idxFlags = SQLITE_INDEX_SCAN_UNIQUE }
    if plan.pointee.nOrderBy == 1, plan.pointee.aOrderBy[0].iColumn < 0, plan.pointee.aOrderBy[0].desc == 0 {
      plan.pointee.orderByConsumed = 1
    }
    return SQLITE_OK
  }

  private static func startScan(
    _ base: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ scan: Int32, _ count: Int32,
    _ values: UnsafeMutablePointer<OpaquePointer?>?
  ) -> Int32 {
    guard let base, let tableBase = base.pointee.pVtab else { return SQLITE_MISUSE }
    var lower: Int64 = 0
    var upper = table(tableBase).pointee.row_count
    var argument = 0
    for (bit, operation) in bounds where scan & bit != 0 {
      defer { argument += 1 }
      guard let value = values?[argument], argument < Int(count), sqlite3_value_type(value) == SQLITE_INTEGER else {
        continue
      }
      let row = sqlite3_value_int64(value)
      // The smallest and the greatest Int64 are outside of every table, so one more or less cannot overflow wrongly.
      let next = row == .max ? row : row + 1
      switch operation {
      case SQLITE_INDEX_CONSTRAINT_EQ: (lower, upper) = (max(lower, row), min(upper, next))
      case SQLITE_INDEX_CONSTRAINT_GE: lower = max(lower, row)
      case SQLITE_INDEX_CONSTRAINT_GT: lower = max(lower, next)
      case SQLITE_INDEX_CONSTRAINT_LE: upper = min(upper, next)
      default: upper = min(upper, row)
      }
    }
    let cursor = cursor(base)
    cursor.pointee.row = lower
    cursor.pointee.end = upper
    return SQLITE_OK
  }

  private static func give(
    _ base: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ context: OpaquePointer?, _ index: Int
  ) -> Int32 {
    guard let base, let tableBase = base.pointee.pVtab, let columns = table(tableBase).pointee.columns else {
      return SQLITE_MISUSE
    }
    let slot = columns.assumingMemoryBound(to: SourceColumn.self) + index
    let row = Int(cursor(base).pointee.row)
    guard let column = slot.pointee.column else {
      if slot.pointee.shape == .sameDate {
        DateTexts.give(slot.pointee.days, to: context)
        return SQLITE_OK
      }
      guard let source = table(tableBase).pointee.source,
        Unmanaged<TableSource>.fromOpaque(source).takeUnretainedValue().resolve(index)
      else {
        sqlite3_result_error(context, "a column is damaged", -1)
        return SQLITE_ERROR
      }
      return give(base, context, index)
    }
    let shape = slot.pointee.shape
    column._withUnsafeGuaranteedRef { column in
      if column.isNull(row) {
        sqlite3_result_null(context)
        return
      }
      switch shape {
      case .integer: sqlite3_result_int64(context, column.integer(row))
      case .date: DateTexts.give(Int(column.integer(row)), to: context)
      case .timestamp: DateTexts.give(seconds: column.integer(row), to: context)
      case .text: giveText(column.bytes(row), to: context)
      case .unknown, .sameDate: sqlite3_result_null(context)
      }
    }
    return SQLITE_OK
  }
}
