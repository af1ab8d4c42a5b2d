/// The columns that SQL expressions and templates see: one row a customer.
///
/// Tag and Broadcast build the row from these lists, and definitions are checked against them.
public enum CustomerRow {
  public typealias Column = RecordKind.Column

  /// Every column, in order: profile, measures, built-in columns, tags, business date. What campaigns may use.
  public static func columns(
    of pipeline: PipelineDefinition
  ) -> [(name: String, storage: RecordKind.Storage, meaning: String)] {
    columns(merge: pipeline.merge, tag: pipeline.tag).map { ($0.name, $0.storage, $0.meaning) }
  }

  public static func columns(merge: MergeDefinition, tag: TagDefinition) -> [Column] {
    profileColumns(of: merge) + measureColumns(of: tag) + builtInColumns + tagColumns(of: tag) + [businessDate]
  }

  /// What the expression of a tag may use: every column but the tags.
  public static func columnsForTags(merge: MergeDefinition, tag: TagDefinition) -> [Column] {
    profileColumns(of: merge) + measureColumns(of: tag) + builtInColumns + [businessDate]
  }

  /// The columns of merge's `profiles`, in order.
  public static func profileColumns(of merge: MergeDefinition) -> [Column] {
    let surviving = merge.attributes.flatMap(\.columns).compactMap { RecordKind.party.column($0) }
    return [customerId] + surviving + mergeColumns + consentColumns
  }

  /// One column a measure, in declared order.
  public static func measureColumns(of tag: TagDefinition) -> [Column] {
    tag.measures.map { Column($0.id, $0.storage, $0.meaning.en) }
  }

  /// One column a tag, in declared order.
  public static func tagColumns(of tag: TagDefinition) -> [Column] {
    tag.tags.map { Column($0.id, $0.type.storage, $0.title.en) }
  }

  public static let customerId = Column("customer_id", .text, "the customer's id, the same from night to night")

  /// What merge finds out beside the attributes that survive.
  public static let mergeColumns: [Column] = [
    Column("records", .integer, "number of party records"),
    Column("sources", .text, "sources of the party records, joined with ;"),
    Column("aum", .money, "assets under management in minor units; null where not known"),
    Column("manager", .code, "id of the relationship manager"),
    Column("manager_name", .code, "name of the relationship manager"),
    Column("manager_active", .boolean, "whether the relationship manager still works here"),
    Column("mobile_customers", .integer, "number of customers who have this mobile"),
  ]

  /// `consent_<channel>_<purpose>`: the latest decision, or null where nothing was decided.
  public static let consentColumns: [Column] = ["sms", "wecom", "phone"].flatMap { channel in
    ["marketing", "service", "profiling"].map { purpose in
      Column(
        "consent_\(channel)_\(purpose)", .code, "permission for \(purpose) by \(channel)",
        values: ["granted", "refused"])
    }
  }

  /// What tag finds out beside measures and tags.
  public static let builtInColumns: [Column] = [
    Column("age", .integer, "full years on the business date"),
    Column("is_birthday", .boolean, "whether the birthday is kept on the business date"),
    Column("tier", .code, "tier by AUM; null where AUM is not known"),
    Column("mode", .code, "who serves the customer", values: OperatingMode.allCases.map(\.rawValue)),
  ]

  public static let businessDate = Column("business_date", .date, "the night's business date, the same in every row")
}

extension MeasureDefinition {
  /// How the measure's column is stored.
  public var storage: RecordKind.Storage {
    switch aggregate {
    case .count, .distinct: .integer
    case .sum, .minimum, .maximum: of.flatMap { table.column($0)?.storage } ?? .integer
    case .first, .last: .code
    }
  }
}

extension TagRule.ValueType {
  /// How the tag's column is stored.
  public var storage: RecordKind.Storage {
    switch self {
    case .text: .text
    case .integer: .integer
    case .boolean: .boolean
    case .date: .date
    case .money: .money
    }
  }
}
