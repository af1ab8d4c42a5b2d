import Basics
import Columns
import Definition

/// What is known of every customer beside the surviving attributes.
struct CustomerFacts {
  let assets: Assets
  let managers: Managers
  let consents: Consents
}

/// Writes profiles and provenance, one row a customer.
struct ProfileWriter {
  private let profiles: TableWriter
  private let provenance: TableWriter
  private var surviving: [SurvivingColumns]
  private var survivorship: Survivorship
  private let records: CustomerRecords
  private let facts: CustomerFacts
  /// The attribute whose first column is the mobile, and its choices, made ahead to count who shares one.
  private let mobile: MobileChoices
  private let fixed: FixedColumns
  private let sourceNames: [String]
  /// By set of sources (bits): their names, joined.
  private var sourceTexts: [UInt64: [UInt8]] = [:]

  init(
    _ night: MergeNight, party: Table, attributes: [Attribute], survivorship: Survivorship, records: CustomerRecords,
    facts: CustomerFacts, folder: String
  ) throws(Problem) {
    let merge = night.pipeline.merge
    let profiles = try TableWriter("\(folder)/profiles.arrow", schema: ProfileSchema.profiles(merge))
    let provenance = try TableWriter("\(folder)/provenance.arrow", schema: ProfileSchema.provenance(merge))
    self.profiles = profiles
    self.provenance = provenance
    self.records = records
    self.facts = facts
    self.survivorship = survivorship
    surviving = zip(attributes, merge.attributes).map {
      SurvivingColumns($0, $1, profiles: profiles, provenance: provenance)
    }
    let index = merge.attributes.firstIndex { $0.columns.contains("mobile") }
    mobile = MobileChoices(index, attributes, try party.column("mobile"), &self.survivorship, records)
    fixed = FixedColumns(profiles)
    sourceNames = try party.column("source").dictionary
  }

  mutating func append(_ customer: Int, id: UnsafeRawBufferPointer) throws(Problem) {
    let range = records.range(customer)
    fixed.id.append(utf8: id)
    provenance.column(at: 0).append(utf8: id)
    survivorship.take(range, of: records)
    for index in surviving.indices {
      let attribute = surviving[index].attribute
      let choice = index == mobile.attribute ? mobile.choices[customer] : survivorship.choose(attribute)
      if attribute.rule == .union {
        surviving[index].append(choice, union: survivorship.union(attribute))
      } else {
        surviving[index].append(choice, filled: choice.row < 0 ? 0 : survivorship.filled(choice.row, attribute))
      }
    }
    fixed.records.append(Int64(range.count))
    appendSources(range)
    appendFacts(customer)
    try profiles.endRow()
    try provenance.endRow()
  }

  /// - Returns: rows of profiles and of provenance.
  func finish() throws(Problem) -> (profiles: Int, provenance: Int) {
    (try profiles.finish(), try provenance.finish())
  }

  private mutating func appendSources(_ range: Range<Int>) {
    var set: UInt64 = 0
    for index in range { set |= 1 << UInt64(survivorship.source(records.row(index))) }
    if sourceTexts[set] == nil {
      let names = sourceNames.indices.filter { set >> UInt64($0) & 1 == 1 }.map { sourceNames[$0] }
      sourceTexts[set] = Array(names.joined(separator: ";").utf8)
    }
    sourceTexts[set]?.withUnsafeBytes { fixed.sources.append(utf8: $0) }
  }

  private func appendFacts(_ customer: Int) {
    if let aum = facts.assets.aum[customer] { fixed.aum.append(aum) } else { fixed.aum.appendNull() }
    let assignment = Int(facts.managers.assignments[customer])
    if assignment >= 0, let id = facts.managers.id, let name = facts.managers.name {
      fixed.manager.append(id, row: assignment)
      fixed.managerName.append(name, row: assignment)
      fixed.managerActive.append(facts.managers.isActive(assignment))
    } else {
      fixed.manager.appendNull()
      fixed.managerName.appendNull()
      fixed.managerActive.appendNull()
    }
    let sharing = mobile.customers(customer)
    if sharing > 0 { fixed.mobileCustomers.append(Int64(sharing)) } else { fixed.mobileCustomers.appendNull() }
    for (pair, builder) in fixed.consents.enumerated() {
      switch facts.consents.isGranted(customer, pair) {
      case true?: builder.append(code: fixed.granted[pair])
      case false?: builder.append(code: fixed.refused[pair])
      case nil: builder.appendNull()
      }
    }
  }
}

/// The builders of the columns that every profile has.
private struct FixedColumns {
  let id, records, sources, aum, manager, managerName, managerActive, mobileCustomers: ColumnBuilder
  let consents: [ColumnBuilder]
  let granted: [Int32]
  let refused: [Int32]

  init(_ profiles: TableWriter) {
    id = profiles.column("customer_id")
    records = profiles.column("records")
    sources = profiles.column("sources")
    aum = profiles.column("aum")
    manager = profiles.column("manager")
    managerName = profiles.column("manager_name")
    managerActive = profiles.column("manager_active")
    mobileCustomers = profiles.column("mobile_customers")
    consents = Consents.channels.flatMap { channel in
      Consents.purposes.map { profiles.column("consent_\(channel)_\($0)") }
    }
    granted = consents.map { $0.intern("granted") }
    refused = consents.map { $0.intern("refused") }
  }
}

/// Which mobile survives for every customer, and how many customers have it.
private struct MobileChoices {
  /// Index of the attribute, nil where mobiles do not survive at all.
  let attribute: Int?
  /// By customer.
  let choices: [Survivorship.Choice]
  private var numbers: [Int32] = []
  private var counts: [Int32] = []

  init(
    _ attribute: Int?, _ attributes: [Attribute], _ column: Column, _ survivorship: inout Survivorship,
    _ records: CustomerRecords
  ) {
    self.attribute = attribute
    guard let attribute else {
      choices = []
      return
    }
    choices = (0..<records.count).map {
      survivorship.take(records.range($0), of: records)
      return survivorship.choose(attributes[attribute])
    }
    let mobiles = ByteInterner(capacity: records.count)
    numbers = choices.map { choice in
      choice.row < 0 || column.isNull(Int(choice.row)) ? -1 : mobiles.intern(column.bytes(Int(choice.row)))
    }
    counts = [Int32](repeating: 0, count: mobiles.count)
    for number in numbers where number >= 0 { counts[Int(number)] += 1 }
  }

  /// How many customers have this customer's mobile, 0 for none.
  func customers(_ customer: Int) -> Int32 {
    guard attribute != nil, numbers[customer] >= 0 else { return 0 }
    return counts[Int(numbers[customer])]
  }
}
