import Testing
import TestSupport

@testable import Standards

@Suite struct TextPatternTests {
  @Test(arguments: [
    ("\\d{17}[\\dX]", ["11010519491231002X", "110105194912310021"], ["1101051949123100", "11010519491231002Y", ""]),
    ("[A-Z]{2}\\d{3,4}", ["AB123", "AB1234"], ["AB12", "AB12345", "A1234", "ab123"]),
    ("(cat|dog)s?", ["cat", "dogs"], ["cats ", "catdog", ""]),
    ("a*b+c?", ["b", "aabbc", "ab"], ["a", "ac", "abcc"]),
    ("[^ ]+@[^ ]+\\.cn", ["li@bank.cn"], ["li @bank.cn", "li@bank,cn", "@.cn"]),
    ("中.国?", ["中华国", "中华", "中\u{20000}"], ["中", "中国国国"]),
    ("x{2,}", ["xx", "xxxxxxxxx"], ["x"]),
    ("", [""], ["a"]),
    ("(a|b*)c|", ["", "c", "ac", "bbbc"], ["ab", "aac"]),
    ("[-+]?\\d+", ["-1", "+22", "3"], ["--1", "-"]),
  ])
  func matchesWholeTexts(pattern: String, good: [String], bad: [String]) throws {
    let compiled = try TextPattern(pattern)
    for text in good { #expect(compiled.matches(text), "\(pattern) should match \(text)") }
    for text in bad { #expect(!compiled.matches(text), "\(pattern) should not match \(text)") }
  }

  @Test(arguments: [
    ("a)", "this bracket was never opened", 2), ("(a", "a bracket is not closed", 3),
    ("*a", "there is nothing before the * that could be repeated", 1),
    ("^a$", "^ is not needed: a pattern always describes the whole text", 1),
    ("a{3,2}", "the second number of a repetition must not be smaller than the first, nor 0", 3),
    ("a{", "expected a number", 3), ("a{2", "expected } behind the numbers of a repetition", 4),
    ("a{999}", "at most 256 repetitions are possible", 5), ("[a", "a class is not closed with ]", 3),
    ("[]", "a class is empty", 2), ("[z-a]", "a range of a class runs backwards", 4),
    ("\\w", "only \\d and a backslash before a sign are known", 2), ("a\\", "a backslash stands at the end", 2),
    ("a+*", "a repetition of a repetition", 3),
    ("(\\d{200}){2}", "the pattern repeats too often: at most 256 characters", 1),
  ])
  func saysWhatIsWrong(pattern: String, message: String, character: Int) {
    #expect(throws: TextPattern.Mistake(message: message, character: character)) { try TextPattern(pattern) }
  }

  /// Against a matcher that tries everything.
  @Test func agreesWithBacktracking() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<3_000 {
      let pattern = Self.randomPattern(&random, depth: 3)
      var parser = TextPatternParser(pattern)
      let node = try parser.parse()
      let compiled = try TextPattern(pattern)
      for _ in 0..<5 {
        let text = (0..<Int.random(in: 0...5, using: &random)).map { _ in
          ["a", "b", "c"].randomElement(using: &random)!
        }
        .joined()
        let scalars = text.unicodeScalars.map(\.value)
        let slow = Self.ends(of: node, in: scalars, from: 0).contains(scalars.count)
        #expect(compiled.matches(text) == slow, "\(pattern) on \(text)")
      }
    }
  }

  private static func randomPattern(_ random: inout SeededRandom, depth: Int) -> String {
    switch Int.random(in: 0..<(depth == 0 ? 3 : 7), using: &random) {
    case 0: "a"
    case 1: "[ab]"
    case 2: "[^a]"
    case 3: randomPattern(&random, depth: depth - 1) + randomPattern(&random, depth: depth - 1)
    case 4: "(\(randomPattern(&random, depth: depth - 1))|\(randomPattern(&random, depth: depth - 1)))"
    case 5: "(\(randomPattern(&random, depth: depth - 1)))" + ["?", "*", "+"].randomElement(using: &random)!
    default: "(\(randomPattern(&random, depth: depth - 1)))" + ["{2}", "{0,2}", "{1,}"].randomElement(using: &random)!
    }
  }

  private static func ends(of node: TextPatternNode, in text: [UInt32], from start: Int) -> Set<Int> {
    switch node {
    case .scalar(let scalars): return start < text.count && scalars.contains(text[start]) ? [start + 1] : []
    case .sequence(let nodes):
      return nodes.reduce([start]) { starts, node in
        Set(starts.flatMap { ends(of: node, in: text, from: $0) })
      }
    case .alternatives(let nodes): return Set(nodes.flatMap { ends(of: $0, in: text, from: start) })
    case .repeated(let node, let least, let most):
      var current: Set<Int> = [start]
      var all: Set<Int> = least == 0 ? [start] : []
      for count in 1...(most ?? text.count + least + 1) {
        current = Set(current.flatMap { ends(of: node, in: text, from: $0) })
        if count >= least { all.formUnion(current) }
      }
      return all
    }
  }
}
