/// How much of what is wrong with one extract is remembered: memory must not grow with it.
struct IngestLimits: Sendable {
  /// The most rows whose keys are compared. An extract beyond it is delivered twice, or its key is none.
  var repeatedKeys = 1_000_000
  /// The most that the quarantined records of one source may take.
  var quarantinedBytes = 256 << 20
}
