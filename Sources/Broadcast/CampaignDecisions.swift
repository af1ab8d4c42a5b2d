import Basics
import Columns
import Definition

/// What was decided for one candidate of one campaign.
struct Decision: Equatable {
  /// Index into the campaign's `reasons`.
  var reason: Int
  /// Bit i: sent on the campaign's channel i.
  var channels: UInt8
  /// Eight bits for each of the campaign's channels: 0 for used or not reached, else 1 + the refusal's index; and eight
  /// more above them for the template's column that is to blame.
  var refusals: UInt64
  var isSent: Bool { channels != 0 }

  static func shift(_ channel: Int) -> UInt64 { UInt64(channel) * 16 }
}

/// Decides on the candidates of one campaign, in order, and fills its lists.
final class CampaignDecisions {
  /// Why a customer is sent something: nothing spoke against it.
  static let eligible = DecisionReason.eligible.rawValue

  let campaign: CampaignDefinition
  /// Reason codes: `eligible`, then in the order in which they are tried.
  let reasons: [String]
  let lists: [ChannelList]
  /// Candidates that were decided on.
  private(set) var audience = 0
  /// Decisions as written, by index into `reasons`; the first counts who was sent something. Counted by the table of
  /// decisions and not here, so that the two can be held against each other.
  var counts: [Int]
  /// Candidates who were sent something, by index of the campaign's channel.
  private(set) var sentByChannel: [Int]

  private let customers: CustomerColumns
  private let consents: [ConsentColumn?]
  private let rules: ContactRules
  private let offersComplexProduct: Bool
  private let suppressionReasons: [Int]
  private let modeReasons: [Int]
  private let channelReasons: [Int]
  /// Columns of templates that were missing, numbered from 1 as they came up.
  private var missingColumns: [String] = []

  /// - Parameter suppressions: the rules that apply to the campaign, in order.
  init(
    _ campaign: CampaignDefinition, suppressions: [SuppressionRule], lists: [ChannelList], customers: CustomerColumns,
    maxCustomersPerMobile: Int, products: [Product]
  ) throws(Problem) {
    precondition(campaign.channels.count <= 4, "a campaign uses each channel once")
    self.campaign = campaign
    self.lists = lists
    self.customers = customers
    var consents: [ConsentColumn?] = []
    for use in campaign.channels { consents.append(try customers.consent(for: use.channel, purpose: campaign.purpose)) }
    self.consents = consents
    rules = ContactRules(purpose: campaign.purpose, maxCustomersPerMobile: maxCustomersPerMobile)
    // A product that is not in the catalogue is taken for complex.
    offersComplexProduct =
      campaign.product.map { code in products.first { $0.code == code }?.isStandard != true } ?? false
    var reasons = [Self.eligible]
    func number(_ reason: String) -> Int {
      if let known = reasons.firstIndex(of: reason) { return known }
      reasons.append(reason)
      return reasons.count - 1
    }
    modeReasons = ModeRefusal.allCases.map { number($0.reason.rawValue) }
    suppressionReasons = suppressions.map { number($0.reason) }
    channelReasons = ChannelRefusal.allCases.map { number($0.reason.rawValue) }
    self.reasons = reasons
    counts = [Int](repeating: 0, count: reasons.count)
    sentByChannel = [Int](repeating: 0, count: campaign.channels.count)
  }

  /// Decides on the customer in `row` and puts it on the lists of the channels that are used.
  /// - Parameter suppression: the first of the rules that holds, from 1; 0 for none.
  /// - Throws: `unwritable_file`.
  func decide(_ row: Int, suppression: Int) throws(Problem) -> Decision {
    audience += 1
    return try decision(row, suppression: suppression)
  }

  private func decision(_ row: Int, suppression: Int) throws(Problem) -> Decision {
    let mode = customers.mode(row)
    if let refusal = ModeRefusal.of(mode, modes: campaign.modes, offersComplexProduct: offersComplexProduct) {
      return Decision(reason: modeReasons[refusal.rawValue], channels: 0, refusals: 0)
    }
    if suppression > 0 { return Decision(reason: suppressionReasons[suppression - 1], channels: 0, refusals: 0) }
    return try tryChannels(row)
  }

  private func tryChannels(_ row: Int) throws(Problem) -> Decision {
    var decision = Decision(reason: 0, channels: 0, refusals: 0)
    var firstRefusal: ChannelRefusal?
    for (index, list) in lists.enumerated() {
      if let (refusal, column) = refusal(row, list, consents[index]) {
        if firstRefusal == nil { firstRefusal = refusal }
        decision.refusals |= UInt64(refusal.rawValue + 1) << Decision.shift(index)
        if let column { decision.refusals |= number(ofMissing: column) << (Decision.shift(index) + 8) }
        continue
      }
      try list.add(row)
      sentByChannel[index] += 1
      decision.channels |= 1 << UInt8(index)
      if campaign.delivery == .first { break }
    }
    // The channel that is preferred says why; the details say it of each.
    if !decision.isSent { decision.reason = firstRefusal.map { channelReasons[$0.rawValue] } ?? 0 }
    return decision
  }

  private func refusal(
    _ row: Int, _ list: ChannelList, _ consent: ConsentColumn?
  ) -> (refusal: ChannelRefusal, column: String?)? {
    let contact = customers.contact(row, consent: consent)
    if let refusal = rules.refusal(of: list.channel, for: contact) { return (refusal, nil) }
    return list.prepare(row)
  }

  private func number(ofMissing column: String) -> UInt64 {
    if let known = missingColumns.firstIndex(of: column) { return UInt64(known + 1) }
    // There is room for 255 names; nobody's template has more, and if so the reason stands without the name.
    if missingColumns.count == 255 { return 0 }
    missingColumns.append(column)
    return UInt64(missingColumns.count)
  }

  /// `todo+wecom`
  func channelsText(_ channels: UInt8) -> String {
    lists.indices.filter { channels >> UInt8($0) & 1 == 1 }.map { lists[$0].channel.rawValue }.joined(separator: "+")
  }

  /// `wecom:no_wecom_id;sms:missing_value:name`
  func detailText(_ refusals: UInt64) -> String {
    lists.indices.compactMap { index in
      let bits = refusals >> Decision.shift(index) & 0xFFFF
      guard let refusal = ChannelRefusal(rawValue: Int(bits & 0xFF) - 1) else { return nil }
      let column = bits >> 8 == 0 ? "" : ":" + missingColumns[Int(bits >> 8) - 1]
      return "\(lists[index].channel.rawValue):\(refusal.reason.rawValue)\(column)"
    }.joined(separator: ";")
  }
}
