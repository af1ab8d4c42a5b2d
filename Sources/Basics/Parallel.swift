import Dispatch
import Synchronization

/// Work on several threads whose results come in the order of their numbers, whatever thread did what.
public enum Parallel {
  /// `body` of every number below `count`; the next number goes to the thread that is free.
  ///
  /// - Parameter threads: at least 1; with 1 everything runs on the caller's thread.
  public static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    if threads <= 1 || count <= 1 { return (0..<count).map(body) }
    return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Each number is written by one thread only.
      let base = Slots(base: buffer.baseAddress!)
      let next = Counter()
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
        while let number = next.take(below: count) { (base.base + number).initialize(to: body(number)) }
      }
      initialized = count
    }
  }

  /// Numbers handed out one by one.
  private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func take(below limit: Int) -> Int? {
      let number = value.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < limit ? number : nil
    }
  }

  private struct Slots<Result>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Result>
  }

  /// Ranges of about equal length that cover `0..<count`, in order.
  public static func ranges(_ count: Int, pieces: Int) -> [Range<Int>] {
    let pieces = max(1, min(pieces, count))
    return (0..<pieces).map { (count * $0 / pieces)..<(count * ($0 + 1) / pieces) }
  }
}
