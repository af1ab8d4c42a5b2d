import Definition

/// One extract that is to be read, and where its part of the canonical table goes.
struct IngestOrder: Sendable {
  var source: SourceDefinition
  /// Relative to the extracts folder, as messages give it.
  var file: String
  /// Nil where the extract is missing and its source goes on with an empty part.
  var path: String?
  var bytes: Int
  var partPath: String
}
