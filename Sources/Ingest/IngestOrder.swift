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
  /// Where values of columns that the definition does not know are kept; nil where they are not.
  var extraPath: String?
  var conventions = Conventions.chinese
  /// Of amounts whose row names no currency.
  var decimals = 2
  var limits = IngestLimits()
}

extension IngestOrder {
  init(_ source: SourceDefinition, _ file: ArrivedFile, partPath: String, of pipeline: PipelineDefinition) {
    self.init(
      source: source, file: file.path, path: file.absolutePath, bytes: file.bytes, partPath: partPath,
      conventions: pipeline.conventions, decimals: pipeline.decimals)
  }
}
