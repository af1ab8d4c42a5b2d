/// The canonical kinds of record, and the columns of each one's table.
public enum RecordKind: String, CaseIterable, Sendable {
  case party, holding, transaction, interaction, consent, assignment, relation

  /// How a canonical column is stored.
  public enum Storage: String, Sendable { case text, code, integer, money, date, timestamp, boolean }

  public struct Column: Sendable, Equatable {
    public var name: String
    public var storage: Storage
    public var meaning: String

    init(_ name: String, _ storage: Storage, _ meaning: String) {
      self.name = name
      self.storage = storage
      self.meaning = meaning
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

  /// The columns that ingest itself writes in front of `columns`: where the record came from.
  public static let placeColumns: [Column] = [
    Column("source", .code, "id of the source"),
    Column("line", .integer, "line of the extract, from 1"),
    Column("offset", .integer, "byte of the extract at which the record starts, from 0"),
  ]

  private static let key = Column("key", .text, "the record's key in its source")

  private static let partyColumns: [Column] = [
    key,
    Column("party_type", .code, "person or organisation"),
    Column("name", .text, "name, standardised"),
    Column("gender", .code, "male or female"),
    Column("birth_date", .date, "date of birth; filled from the resident id where the source gives none"),
    Column("document_type", .code, "resident_id, passport, hk_macau_permit, …"),
    Column("document_number", .text, "number of the identity document, standardised"),
    Column("mobile", .text, "mobile number, 11 digits"),
    Column("email", .text, "e-mail address"),
    Column("address", .text, "postal address"),
    Column("occupation", .text, "occupation as the source words it"),
    Column("branch", .code, "branch that looks after the party"),
    Column("wecom_id", .text, "external_userid in WeCom"),
    Column("risk_level", .code, "risk tolerance C1 (lowest) to C5"),
    Column("risk_assessed_on", .date, "day of the risk assessment"),
    Column("customer_since", .date, "first day as a customer"),
    Column("employee", .boolean, "works for the bank"),
    Column("status", .code, "active, closed or deceased"),
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
    Column("status", .code, "open or closed"),
  ]

  private static let transactionColumns: [Column] = [
    Column("account", .text, "account moved"),
    Column("product", .code, "product code"),
    Column("type", .code, "deposit, withdrawal, wealth_buy, …"),
    Column("amount", .money, "amount in minor units, never negative"),
    Column("currency", .code, "ISO 4217"),
    Column("happened_at", .timestamp, "local time"),
  ]

  private static let interactionColumns: [Column] = [
    Column("channel", .code, "phone, wecom, sms, branch or mobile"),
    Column("type", .code, "call, message, visit, enquiry, complaint, reply, view, click, login"),
    Column("topic", .code, "loan, credit_card, wealth, …"),
    Column("product", .code, "product code"),
    Column("status", .code, "open or closed"),
    Column("result", .code, "answered, no_answer or replied"),
    Column("happened_at", .timestamp, "local time"),
  ]

  private static let consentColumns: [Column] = [
    Column("channel", .code, "sms, wecom, phone or all"),
    Column("purpose", .code, "marketing, service or profiling"),
    Column("decision", .code, "granted or refused"),
    Column("decided_on", .date, "day of the decision"),
  ]

  private static let assignmentColumns: [Column] = [
    Column("manager", .code, "id of the relationship manager"),
    Column("manager_name", .code, "name of the relationship manager"),
    Column("manager_status", .code, "active or left"),
    Column("branch", .code, "branch of the relationship manager"),
    Column("assigned_on", .date, "first day of the assignment"),
  ]

  private static let relationColumns: [Column] = [
    Column("other", .text, "key of the other party, in the same source of parties"),
    Column("type", .code, "spouse, parent, child, referrer, executive, legal_representative"),
    Column("since", .date, "first day of the relation"),
  ]
}
