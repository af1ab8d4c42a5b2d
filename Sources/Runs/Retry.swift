import Basics
import Standards

/// What `retry` has to do in a home.
public enum Retry: Sendable {
  /// The newest attempt was killed or failed.
  case goOn(Attempt)
  /// The newest attempt ended well; the text says how.
  case nothing(Attempt, why: String)
  case neverStarted

  /// - Parameter date: looks at this night only; at all nights where nil.
  public init(in home: Home, date: CalendarDate? = nil) {
    guard let newest = home.newestAttempt(of: date) else {
      self = .neverStarted
      return
    }
    switch newest.state {
    case .published: self = .nothing(newest, why: "it is published")
    case .superseded: self = .nothing(newest, why: "it was published")
    case .partial: self = .nothing(newest, why: "it ended well, with the stages that were selected")
    case .failed, .interrupted, .running: self = .goOn(newest)
    }
  }
}
