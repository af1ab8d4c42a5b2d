import Basics
import Columns
import Definition

/// The columns of the customer row that decisions and lists are made of, found in the tables that hold them.
struct CustomerColumns {
  let tables: [Table]
  let customerId: Column
  let manager: Column
  let managerName: Column
  /// Attributes that a pipeline may do without.
  let name: Column?
  let mobile: Column?
  let branch: Column?
  let weComId: Column?
  private let managerActive: Column
  private let mobileCustomers: Column
  private let modeColumn: Column
  /// By code of `modeColumn`.
  private let modes: [OperatingMode]

  /// - Parameter tables: profiles, measures and tags, aligned.
  /// - Throws: `unknown_column`, `damaged_table`.
  init(_ tables: [Table]) throws(Problem) {
    self.tables = tables
    customerId = try Self.find("customer_id", in: tables)
    manager = try Self.find("manager", in: tables)
    managerName = try Self.find("manager_name", in: tables)
    managerActive = try Self.find("manager_active", in: tables)
    mobileCustomers = try Self.find("mobile_customers", in: tables)
    name = try Self.findAny("name", in: tables)
    mobile = try Self.findAny("mobile", in: tables)
    branch = try Self.findAny("branch", in: tables)
    weComId = try Self.findAny("wecom_id", in: tables)
    modeColumn = try Self.find("mode", in: tables)
    // An unknown word cannot come from the tag stage; held is what is sold nothing.
    modes = modeColumn.dictionary.map { OperatingMode(rawValue: $0) ?? .held }
  }

  func column(_ name: String) throws(Problem) -> Column { try Self.find(name, in: tables) }

  /// The customer's permission columns for a purpose.
  func consent(for channel: Channel, purpose: CampaignDefinition.Purpose) throws(Problem) -> ConsentColumn? {
    if channel == .todo { return nil }
    return ConsentColumn(try column("consent_\(channel.rawValue)_\(purpose.rawValue)"))
  }

  func mode(_ row: Int) -> OperatingMode {
    let code = modeColumn.code(row)
    return code < 0 ? .held : modes[Int(code)]
  }

  func hasActiveManager(_ row: Int) -> Bool { !manager.isNull(row) && managerActive.integer(row) == 1 }

  func contact(_ row: Int, consent: ConsentColumn?) -> Contact {
    Contact(
      consent: consent?.decision(row) ?? .unknown, hasMobile: hasValue(mobile, row),
      customersOnMobile: Int(mobileCustomers.integer(row)), hasWeComId: hasValue(weComId, row),
      hasActiveManager: hasActiveManager(row))
  }

  private func hasValue(_ column: Column?, _ row: Int) -> Bool {
    guard let column else { return false }
    return !column.isNull(row) && !column.bytes(row).isEmpty
  }

  private static func findAny(_ name: String, in tables: [Table]) throws(Problem) -> Column? {
    for table in tables where table.schema[name] != nil { return try table.column(name) }
    return nil
  }

  private static func find(_ name: String, in tables: [Table]) throws(Problem) -> Column {
    if let column = try findAny(name, in: tables) { return column }
    let names = tables.flatMap { $0.schema.columns.map(\.name) }
    throw Problem(
      "unknown_column", "the customer row has no column \(name)",
      advice: nearest(name, among: names).map { "Use \($0)" })
  }
}

/// One `consent_<channel>_<purpose>` column.
struct ConsentColumn {
  private let column: Column
  private let granted: Int32

  init(_ column: Column) {
    self.column = column
    granted = column.code(of: "granted") ?? -2
  }

  /// A word that is neither counts as a refusal: nobody is contacted by mistake.
  func decision(_ row: Int) -> Contact.Consent {
    let code = column.code(row)
    if code < 0 { return .unknown }
    return code == granted ? .granted : .refused
  }
}
