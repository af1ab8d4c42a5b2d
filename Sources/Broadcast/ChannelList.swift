import Basics
import Columns
import Definition

/// What every list of a night has in common.
struct ListSettings {
  var folder: String
  var pipeline: String
  /// yyyy-MM-dd.
  var businessDate: String
}

/// The list of one channel of one campaign, written as customers are decided on.
final class ChannelList {
  let channel: Channel
  let name: String
  /// Lines written.
  private(set) var rows = 0
  /// Segments of all text messages.
  private(set) var segments = 0

  private let template: BoundTemplate
  private let templateId: [UInt8]
  private let customers: CustomerColumns
  private let file: FileWriter
  private let hash = ShortHash()
  /// `<pipeline>|<date>|<campaign>|<channel>|`, followed by the customer at hand.
  private var messageKey: [UInt8]
  private let messageKeyCount: Int
  private var row: ListRow
  /// The text for the customer at hand, as `prepare` left it.
  private var text: [UInt8] = []
  private var textSegments = 1
  /// To-dos are sorted by manager, so they wait for the end.
  private var waiting: [Int32] = []

  /// - Throws: `unwritable_file`.
  init(
    campaign: String, use: ChannelUse, template: BoundTemplate, customers: CustomerColumns, settings: ListSettings
  ) throws(Problem) {
    channel = use.channel
    name = "lists/\(campaign).\(channel.rawValue).csv"
    self.template = template
    templateId = Array(use.template.utf8)
    self.customers = customers
    messageKey = Array("\(settings.pipeline)|\(settings.businessDate)|\(campaign)|\(channel.rawValue)|".utf8)
    messageKeyCount = messageKey.count
    row = ListRow(isForPeople: channel == .todo || channel == .phone)
    file = try FileWriter("\(settings.folder)/\(name)")
    try file.write(CSVText.line(Self.header(of: channel)))
  }

  static func header(of channel: Channel) -> [String] {
    switch channel {
    case .sms: ["message_id", "mobile", "customer_id", "template", "segments", "text"]
    case .wecom: ["message_id", "external_userid", "sender", "customer_id", "template", "text"]
    case .todo: ["manager", "manager_name", "branch", "customer_id", "name", "mobile_masked", "task"]
    case .phone: ["customer_id", "mobile", "name", "task"]
    }
  }

  /// Makes the text for a customer.
  /// - Returns: why it cannot be sent, and which column is to blame.
  func prepare(_ customer: Int) -> (refusal: ChannelRefusal, column: String?)? {
    text.removeAll(keepingCapacity: true)
    if let missing = template.append(customer, to: &text) { return (.missingValue, missing) }
    switch channel {
    case .sms:
      let units = TextMessage.units(text)
      textSegments = TextMessage.segments(units: units)
      return units > TextMessage.longest ? (.textTooLong, nil) : nil
    case .wecom: return text.count > WeComMessage.longestBytes ? (.textTooLong, nil) : nil
    case .todo, .phone: return nil
    }
  }

  /// Puts the customer whom `prepare` was called for last on the list.
  /// - Throws: `unwritable_file`.
  func add(_ customer: Int) throws(Problem) {
    if channel == .sms { segments += textSegments }
    if channel == .todo {
      waiting.append(Int32(customer))
    } else {
      try write(customer)
    }
  }

  /// Writes what waited, and fsyncs.
  /// - Throws: `unwritable_file`.
  func finish() throws(Problem) {
    for customer in sortedByManager() {
      text.removeAll(keepingCapacity: true)
      _ = template.append(customer, to: &text)
      try write(customer)
    }
    _ = try file.finish()
  }

  private func sortedByManager() -> [Int] {
    let manager = customers.manager
    let order = manager.dictionary.indices.sorted {
      manager.dictionary[$0].utf8.lexicographicallyPrecedes(manager.dictionary[$1].utf8)
    }
    var ranks = [Int](repeating: 0, count: order.count)
    for (rank, code) in order.enumerated() { ranks[code] = rank }
    // Rows are in the order of customer ids already.
    return waiting.map { (rank: ranks[Int(manager.code(Int($0)))], row: Int($0)) }.sorted { $0 < $1 }.map(\.row)
  }

  private func write(_ customer: Int) throws(Problem) {
    let id = customers.customerId.bytes(customer)
    row.start()
    switch channel {
    case .sms:
      appendMessageId(id)
      append(customers.mobile, customer)
      row.append(id)
      row.append(templateId)
      row.append(String(textSegments))
      row.append(text)
    case .wecom:
      appendMessageId(id)
      append(customers.weComId, customer)
      append(customers.hasActiveManager(customer) ? customers.manager : nil, customer)
      row.append(id)
      row.append(templateId)
      row.append(text)
    case .todo:
      append(customers.manager, customer)
      append(customers.managerName, customer)
      append(customers.branch, customer)
      row.append(id)
      append(customers.name, customer)
      row.append(Masking.mask(customers.mobile?.string(customer) ?? ""))
      row.append(text)
    case .phone:
      row.append(id)
      append(customers.mobile, customer)
      append(customers.name, customer)
      row.append(text)
    }
    row.end()
    try file.write(row.bytes)
    rows += 1
  }

  private func append(_ column: Column?, _ customer: Int) {
    row.append(column?.bytes(customer) ?? UnsafeRawBufferPointer(start: nil, count: 0))
  }

  private func appendMessageId(_ customerId: UnsafeRawBufferPointer) {
    messageKey.removeLast(messageKey.count - messageKeyCount)
    messageKey.append(contentsOf: customerId)
    var digits: [UInt8] = []
    digits.reserveCapacity(16)
    messageKey.withUnsafeBytes { hash.append(hashOf: $0, digits: 16, to: &digits) }
    row.append(digits)
  }
}
