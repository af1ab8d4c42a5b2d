import Basics
import Linkage

/// An explanation as JSON, for programs.
public enum ExplanationJSON {
  /// One object, indented; bits with 3 decimals, shares and the probability with 9. Values by their shape unless
  /// `showsValues`.
  public static func text(
    _ explanation: Explanation, first: String, second: String, showsValues: Bool = false
  ) -> String {
    JSON.object([
      ("a", .string(first)), ("b", .string(second)), ("values", .string(showsValues ? "as_compared" : "shapes")),
      ("prior", bits(explanation.prior)),
      ("comparisons", .array(explanation.parts.map { part($0, showsValues) })),
      (
        "groups",
        .array(
          explanation.groups.map { group in
            .object([("group", .string("\(group.group)")), ("kept", share(group.kept)), ("bits", bits(group.bits))])
          })
      ), ("household", explanation.household.map(bits) ?? .null), ("names_swapped", .bool(explanation.areNamesSwapped)),
      ("weight", bits(explanation.weight)), ("probability", share(explanation.probability)),
    ]).pretty
  }

  private static func part(_ part: Explanation.Part, _ showsValues: Bool) -> JSON {
    func value(_ text: String?) -> JSON { text.map { .string(showsValues ? $0 : Masking.shape($0)) } ?? .null }
    return .object([
      ("id", .string(part.id)), ("a", value(part.left)), ("b", value(part.right)), ("level", .string(part.level)),
      ("meaning", .string(part.meaning)), ("m", share(part.m)), ("u", share(part.u)), ("h", share(part.h)),
      ("agreement_bits", bits(part.agreementBits)), ("frequency_bits", bits(part.frequencyBits)),
      ("records_with_a", .integer(part.leftCount)), ("records_with_b", .integer(part.rightCount)),
      ("records_with_any", .integer(part.knownCount)), ("swapped", .bool(part.isSwapped)), ("bits", bits(part.bits)),
    ])
  }

  private static func bits(_ bits: Double) -> JSON { .number(Decimals.rounded(bits, 3)) }
  private static func share(_ share: Double) -> JSON { .number(Decimals.rounded(share, 9)) }
}
