/// What was delivered for a night and what was decided about the rest, before any stage runs.
///
/// Whoever starts the night looks at the folder and the clock once; stages depend on what is written here and on
/// nothing that changes from one hour to the next.
public struct NightDelivery: Sendable, Equatable {
  /// A file as it was when the night began.
  public struct File: Sendable, Equatable {
    public var bytes: Int
    public var sha256: String

    public init(bytes: Int, sha256: String) {
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  /// By path relative to the extracts folder; a file that is not listed has not been hashed yet.
  public var files: [String: File]
  /// Ids of the sources that the night goes on without, as their `on_missing` says.
  public var missing: Set<String>
  public var acceptance: Acceptance?

  public init(files: [String: File] = [:], missing: Set<String> = [], acceptance: Acceptance? = nil) {
    self.files = files
    self.missing = missing
    self.acceptance = acceptance
  }
}

/// A person's word that deliveries are right although a limit of change, repetition or emptiness objects.
public struct Acceptance: Sendable, Equatable, Codable {
  /// Ids of the sources.
  public var sources: [String]
  /// Why, in one line.
  public var reason: String

  public init(sources: [String], reason: String) {
    self.sources = sources
    self.reason = reason
  }
}
