/// What people said of pairs that show one pattern: it tells of the other pairs of that pattern too.
///
/// The share of matches among these has a beta distribution before any answer, whose mean is what the model says and which
/// weighs as much as `modelWeight` answers; its mean after them is (yes + w p) / (yes + no + w). Answers to pairs that were
/// chosen by their pattern alone leave such shares unbiased, however they were chosen (Rubin 1976: the choice is
/// ignorable).
struct PatternAnswers: Sendable, Equatable {
  /// In answers.
  static let modelWeight = 10.0

  var pattern: UInt64
  var yes = 0.0
  var no = 0.0
  /// Pairs that show the pattern, among all candidates.
  var pairs = 0.0

  /// By pattern, ascending.
  static func all(_ labels: [(pattern: UInt64, isMatch: Bool)], _ table: PatternTable) -> [PatternAnswers] {
    var result: [PatternAnswers] = []
    for label in labels.sorted(by: { $0.pattern < $1.pattern }) {
      if result.last?.pattern != label.pattern { result.append(PatternAnswers(pattern: label.pattern)) }
      if label.isMatch { result[result.count - 1].yes += 1 } else { result[result.count - 1].no += 1 }
    }
    if result.isEmpty { return [] }
    let numbers = Dictionary(uniqueKeysWithValues: result.enumerated().map { ($1.pattern, $0) })
    for (number, pattern) in table.patterns.enumerated() {
      if let index = numbers[pattern] { result[index].pairs += Double(table.counts[number]) }
    }
    return result
  }

  /// Shares of matches and households among the pairs of the pattern, by the model before and with the answers after.
  func applied(match: Double, household: Double) -> (match: Double, household: Double) {
    let count = yes + no
    let others = (yes + Self.modelWeight * match) / (count + Self.modelWeight)
    let answered = min(1, count / max(1, pairs))
    let share = min(1, (1 - answered) * others + answered * yes / max(1, count))
    return (share, match < 1 ? household * (1 - share) / (1 - match) : 0)
  }
}
