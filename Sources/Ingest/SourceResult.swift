import Basics

/// What came of one source's extract.
struct SourceResult: Sendable {
  var source: String
  /// Relative to the extracts folder.
  var file: String
  /// All but header and trailer records.
  var records = 0
  var accepted = 0
  /// Rows of the table of columns that the definition does not know; nil where there is none.
  var extraRows: Int?
  var quarantined: [QuarantinedRecord] = []
  /// Header and trailer records, in the file's order.
  var marked: [MarkedRecord] = []
  /// One for every field of money, in the definition's order.
  var sums: [FieldSum] = []
  /// One for every field, over the accepted records, in the definition's order.
  var profile: [FieldProfile] = []
  /// Of a delta: what it deletes, in the file's order.
  var deletions: [Deletion] = []
  /// Of a delta: for each accepted record whether it is marked as an insertion.
  var insertions: [Bool] = []
  var warnings: [Problem] = []
}

/// A record that speaks of the extract it stands in.
struct MarkedRecord: Sendable, Equatable {
  var line: Int
  /// How many records stood before it.
  var recordsBefore: Int
  /// The first is the mark.
  var fields: [String]
}

/// What one field looks like over a whole extract.
struct FieldProfile: Sendable, Equatable {
  /// The source's name of it.
  var field: String
  /// Accepted records without a value.
  var empty = 0
  /// How many of these had a value that was left out because it broke its contract.
  var emptied = 0
  /// The different codes that came, sorted; nil for fields without codes.
  var codes: [String]?
}

/// One deletion of a delta.
struct Deletion: Sendable, Equatable {
  /// As the column `key` holds it.
  var key: String
  var line: Int
  /// Byte of the extract at which the record starts, from 0.
  var offset: Int
}
