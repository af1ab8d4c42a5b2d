import Basics

/// For experiments.
public struct LabRun {
  public var left: [Int32]
  public var right: [Int32]
  public var weights: [Float]
  public var text: String
}

extension Linker {
  public func lab() -> LabRun {
    let candidates = candidates()
    let random = RandomPairs.sample(fields, shape.comparisons, samples: settings.samples, seed: settings.seed, threads: settings.threads)
    var expectation = Expectation(shape, Observations(candidates.table, blocked: blocked), random: random, recordCount: recordCount, threads: settings.threads)
    expectation.run()
    let model = expectation.model
    let scorer = PairScorer(shape, model, fields, random)
    let weights = (0..<candidates.count).map {
      scorer.weight(Int(candidates.left[$0]), Int(candidates.right[$0]), candidates.table.patterns[Int(candidates.patterns[$0])])
    }
    var text = "pairs \(candidates.count) patterns \(candidates.table.patterns.count) iterations \(expectation.logLikelihoods.count)\n"
    text += "match share \(model.matchShare) = \(model.matchShare * expectation.allPairs) pairs; households \(model.householdShare * expectation.allPairs); kept \(zip(shape.groups, model.kept).map { "\($0.group) \($1)" })\n"
    for (rule, share) in expectation.ruleShares.enumerated() { text += "rule \(rule) match \(share.match) house \(share.household)\n" }
    for k in shape.comparisons.indices {
      text += shape.comparisons[k].id + "\n"
      for (l, level) in shape.comparisons[k].ladder.levels.enumerated() {
        func f(_ x: Double) -> String { let v = Int(x * 1e6); return String(Double(v) / 1e6) }
        text += "   \(level.id)  m \(f(model.m[k][l + 1])) u \(f(model.u[k][l + 1])) h \(f(model.h[k][l + 1]))  w \(f(logarithm2(model.m[k][l + 1] / model.u[k][l + 1])))\n"
      }
    }
    return LabRun(left: candidates.left, right: candidates.right, weights: weights, text: text)
  }
}
import Glibc
func logarithm2(_ x: Double) -> Double { log2(x) }
