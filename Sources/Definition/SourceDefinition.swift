import Basics

/// One extract of one system: where it lies, how it is written, when it is complete, and what its fields mean.
public struct SourceDefinition: Sendable {
  /// In snake case; names the parts of tables and the `source` column: `crm_customers`.
  public var id: String
  public var system: String
  public var title: BilingualText
  public var kind: RecordKind
  public var file: FilePattern
  public var compression: ExtractCompression = .none
  public var format: ExtractFormat
  public var encoding: ExtractEncoding
  public var limits = ReadLimits()
  public var load: LoadRule = .full
  public var arrival: ArrivalRule
  public var columnChanges = ColumnChanges()
  public var reject: RejectLimits
  public var change = ChangeLimits()
  public var fields: [FieldDefinition]
  /// Canonical columns that have the same value in every row.
  public var constants: [(column: String, value: String)]
  /// Fields (by their `from`) that together stand once in an extract; a later record with the same is a duplicate. Where
  /// empty, the field that fills `key`.
  public var unique: [String] = []
  /// For facts: the source of party records whose key stands in the column `party`.
  public var partySource: String?
  public var place: Place

  /// What the extract calls the fields that are read, each once, in declared order.
  public var fieldNames: [String] {
    var names: [String] = []
    for name in fields.flatMap(\.origins) where !names.contains(name) { names.append(name) }
    return names
  }
}

/// A path relative to the extracts folder in which `{date:yyyyMMdd}` or `{date:yyyy-MM-dd}` stands for the business date.
public struct FilePattern: Sendable, Equatable {
  public var text: String

  public init(_ text: String) { self.text = text }

  /// - Parameters:
  ///   - compact: the business date as yyyyMMdd.
  ///   - dashed: the business date as yyyy-MM-dd.
  public func path(compact: String, dashed: String) -> String {
    text.split(separator: "{date:yyyyMMdd}", omittingEmptySubsequences: false).joined(separator: compact)
      .split(separator: "{date:yyyy-MM-dd}", omittingEmptySubsequences: false).joined(separator: dashed)
  }
}

/// What is done where a delivery is not quite what was agreed.
public enum Reaction: String, Sendable, CaseIterable {
  case accept, warn, refuse
}
