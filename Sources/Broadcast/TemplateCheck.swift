import Basics
import Definition

/// What can be said about templates before there are customers: texts that are too long whoever gets them.
enum TemplateCheck {
  static func problems(_ templates: [TemplateDefinition]) -> [Problem] { templates.compactMap(problem) }

  private static func problem(_ template: TemplateDefinition) -> Problem? {
    let literals = TemplateText(template).literals
    switch template.channel {
    case .sms:
      let units = TextMessage.units(literals.utf8)
      return units > TextMessage.longest
        ? tooLong(template, found: "\(units) characters", expected: "at most \(TextMessage.longest) with the signature")
        : nil
    case .wecom:
      let bytes = literals.utf8.count
      return bytes > WeComMessage.longestBytes
        ? tooLong(template, found: "\(bytes) bytes", expected: "at most \(WeComMessage.longestBytes)") : nil
    case .todo, .phone: return nil
    }
  }

  private static func tooLong(_ template: TemplateDefinition, found: String, expected: String) -> Problem {
    Problem(
      "text_too_long", "the text of the template \(template.id) is too long, even without its variables",
      at: template.place, found: found, expected: expected, advice: "Shorten it")
  }
}
