import Basics
import Glibc
import Testing

@testable import LinkFiles
@testable import Linkage

@Suite("An explanation for people and programs")
struct ExplanationTextTests {
  static func part(
    _ id: String, _ left: String?, _ right: String?, _ level: String, _ meaning: String, _ m: Double, _ u: Double,
    _ bits: Double, _ frequency: Double = 0, counts: (Int, Int) = (0, 0), isSwapped: Bool = false
  ) -> Explanation.Part {
    Explanation.Part(
      id: id, left: left, right: right, level: level, meaning: meaning, m: m, u: u, h: u, agreementBits: bits,
      frequencyBits: frequency, leftCount: counts.0, rightCount: counts.1, knownCount: left == nil ? 0 : 100,
      isSwapped: isSwapped)
  }

  static let explanation = Explanation(
    left: 0, right: 4, prior: -10,
    parts: [
      part(
        "given", "mary", "marie", "one_slip", "one letter typed, left out or turned", 0.08, 0.001, 6.25, counts: (3, 1)),
      part("family", "o'neill", "o'neill", "exact", "the same", 0.875, 0.0003, 11.5, 1.25, counts: (2, 2)),
      part("born", nil, "1980-01-02", "missing", "missing", 1, 1, 0),
      part("town", "北京", "york", "different", "different", 0.125, 0.98, -2.97),
      part("name_across", "a", "b", "not_compared", "both names are in one script", 1, 1, 0),
    ], groups: [.init(group: .name, bits: 0.02, kept: 0.97)], household: -0.05, weight: 6)

  @Test func shapes() {
    #expect(
      ExplanationText.text(Self.explanation, first: "row 1", second: "row 5") == """
        A is row 1, B is row 5.
        Values are shown by their shape.

        field                  A        B           agreement                             of matches   by chance  records    bits
        two records at random                                                                                              -10.00
        given                  xxxx     xxxxx       one letter typed, left out or turned       8.0 %  1 in 1,000     3, 1   +6.25
        family                 x'xxxxx  x'xxxxx     the same                                  87.5 %  1 in 3,333        2  +11.50
                                                    rarer than usual                                                        +1.25
        born                            9999-99-99  missing                                                                  0.00
        town                   字字     xxxx        different                                 12.5 %      98.0 %     0, 0   -2.97
        a new name                                  may have changed as a whole                3.0 %                        +0.02
        one household                               may be two people of one                                                -0.05
        sum                                                                                                                 +6.00

        +6.00 bits: 64 to 1 that they are one, a probability of 0.984615.
        Most for it: family, the same (+12.75).
        Most against it: town, different (-2.97).

        """)
  }

  @Test("Values only where they are asked for")
  func values() {
    let shown = ExplanationText.text(Self.explanation, first: "row 1", second: "row 5", showsValues: true)
    #expect(shown.contains("o'neill") && shown.contains("北京") && !shown.contains("shape"))
    for text in [
      ExplanationText.text(Self.explanation, first: "row 1", second: "row 5"),
      ExplanationJSON.text(Self.explanation, first: "row 1", second: "row 5"), WaterfallChart.svg(Self.explanation),
    ] {
      for value in ["mary", "marie", "neill", "1980", "北京", "york"] { #expect(!text.contains(value)) }
    }
  }

  @Test func verdicts() {
    var explanation = Self.explanation
    explanation.weight = -3
    explanation.parts = [Self.part("given", "a", "b", "exact", "the same", 0.9, 0.1, -3, isSwapped: true)]
    #expect(
      ExplanationText.verdict(explanation) == [
        "-3.00 bits: 8 to 1 that they are not one, a probability of 0.111111.",
        "Most against it: given, the same (-3.00).",
        "Given and family name stand in one another's places in one of them.",
      ])
  }

  @Test("Households may speak loudest; odds have a bound")
  func households() {
    var explanation = Self.explanation
    (explanation.weight, explanation.household) = (40, -5)
    #expect(
      ExplanationText.verdict(explanation) == [
        "+40.00 bits: more than 1,000,000,000 to 1 that they are one, a probability of 1.000000.",
        "Most for it: family, the same (+12.75).",
        "Most against it: they may be two people of one household (-5.00).",
      ])
  }

  @Test func json() {
    var explanation = Self.explanation
    explanation.parts = [explanation.parts[1]]
    #expect(
      ExplanationJSON.text(explanation, first: "row 1", second: "row 5") == """
        {
          "a": "row 1",
          "b": "row 5",
          "values": "shapes",
          "prior": -10.0,
          "comparisons": [
            {
              "id": "family",
              "a": "x'xxxxx",
              "b": "x'xxxxx",
              "level": "exact",
              "meaning": "the same",
              "m": 0.875,
              "u": 0.0003,
              "h": 0.0003,
              "agreement_bits": 11.5,
              "frequency_bits": 1.25,
              "records_with_a": 2,
              "records_with_b": 2,
              "records_with_any": 100,
              "swapped": false,
              "bits": 12.75
            }
          ],
          "groups": [
            {
              "group": "name",
              "kept": 0.97,
              "bits": 0.02
            }
          ],
          "household": -0.05,
          "names_swapped": false,
          "weight": 6.0,
          "probability": 0.984615385
        }

        """)
  }

  @Test("Long names and meanings are cut, for there is no room")
  func longNames() {
    var explanation = Self.explanation
    explanation.parts[0].id = String(repeating: "n", count: 60)
    explanation.parts[0].meaning = String(repeating: "m", count: 60)
    let shown = WaterfallChart.svg(explanation).split(separator: "\n").filter { $0.hasPrefix("<text") }
    #expect(shown.contains { $0.hasSuffix(">\(String(repeating: "n", count: 39))…</text>") })
    #expect(shown.contains { $0.hasSuffix(">\(String(repeating: "m", count: 51))…</text>") })
  }

  @Test("Every bar begins where the one before ends; the words say the same")
  func waterfall() {
    let svg = WaterfallChart.svg(Self.explanation)
    let bars = svg.split(separator: "\n").filter { $0.hasPrefix("<rect") }
    #expect(bars.count == 8)
    if let path = getenv("CHART") { try? Files.write(svg, to: String(cString: path)) }
    #expect(svg.contains("<title id=\"waterfall-title\">Why two records have +6.00 bits</title>"))
    #expect(
      svg.contains(
        "<desc id=\"waterfall-desc\">at random -10.00 bits, given (one letter typed, left out or turned) +6.25 bits, "
          + "family (the same; rare) +12.75 bits, born (missing) 0.00 bits, town (different) -2.97 bits, a new name "
          + "(may have changed as a whole) +0.02 bits, one household (may be two people of one) -0.05 bits, sum +6.00 "
          + "bits. The probability that they are one is 0.984615.</desc>"))
    #expect(!svg.contains("<script") && svg.contains("prefers-color-scheme: dark"))
    // From -10 to 10 bits in 460 places: 23 a bit.
    #expect(bars[1].contains("x=\"330.0\" y=\"79.0\" width=\"143.8\""))
    #expect(bars[2].contains("x=\"473.8\""))
  }
}
