import Basics

/// Campaigns, what they say, and who is left alone.
public struct BroadcastDefinition: Sendable {
  /// In order of priority, then id.
  public var campaigns: [CampaignDefinition]
  public var templates: [TemplateDefinition]
  /// In the order in which they are tried.
  public var suppressions: [SuppressionRule]
  /// A mobile that stands in more profiles than this gets no message.
  public var maxCustomersPerMobile: Int
}

/// A standing order to contact.
public struct CampaignDefinition: Sendable {
  public var id: String
  public var title: BilingualText
  public var scenario: Scenario
  public var purpose: Purpose
  /// True for every customer whom the campaign is for, before anything is checked.
  public var audience: SQLExpression
  public var modes: [OperatingMode]
  /// The product offered, if any: a code of the catalogue.
  public var product: String?
  public var channels: [ChannelUse]
  public var delivery: Delivery
  /// Smaller comes first.
  public var priority: Int
  public var place: Place

  /// 通知提醒, 关怀问候, 营销宣传, 业务咨询, 业务办理
  public enum Scenario: String, Sendable, CaseIterable { case notice, care, marketing, advice, service }

  /// What permission is needed: marketing must have been granted; service and care must not have been refused.
  public enum Purpose: String, Sendable, CaseIterable { case marketing, service }

  public enum Delivery: String, Sendable, CaseIterable {
    /// The first channel that is permitted.
    case first
    /// Every channel that is permitted.
    case all
  }
}

public struct ChannelUse: Sendable, Equatable {
  public var channel: Channel
  /// Id of a template for that channel.
  public var template: String
}

public enum Channel: String, Sendable, CaseIterable {
  case wecom, sms, phone
  /// A to-do for the relationship manager; needs no consent, since the bank does not contact anybody by it.
  case todo
}

/// What is written, with `{column}` for a column of the customer row.
public struct TemplateDefinition: Sendable, Equatable {
  public var id: String
  public var channel: Channel
  /// Shown at the front of a text message as 【signature】; empty for other channels.
  public var signature: String
  public var text: String
  /// Names of the columns in `text`, in order of first appearance.
  public var variables: [String]
  public var place: Place
}

/// Who is left alone: `when` over the customer row, for campaigns of the named scenarios (all where empty).
public struct SuppressionRule: Sendable {
  /// The reason code.
  public var reason: String
  public var title: BilingualText
  public var when: SQLExpression
  public var scenarios: [CampaignDefinition.Scenario]
}
