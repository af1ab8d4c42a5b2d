/// What expectation maximisation looks at: patterns by blocking rule, without the fields that the rule blocks on.
struct Observations: Sendable {
  /// By observation: the pattern, level 0 in comparisons that are hidden.
  private(set) var patterns: [UInt64] = []
  private(set) var rules: [UInt8] = []
  /// By observation: how many pairs show it.
  private(set) var counts: [Double] = []
  /// Of these, how many no earlier rule makes: each pair counts once towards the number of matches.
  private(set) var firsts: [Double] = []
  /// By rule.
  private(set) var pairs: [Double]
  /// By rule: the comparisons that are hidden.
  let blocked: [Set<Int>]
  /// By observation: the index of what people answered to its pattern, -1 where nobody did; empty without any answers.
  private var answered: [Int32] = []
  private let answers: [PatternAnswers]

  var count: Int { patterns.count }

  /// Shares of matches and households of an observation, by the model before and with what people answered after.
  @inline(__always)
  func corrected(_ index: Int, match: Double, household: Double) -> (match: Double, household: Double) {
    if answered.isEmpty || answered[index] < 0 { return (match, household) }
    return answers[Int(answered[index])].applied(match: match, household: household)
  }

  /// - Parameter blocked: by rule: the comparisons that it blocks on.
  init(_ table: PatternTable, blocked: [Set<Int>], answers: [PatternAnswers] = []) {
    self.answers = answers
    let answerNumbers = Dictionary(uniqueKeysWithValues: answers.enumerated().map { ($1.pattern, Int32($0)) })
    let ruleCount = max(1, blocked.count)
    pairs = [Double](repeating: 0, count: ruleCount)
    self.blocked = blocked.isEmpty ? [[]] : blocked
    let shown = (0..<ruleCount).map { rule -> UInt64 in
      blocked.isEmpty ? .max : blocked[rule].reduce(UInt64.max) { $0 & ~(15 << UInt64($1 * 4)) }
    }
    var numbers = PatternTable()
    for (number, pattern) in table.patterns.enumerated() {
      let count = table.counts[number]
      let mask = table.rules[number]
      let answer = answers.isEmpty ? -1 : answerNumbers[pattern] ?? -1
      var rest = mask
      while rest != 0 {
        let rule = rest.trailingZeroBitCount
        rest &= rest - 1
        let key = UInt32(rule) | UInt32(answer + 1) << 8
        let observation = Int(numbers.add(pattern & shown[rule], rules: key, count: count))
        if observation == patterns.count {
          patterns.append(pattern & shown[rule])
          rules.append(UInt8(rule))
          if !answers.isEmpty { answered.append(answer) }
          counts.append(0)
          firsts.append(0)
        }
        counts[observation] += Double(count)
        if rule == mask.trailingZeroBitCount { firsts[observation] += Double(count) }
        pairs[rule] += Double(count)
      }
    }
  }
}
