import Definition

/// What is known of a customer when a channel is considered.
struct Contact: Equatable {
  enum Consent: Equatable { case granted, refused, unknown }

  var consent: Consent
  var hasMobile: Bool
  /// Customers who have the same mobile, this one included.
  var customersOnMobile: Int
  var hasWeComId: Bool
  /// A relationship manager who still works here.
  var hasActiveManager: Bool
}

/// Why a channel is not used for a customer.
enum ChannelRefusal: Int, CaseIterable {
  case noConsent, optedOut, noMobile, sharedMobile, noWeComId, noManager, missingValue, textTooLong

  var reason: DecisionReason {
    switch self {
    case .noConsent: .noConsent
    case .optedOut: .optedOut
    case .noMobile: .noMobile
    case .sharedMobile: .sharedMobile
    case .noWeComId: .noWeComId
    case .noManager: .noManager
    case .missingValue: .missingValue
    case .textTooLong: .textTooLong
    }
  }
}

/// Whether a channel may be used: permission first, then the address.
struct ContactRules {
  let purpose: CampaignDefinition.Purpose
  let maxCustomersPerMobile: Int

  func refusal(of channel: Channel, for contact: Contact) -> ChannelRefusal? {
    // A to-do goes to the bank's own people: nobody's permission is needed.
    if channel == .todo { return contact.hasActiveManager ? nil : .noManager }
    if let refusal = refusal(consent: contact.consent) { return refusal }
    switch channel {
    case .sms, .phone:
      if !contact.hasMobile { return .noMobile }
      return contact.customersOnMobile > maxCustomersPerMobile ? .sharedMobile : nil
    case .wecom: return contact.hasWeComId ? nil : .noWeComId
    case .todo: return nil
    }
  }

  private func refusal(consent: Contact.Consent) -> ChannelRefusal? {
    switch (purpose, consent) {
    case (_, .refused): .optedOut
    case (.marketing, .unknown): .noConsent
    case (.marketing, .granted), (.service, .granted), (.service, .unknown): nil
    }
  }
}

/// Why a campaign is not for a customer at all, by operating mode and product.
enum ModeRefusal: Int, CaseIterable {
  case aumUnknown, otherMode, complexProduct

  var reason: DecisionReason {
    switch self {
    case .aumUnknown: .aumUnknown
    case .otherMode: .otherMode
    case .complexProduct: .complexProduct
    }
  }

  static func of(
    _ mode: OperatingMode, modes: [OperatingMode], offersComplexProduct: Bool
  ) -> ModeRefusal? {
    if !modes.contains(mode) { return mode == .held ? .aumUnknown : .otherMode }
    // Nothing complex is sold without advice, and only assisted customers have somebody who advises them.
    return offersComplexProduct && mode != .assisted ? .complexProduct : nil
  }
}
