import Basics
import Glibc
import Standards

/// The one right to write below a home, held from `init` until this goes; the kernel gives it back when a process dies.
public final class RunLock: Sendable {
  private let descriptor: Int32

  /// - Throws: `Problems` of kind `.tryAgain` with `locked`, which says who holds it; `Problem` `unwritable_file`.
  public init(home: String, businessDate: CalendarDate) throws {
    let path = "\(home)/lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Problem.unwritable(path) }
    guard RunLock.acquire(descriptor) else {
      let holder = RunLock.holder(of: home)
      close(descriptor)
      throw Problems(
        .tryAgain,
        [
          Problem(
            "locked", "another run is working in this home", at: Place(path),
            found: holder.isEmpty ? nil : holder, advice: "Try again when it has ended")
        ])
    }
    let text = Array("pid \(getpid()), business date \(businessDate), since \(Clock.now())\n".utf8)
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.count, 0) == text.count else {
      close(descriptor)
      throw Problem.unwritable(path)
    }
  }

  deinit { close(descriptor) }

  /// Three times within 40 ms, since `isHeld` takes the lock for a moment when it looks.
  private static func acquire(_ descriptor: Int32) -> Bool {
    for attempt in 0..<3 {
      if attempt > 0 { usleep(20_000) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    }
    return false
  }

  /// Whether somebody holds the lock at this moment.
  static func isHeld(home: String) -> Bool {
    let descriptor = open("\(home)/lock", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  private static func holder(of home: String) -> String {
    let text = (try? Files.text(of: "\(home)/lock")) ?? ""
    return String(text.split(separator: "\n").first ?? "")
  }
}
