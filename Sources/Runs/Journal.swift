import Basics
import Foundation
import Glibc
import Standards

/// A run's diary, `events.jsonl`: one JSON object a line, appended and fsynced; the only place that holds clock times.
public struct Journal: Sendable {
  public static let fileName = "events.jsonl"

  public enum Event: String, Sendable, Codable {
    case start, retry, stageStart = "stage_start", stageEnd = "stage_end", reused, kept, warning, failed, published
    case notPublished = "not_published"
    /// The night goes on without a source, whose deadline, if it has one, had passed.
    case missing
  }

  let path: String

  public init(inFolder folder: String) { path = "\(folder)/\(Journal.fileName)" }

  /// Appends one event and waits until it is on the disk.
  /// - Throws: `Problem` `unwritable_file`.
  func append(_ event: Event, _ members: [(key: String, value: JSON)] = []) throws(Problem) {
    let line = JSON.object([("at", .string(Clock.now())), ("event", .string(event.rawValue))] + members).line
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unwritable(path) }
    defer { close(descriptor) }
    // A line that a kill cut short is closed first, so that it spoils no other.
    let torn = Journal.endsInsideLine(descriptor)
    let bytes = Array(((torn ? "\n" : "") + line + "\n").utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else { throw .unwritable(path) }
  }

  private static func endsInsideLine(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return false }
    var last: UInt8 = 0
    return pread(descriptor, &last, 1, size - 1) == 1 && last != 10
  }

  /// One line as it is read back; what a kind of event does not have is nil.
  public struct Entry: Sendable, Decodable {
    public var at: String
    public var event: Event
    public var stage: String?
    public var source: String?
    public var reason: String?
    public var rows: Int?
    var sequence: Int?
    var request: RunRequest?
  }

  /// All whole lines, in order; torn or foreign ones are passed over.
  public func entries() -> [Entry] { lines().compactMap(Journal.entry) }

  /// The first line, which holds the request.
  public func first() -> Entry? { lines().first.flatMap(Journal.entry) }

  /// The last whole line: how the attempt stands.
  public func last() -> Entry? { lines().reversed().lazy.compactMap(Journal.entry).first }

  private func lines() -> [Substring] { ((try? Files.text(of: path)) ?? "").split(separator: "\n") }

  private static func entry(_ line: Substring) -> Entry? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(Entry.self, from: Data(line.utf8))
  }
}

/// The wall clock, for the journal, and for deadlines once a run.
enum Clock {
  /// UTC to the millisecond: `2026-11-20T22:00:00.123Z`.
  static func now() -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let milliseconds = String(time.tv_nsec / 1_000_000 + 1000).dropFirst()
    return Timestamp(seconds: Int64(time.tv_sec)).text(.iso) + ".\(milliseconds)Z"
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  static func seconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec)
  }

  /// Seconds of a clock that only goes forward.
  static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// CPU time of a stretch of work and the process's greatest resident memory up to its end, for the journal.
struct Usage {
  private let startedAt = Clock.monotonicSeconds()
  private let cpuAtStart = Usage.cpuMilliseconds()

  var members: [(key: String, value: JSON)] {
    [
      ("milliseconds", .integer(Int((Clock.monotonicSeconds() - startedAt) * 1000))),
      ("cpu_milliseconds", .integer(Usage.cpuMilliseconds() - cpuAtStart)),
      ("peak_kib_so_far", .integer(Usage.peakKiB())),
    ]
  }

  private static func cpuMilliseconds() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func milliseconds(_ time: timeval) -> Int { Int(time.tv_sec) * 1000 + Int(time.tv_usec) / 1000 }
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
  }

  private static func peakKiB() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = line.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
      guard text.hasPrefix("VmHWM:") else { continue }
      return Int(text.split(whereSeparator: { $0 == " " || $0 == "\t" })[1]) ?? 0
    }
    return 0
  }
}
