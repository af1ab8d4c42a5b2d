import Testing

@testable import Broadcast
@testable import Definition

struct ContactRulesTests {
  static let all = Contact(
    consent: .granted, hasMobile: true, customersOnMobile: 1, hasWeComId: true, hasActiveManager: true)

  /// Purpose, consent, and what becomes of a channel that contacts the customer.
  @Test(arguments: [
    (CampaignDefinition.Purpose.marketing, Contact.Consent.granted, ChannelRefusal?.none),
    (.marketing, .unknown, .noConsent), (.marketing, .refused, .optedOut), (.service, .granted, nil),
    (.service, .unknown, nil), (.service, .refused, .optedOut),
  ])
  func `permission decides before anything else, and for a to-do nobody asks for it`(
    purpose: CampaignDefinition.Purpose, consent: Contact.Consent, refusal: ChannelRefusal?
  ) {
    let rules = ContactRules(purpose: purpose, maxCustomersPerMobile: 3)
    var contact = Self.all
    contact.consent = consent
    for channel in [Channel.sms, .wecom, .phone] { #expect(rules.refusal(of: channel, for: contact) == refusal) }
    #expect(rules.refusal(of: .todo, for: contact) == nil)
    guard refusal != nil else { return }
    contact.hasMobile = false
    contact.hasWeComId = false
    for channel in [Channel.sms, .wecom, .phone] { #expect(rules.refusal(of: channel, for: contact) == refusal) }
  }

  @Test func `each channel needs its address`() {
    let rules = ContactRules(purpose: .marketing, maxCustomersPerMobile: 3)
    func refusals(_ change: (inout Contact) -> Void) -> [ChannelRefusal?] {
      var contact = Self.all
      change(&contact)
      return [Channel.sms, .phone, .wecom, .todo].map { rules.refusal(of: $0, for: contact) }
    }
    #expect(refusals { $0.hasMobile = false } == [.noMobile, .noMobile, nil, nil])
    #expect(refusals { $0.customersOnMobile = 3 } == [nil, nil, nil, nil])
    #expect(refusals { $0.customersOnMobile = 4 } == [.sharedMobile, .sharedMobile, nil, nil])
    #expect(refusals { $0.hasWeComId = false } == [nil, nil, .noWeComId, nil])
    #expect(refusals { $0.hasActiveManager = false } == [nil, nil, nil, .noManager])
  }

  @Test(arguments: [
    (OperatingMode.held, [OperatingMode.assisted, .direct], false, ModeRefusal?.some(.aumUnknown)),
    (.direct, [.assisted], false, .otherMode), (.assisted, [.direct, .held], true, .otherMode),
    (.direct, [.direct], true, .complexProduct), (.held, [.held], true, .complexProduct),
    (.assisted, [.assisted], true, nil), (.direct, [.direct], false, nil), (.held, [.held], false, nil),
  ])
  func modes(mode: OperatingMode, modes: [OperatingMode], isComplex: Bool, refusal: ModeRefusal?) {
    #expect(ModeRefusal.of(mode, modes: modes, offersComplexProduct: isComplex) == refusal)
  }
}
