import Standards

/// The canonical kinds of record, and the columns of each one's table.
public enum RecordKind: String, CaseIterable, Sendable {
  case party, holding, transaction, interaction, consent, assignment, relation

  /// How a canonical column is stored.
  public enum Storage: String, Sendable { case text, code, integer, money, date, timestamp, boolean }

  public struct Column: Sendable, Equatable {
    public var name: String
    public var storage: Storage
    public var meaning: String
    /// The only values that the column may hold; empty where any value may stand.
    public var values: [String]

    public init(_ name: String, _ storage: Storage, _ meaning: String, values: [String] = []) {
      self.name = name
      self.storage = storage
      self.meaning = meaning
      self.values = values
    }
  }

  /// The columns that a source's fields may fill, in table order.
  public var columns: [Column] {
    switch self {
    case .party: return Self.partyColumns
    case .holding: return Self.ownerColumns + Self.holdingColumns
    case .transaction: return Self.ownerColumns + Self.transactionColumns
    case .interaction: return Self.ownerColumns + Self.interactionColumns
    case .consent: return Self.ownerColumns + Self.consentColumns
    case .assignment: return Self.ownerColumns + Self.assignmentColumns
    case .relation: return Self.ownerColumns + Self.relationColumns
    }
  }

  /// The columns without which a record of this kind says nothing: a source has to fill them.
  public var neededColumns: [String] {
    switch self {
    case .party: ["key"]
    case .holding: ["key", "party", "product", "currency", "balance"]
    case .transaction: ["key", "party", "type", "amount", "happened_at"]
    case .interaction: ["key", "party", "channel", "type", "happened_at"]
    case .consent: ["party", "channel", "purpose", "decision", "decided_on"]
    case .assignment: ["party", "manager", "manager_status"]
    case .relation: ["party", "other", "type"]
    }
  }

  public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The columns that ingest itself writes in front of `columns`: where the record came from.
  public static let placeColumns: [Column] = [
    Column("source", .code, "id of the source"),
    Column("line", .integer, "line of the extract, from 1"),
    Column("offset", .integer, "byte of the extract at which the record starts, from 0"),
    Column("delivered", .date, "business date of the extract that the record came in"),
  ]

  private static let key = Column("key", .text, "the record's key in its source")

  private static let partyColumns: [Column] = [
    key,
    Column(
      "party_type", .code, "what the party is",
      values: ["person", "organisation"]),
    Column("name", .text, "name, standardised"),
    Column(
      "gender", .code, "sex as the system has it",
      values: ["male", "female"]),
    Column("birth_date", .date, "date of birth; filled from the resident id where the source gives none"),
    Column(
      "document_type", .code, "kind of identity document, one of those that pipeline.yaml declares"),
    Column("document_number", .text, "number of the identity document, standardised"),
    Column("mobile", .text, "mobile number: national digits, or + and all digits for other countries"),
    Column("email", .text, "e-mail address"),
    Column("address", .text, "postal address"),
    Column("occupation", .text, "occupation as the source words it"),
    Column("branch", .code, "branch that looks after the party"),
    Column("wecom_id", .text, "external_userid in WeCom"),
    Column(
      "risk_level", .code, "risk tolerance; C1 is the lowest",
      values: ["C1", "C2", "C3", "C4", "C5"]),
    Column("risk_assessed_on", .date, "day of the risk assessment"),
    Column("customer_since", .date, "first day as a customer"),
    Column("employee", .boolean, "works for the bank"),
    Column(
      "status", .code, "state of the relationship",
      values: ["active", "closed", "deceased"]),
    Column("updated_on", .date, "day of the record's last change in its source"),
    Column("notes", .integer, "what standardisation noticed: bits of StandardNotes; filled by ingest"),
  ]

  private static let ownerColumns: [Column] = [
    key,
    Column("party", .text, "key of the party record that this belongs to"),
  ]

  private static let holdingColumns: [Column] = [
    Column("product", .code, "product code"),
    Column("currency", .code, "ISO 4217"),
    Column("balance", .money, "balance in minor units of the currency; what is owed for loans and cards"),
    Column("opened_on", .date, "opening day"),
    Column("matures_on", .date, "day of maturity"),
    Column(
      "status", .code, "whether it goes on",
      values: ["open", "closed"]),
  ]

  private static let transactionColumns: [Column] = [
    Column("account", .text, "account moved"),
    Column("product", .code, "product code"),
    Column("type", .code, "deposit, withdrawal, wealth_buy, …"),
    Column("amount", .money, "amount in minor units, as the source states it"),
    Column("currency", .code, "ISO 4217"),
    Column("happened_at", .timestamp, "local time"),
  ]

  private static let interactionColumns: [Column] = [
    Column(
      "channel", .code, "where it happened",
      values: ["phone", "wecom", "sms", "branch", "mobile"]),
    Column(
      "type", .code, "what happened",
      values: ["call", "message", "visit", "enquiry", "complaint", "reply", "view", "click", "login"]),
    Column("topic", .code, "loan, credit_card, wealth, …"),
    Column("product", .code, "product code"),
    Column(
      "status", .code, "whether it goes on",
      values: ["open", "closed"]),
    Column(
      "result", .code, "what came of it",
      values: ["answered", "no_answer", "replied"]),
    Column("happened_at", .timestamp, "local time"),
  ]

  private static let consentColumns: [Column] = [
    Column(
      "channel", .code, "by which channel",
      values: ["sms", "wecom", "phone", "all"]),
    Column(
      "purpose", .code, "for what",
      values: ["marketing", "service", "profiling"]),
    Column(
      "decision", .code, "what the party said",
      values: ["granted", "refused"]),
    Column("decided_on", .date, "day of the decision"),
  ]

  private static let assignmentColumns: [Column] = [
    Column("manager", .code, "id of the relationship manager"),
    Column("manager_name", .code, "name of the relationship manager"),
    Column(
      "manager_status", .code, "whether the relationship manager still works here",
      values: ["active", "left"]),
    Column("branch", .code, "branch of the relationship manager"),
    Column("assigned_on", .date, "first day of the assignment"),
  ]

  private static let relationColumns: [Column] = [
    Column("other", .text, "key of the other party, in the same source of parties"),
    Column(
      "type", .code, "what the other party is to this one",
      values: ["spouse", "parent", "child", "referrer", "executive", "legal_representative"]),
    Column("since", .date, "first day of the relation"),
  ]
}
