/// The files that say what is known of a customer, and who is contacted.
extension KeyTable {
  /// tags.yaml
  static let tags = KeyTable(
    "the tag definition",
    [
      .needed("policy", .part(policy), "the line and the tiers"),
      .needed(
        "measures", .list(.part(measure)),
        "numbers and dates aggregated from facts; each is a column of the customer row"),
      .needed("tags", .list(.part(tag)), "labelled facts"),
    ])

  static let policy = KeyTable(
    "the policy",
    [
      .needed(
        "aum_line", .decimal("amount"),
        "at the line counts as above it. Above it and with an active relationship manager: mode `assisted`; AUM not "
          + "known: `held`; else `direct`"),
      .needed("tiers", .list(.part(tier)), "in rising order; the first begins at `\"0.00\"`"),
    ])

  static let tier = KeyTable(
    "a tier",
    [
      .needed("id", .name, "stands in the column `tier`"),
      .needed("title", .bilingual, "what people call it"),
      .needed("from", .decimal("amount"), "included"),
    ])

  static let measure = KeyTable(
    "a measure",
    [
      .needed("id", .name, "the column's name; different from every other column of the customer row"),
      .needed("meaning", .bilingual, "for people"),
      .needed(
        "table",
        .called(
          "a kind other than `party`", .choice(RecordKind.allCases.filter { $0 != .party }.map(\.rawValue))),
        "which facts"),
      .needed("aggregate", .called("see below", .choice(MeasureDefinition.Aggregate.self)), "what is made of them"),
      .optional("of", .columnName, "needed but for `count`", "the column aggregated"),
      .optional(
        "where", .pairs("column: values", .list(.text)), "all rows",
        "rows count where every named column of codes has one of the values; also `product_class` and "
          + "`product_standard`, by way of the catalogue"),
      .optional(
        "date", .columnName, "needed with `window`, `first`, `last`",
        "the column of dates or timestamps that is looked at"),
      .optional(
        "window", .called("two whole numbers", .list(.wholeNumber(-36_525...36_525))), "always",
        "days around the business date, both included: `[-89, 0]` is \"in the last 90 days\""),
    ])

  static let tag = KeyTable(
    "a tag",
    [
      .needed("id", .name, "the column's name; different from every other column of the customer row"),
      .needed("title", .bilingual, "what people call it"),
      .needed("kind", .choice(TagRule.Kind.self), "基础, 行为 or 偏好"),
      .needed("type", .choice(TagRule.ValueType.self), "of the value"),
      .needed(
        "value", .sql, "may use every column but other tags; null: the customer does not carry the tag"),
    ])

  /// broadcast.yaml
  static let broadcast = KeyTable(
    "the broadcast definition",
    [
      .needed(
        "max_customers_per_mobile", .wholeNumber(1...1_000),
        "a mobile that stands in more profiles gets no message"),
      .needed(
        "suppressions", .list(.part(suppression)), "who is left alone; tried in this order, before consent"),
      .needed("templates", .list(.part(template)), "what is said"),
    ])

  static let suppression = KeyTable(
    "a suppression",
    [
      .needed("reason", .name, "the reason code of the decision; none of broadcast's own"),
      .needed("title", .bilingual, "for people"),
      .needed("when", .sql, "over the customer row with its tags"),
      .optional(
        "scenarios", .called("scenarios", .list(.choice(CampaignDefinition.Scenario.self))), "all",
        "campaigns that it holds for"),
    ])

  static let template = KeyTable(
    "a template",
    [
      .needed("id", .name, "campaigns name it"),
      .needed("channel", .choice(Channel.self), "what carries it"),
      .needed(
        "text", .text,
        "`{column}` stands for a column of the customer row; a customer without the value gets no such message"),
      .optional("signature", .text, "needed for sms", "shown in front as 【signature】; other channels have none"),
    ])

  /// campaigns/<id>.yaml
  static let campaign = KeyTable(
    "a campaign",
    [
      .needed("campaign", .name, "the same as the file's name; names the lists"),
      .needed("title", .bilingual, "what people call it"),
      .needed("scenario", .choice(CampaignDefinition.Scenario.self), "通知提醒, 关怀问候, 营销宣传, 业务咨询 or 业务办理"),
      .needed(
        "purpose", .choice(CampaignDefinition.Purpose.self),
        "permission: marketing must have been granted, service must not have been refused. The scenario `marketing` "
          + "needs `marketing`"),
      .needed(
        "audience", .sql, "for whom it is, before anything is checked; over the customer row with its tags"),
      .needed("modes", .list(.choice(OperatingMode.self)), "who serves the customer"),
      .needed("channels", .list(.part(channel)), "in order of preference"),
      .needed(
        "delivery", .choice(CampaignDefinition.Delivery.self),
        "the first channel that is permitted, or every one"),
      .needed("priority", .called("whole number", .wholeNumber(0...1_000_000)), "smaller comes first; then by id"),
      .optional("product", .text, "none", "code of what is offered, from the catalogue"),
    ])

  static let channel = KeyTable(
    "a channel",
    [
      .needed(
        "channel", .choice(Channel.self),
        "each once; `todo` is a task for the relationship manager and needs no permission"),
      .needed("template", .name, "a template for that channel"),
    ])
}
