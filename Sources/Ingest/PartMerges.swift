import Basics
import Dispatch
import Synchronization

/// The merges of a night, several at a time; each writes a file of its own, so their order changes nothing.
enum PartMerges {
  struct Job: Sendable {
    var merge: PartMerge
    var previous: String?
    var tonight: (path: String, result: SourceResult)
    var part: String
  }

  /// - Returns: in the order of the jobs.
  /// - Throws: `Problem`, of the first job that failed.
  static func run(_ jobs: [Job], threads: Int) throws(Problem) -> [PartMerge.Tally] {
    let outcomes = Mutex([Result<PartMerge.Tally, Problem>?](repeating: nil, count: jobs.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, jobs.count))) { _ in
      while true {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard turn < jobs.count else { return }
        let job = jobs[turn]
        let outcome = Result<PartMerge.Tally, Problem> { () throws(Problem) in
          try job.merge.write(previous: job.previous, tonight: job.tonight, to: job.part)
        }
        outcomes.withLock { $0[turn] = outcome }
      }
    }
    var tallies: [PartMerge.Tally] = []
    for outcome in outcomes.withLock({ $0.compactMap { $0 } }) { tallies.append(try outcome.get()) }
    return tallies
  }
}
