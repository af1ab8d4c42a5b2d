import Basics
import Columns
import TestSupport
import Testing

@testable import Broadcast
@testable import Definition

struct BroadcastPropertyTests {
  static func randomCustomer(_ number: Int, _ random: inout Random) -> CustomerFixtureRow {
    var row: CustomerFixtureRow = ["customer_id": "G\(1000 + number)"]
    row["mode"] = random.pick(["assisted", "direct", "held"])
    row["mobile_customers"] = String(random.below(4))
    row["status"] = random.pick(["active", "active", "closed", "deceased"])
    if random.chance(80) { row["name"] = random.pick(["张伟", "=x", "李,四", "O\"Neil"]) }
    if random.chance(80) { row["mobile"] = "138\(10_000_000 + random.below(5))" }
    if random.chance(60) { row["wecom_id"] = "wm\(number)" }
    if random.chance(70) {
      row["manager"] = "M\(random.below(4))"
      row["manager_active"] = random.chance(80) ? "true" : "false"
    }
    for channel in ["sms", "wecom", "phone"] {
      for purpose in ["marketing", "service"] where random.chance(70) {
        row["consent_\(channel)_\(purpose)"] = random.pick(["granted", "refused"])
      }
    }
    row["spent"] = String(random.below(100))
    return row
  }

  static func randomCampaign(_ id: String, _ random: inout Random) -> CampaignDefinition {
    let channels = Array(Channel.allCases.shuffled(using: &random).prefix(1 + random.below(4)))
    let modes = Array(OperatingMode.allCases.shuffled(using: &random).prefix(1 + random.below(3)))
    return .test(
      id, random.pick([.marketing, .marketing, .service]), audience: "spent < \(random.below(120))", modes: modes,
      product: random.pick([nil, "W001", "W002"]), channels: channels, delivery: random.pick([.first, .all]),
      scenario: random.pick([.marketing, .notice]), priority: random.below(3))
  }

  /// The customers on a list, by the column that holds their id.
  static func listed(_ text: String) -> [String] {
    text.split(separator: "\n").dropFirst().compactMap { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init).first {
        $0.hasPrefix("G1") && $0.count == 5
      }
    }
  }

  @Test(arguments: Array(1...12) as [UInt64])
  func `nobody is contacted who must not be, and everyone in the audience is decided on once`(seed: UInt64) throws {
    var random = Random(seed: seed)
    let customers = (0..<150).map { Self.randomCustomer($0, &random) }
    let campaigns = (0..<4).map { Self.randomCampaign("c\($0)", &random) }
    let templates = Channel.allCases.map {
      TemplateDefinition.test($0, "{name}", signature: $0 == .sms ? "行" : "", variables: ["name"])
    }
    let night = try Night(
      customers, campaigns: campaigns, templates: templates,
      suppressions: [.test("closed", "status = 'closed'"), .test("dead", "status = 'deceased'", [.marketing])])
    let result = try night.run()
    #expect(result.equations.filter { !$0.holds }.isEmpty, "seed \(seed)")
    let decisions = try night.decisions().map {
      $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
    let byId = Dictionary(uniqueKeysWithValues: customers.map { ($0["customer_id"]!, $0) })
    for campaign in campaigns {
      let own = decisions.filter { $0[0] == campaign.id }
      let limit = Int(campaign.audience.text.dropFirst(8))!
      #expect(
        own.map { $0[1] } == customers.filter { Int($0["spent"]!)! < limit }.map { $0["customer_id"]! }, "seed \(seed)")
      #expect(own.allSatisfy { ($0[2] == "sent") == ($0[4] == "eligible") && ($0[2] == "sent") == !$0[3].isEmpty })
      for use in campaign.channels {
        let channel = use.channel.rawValue
        let ids = Self.listed(try night.list("\(campaign.id).\(channel)"))
        let decided = own.filter { $0[3].split(separator: "+").contains(Substring(channel)) }.map { $0[1] }
        #expect(ids.sorted() == decided, "seed \(seed), \(campaign.id).\(channel)")
        for id in ids {
          let row = byId[id]!
          let hint: Comment = "seed \(seed), \(campaign.id).\(channel), \(row)"
          if use.channel != .todo {
            let consent = row["consent_\(channel)_\(campaign.purpose.rawValue)"]
            #expect(consent != "refused", hint)
            if campaign.purpose == .marketing { #expect(consent == "granted", hint) }
          }
          #expect(campaign.modes.contains(OperatingMode(rawValue: row["mode"]!)!), hint)
          if campaign.product == "W002" { #expect(row["mode"] == "assisted", hint) }
          #expect(row["status"] != "closed", hint)
          if campaign.scenario == .marketing { #expect(row["status"] != "deceased", hint) }
          #expect(row["name"] != nil, hint)
          switch use.channel {
          case .sms, .phone: #expect(row["mobile"] != nil && Int(row["mobile_customers"]!)! <= 2, hint)
          case .wecom: #expect(row["wecom_id"] != nil, hint)
          case .todo: #expect(row["manager"] != nil && row["manager_active"] == "true", hint)
          }
        }
      }
    }
  }
}
