import Basics

/// Reads one file of campaigns/.
struct CampaignReader {

  let declared: Declared
  /// Nil where broadcast.yaml could not be read.
  let templates: [TemplateDefinition]?
  let problems: ProblemCollector

  /// - Parameter id: the file's name without `.yaml`.
  func campaign(_ id: String, from document: Value) -> CampaignDefinition? {
    guard let section = Section(document, .campaign) else {
      return nil
    }
    if let word = section["campaign"]?.identifier(), word.text != id {
      problems.report(
        "wrong_name", "the campaign is called otherwise than its file", at: word.place, found: "\"\(word.text)\"",
        expected: "\"\(id)\"")
    }
    let scenario = section["scenario"]?.choice(CampaignDefinition.Scenario.self)
    let purpose = section["purpose"]?.choice(CampaignDefinition.Purpose.self)
    if scenario == .marketing, purpose == .service, let value = section["purpose"] {
      problems.report(
        "wrong_purpose", "marketing needs a permission that was given", at: value.place, found: "service",
        expected: "marketing")
    }
    return CampaignDefinition(
      id: id, title: section.bilingual("title"), scenario: scenario ?? .notice, purpose: purpose ?? .marketing,
      audience: section["audience"]?.expression() ?? SQLExpression("0", at: document.place),
      modes: modes(section), product: product(section), channels: channels(section),
      delivery: section["delivery"]?.choice(CampaignDefinition.Delivery.self) ?? .first,
      priority: section["priority"]?.integer(in: 0...1_000_000) ?? 0, place: section.place)
  }

  private func modes(_ section: Section) -> [OperatingMode] {
    guard let value = section["modes"], let modes = value.choices(OperatingMode.self) else { return [] }
    if modes.isEmpty && value.node.sequence?.isEmpty == true {
      problems.report("empty_list", "the campaign is for nobody: modes is empty", at: value.place)
    }
    return modes
  }

  private func product(_ section: Section) -> String? {
    guard let word = section["product"]?.word() else { return nil }
    if let codes = declared.products?.map(\.code), !codes.contains(word.text) {
      problems.reportUnknown(word, "unknown_product", "the catalogue has no such product", valid: codes)
    }
    return word.text
  }

  private func channels(_ section: Section) -> [ChannelUse] {
    guard let value = section["channels"], let items = value.items() else { return [] }
    if items.isEmpty {
      problems.report("empty_list", "the campaign reaches nobody: channels is empty", at: value.place)
    }
    var seen: Set<Channel> = []
    return items.compactMap { item in
      guard let section = Section(item, .channel),
        let channel = section["channel"]?.choice(Channel.self), let template = section["template"]?.identifier()
      else { return nil }
      if !seen.insert(channel).inserted {
        problems.report("listed_twice", "channels lists \"\(channel.rawValue)\" twice", at: item.place)
      }
      check(template, isFor: channel)
      return ChannelUse(channel: channel, template: template.text)
    }
  }

  private func check(_ word: Word, isFor channel: Channel) {
    guard let templates else { return }
    guard let template = templates.first(where: { $0.id == word.text }) else {
      let valid = templates.filter { $0.channel == channel }.map(\.id)
      problems.reportUnknown(word, "unknown_template", "broadcast.yaml has no such template", valid: valid)
      return
    }
    if template.channel != channel {
      problems.report(
        "wrong_channel", "the template \(word.text) is for another channel", at: word.place,
        found: template.channel.rawValue, expected: channel.rawValue)
    }
  }
}
