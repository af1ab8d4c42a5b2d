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

/// Why a channel is not used for a customer; raw values are reason codes.
enum ChannelRefusal: String, CaseIterable {
  case noConsent = "no_consent"
  case optedOut = "opted_out"
  case noMobile = "no_mobile"
  case sharedMobile = "shared_mobile"
  case noWeComId = "no_wecom_id"
  case noManager = "no_manager"
  case missingValue = "missing_value"
  case textTooLong = "text_too_long"
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

/// Whether a campaign is for a customer at all, by operating mode and product; raw values are reason codes.
enum ModeRefusal: String, CaseIterable {
  case aumUnknown = "aum_unknown"
  case otherMode = "other_mode"
  case complexProduct = "complex_product"

  static func of(
    _ mode: OperatingMode, modes: [OperatingMode], offersComplexProduct: Bool
  ) -> ModeRefusal? {
    if !modes.contains(mode) { return mode == .held ? .aumUnknown : .otherMode }
    // Nothing complex is sold without advice, and only assisted customers have somebody who advises them.
    return offersComplexProduct && mode != .assisted ? .complexProduct : nil
  }
}
