import Basics
import Testing

@Suite("Numbers in JSON") struct JSONNumberTests {
  @Test(
    "The shortest decimals that read as the same number",
    arguments: [
      (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"), (1e-5, "1e-05"),
      (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
      (.infinity, "null"), (.nan, "null"),
    ] as [(Double, String)])
  func text(_ number: Double, _ text: String) {
    #expect(JSON.number(number).line == text)
    #expect(JSON.array([.number(number)]).line == "[\(text)]")
    if number.isFinite { #expect(Double(text)?.bitPattern == number.bitPattern) }
  }
}
