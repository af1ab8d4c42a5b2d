/// The parts of a source that say how it is delivered, and what is agreed about it.
extension KeyTable {
  // MARK: Load

  /// `load`, where it is more than a word.
  static let load = KeyTable(
    "a load rule",
    [
      .optional(
        "increment", .part(increment), "none", "only what is new or changed; a record replaces the one with its key"),
      .optional("delta", .part(delta), "none", "only changes, each marked"),
    ])

  static let increment = KeyTable("an increment", retentionKeys)

  static let delta = KeyTable(
    "a delta",
    [
      .needed("mark", .text, "the field, as `from` would call it, that says what a record does"),
      .optional("insert", .list(.text), "none", "what it writes for a new record"),
      .optional("update", .list(.text), "none", "what it writes for a changed one"),
      .optional("delete", .list(.text), "none", "what it writes for one that is gone; only its key is read then"),
    ] + retentionKeys)

  private static let retentionKeys: [Key] = [
    .optional(
      "keep_days", .wholeNumber(1...36_525), "for ever",
      "how long a record is kept that no extract repeats: so many days before the business date"),
    .optional(
      "by", .columnName, "needed with `keep_days`",
      "the canonical column of dates or timestamps whose day counts"),
  ]

  // MARK: Arrival

  static let arrival = KeyTable(
    "an arrival rule",
    [
      .optional(
        "flag", .filePattern, "none", "a file, mostly empty, that is written last; without it the delivery is late"),
      .optional(
        "control", .either([.filePattern, .part(control)]), "none",
        "a file that lists what was delivered, a line each; without it the delivery is late. A pattern alone: "
          + "`file|rows|sum`"),
      .optional(
        "header", .either([.text, .part(header)]), "none",
        "the first record is a header record: its first field, or more. A text alone: `HEADER|20261120`"),
      .optional(
        "trailer", .either([.text, .part(trailer)]), "none",
        "the last record is a trailer record: its first field, or more. A text alone: `TRAILER|rows|sum`"),
      .optional(
        "sum_of", .text, "none",
        "the field of type `money` that `sum` adds up, by its `from`; without it that sum is 0.00"),
      .optional(
        "deadline", .form("`D+1 06:30`", "^D(\\+[0-9]{1,2})? [0-2][0-9]:[0-5][0-9]$"), "none",
        "local time, so many days after the business date: until then a missing delivery is late (exit 75), then "
          + "`on_missing` holds"),
      .optional(
        "on_missing", .choice(ArrivalRule.OnMissing.self), "`wait`",
        "exit 75 so that the scheduler tries again; exit 1; go on without it and say so; take the last delivery that was "
          + "accepted and say so. An increment or delta that is missing brings nothing new: `carry` is `empty` there"),
      .optional(
        "repeated", .choice(Reaction.self), "`refuse`",
        "a file whose content was accepted under another date or name"),
      .optional(
        "empty", .choice(Reaction.self), "`warn`", "an extract without records, where nobody stated that it has none"),
    ])

  static let control = KeyTable(
    "a control file",
    [
      .needed("file", .filePattern, "where it lies"),
      .optional("separator", .separator, "`\"|\"`", "between its columns"),
      .optional(
        "columns", .list(statementColumn(StatementColumnReader.controlWords)), "`[file, rows, sum]`",
        "what each column holds, see below; `file` is needed where several files are listed"),
      .optional("header_lines", .wholeNumber(0...1_000), "0", "lines before the first that speaks of a file"),
    ])

  static let header = KeyTable(
    "a header record",
    [
      .needed("mark", .text, "its first field, which no other record has"),
      .optional(
        "columns", .list(statementColumn(StatementColumnReader.markedWords)), "`[mark, date yyyyMMdd]`",
        "what each field holds, see below; the first is `mark`"),
    ])

  static let trailer = KeyTable(
    "a trailer record",
    [
      .needed("mark", .text, "its first field, which no other record has"),
      .optional(
        "columns", .list(statementColumn(StatementColumnReader.markedWords)), "`[mark, rows, sum]`",
        "what each field holds, see below; the first is `mark`"),
    ])

  private static func statementColumn(_ words: [String]) -> Shape {
    .form("column", "^(" + words.joined(separator: "|") + "|date .+|sum .+)$")
  }

  // MARK: Contract

  static let columnChanges = KeyTable(
    "the rule for changed columns",
    [
      .optional(
        "added", .choice(ColumnChanges.Added.self), "`warn`",
        "a column that is neither read nor listed in `columns`; `keep`: its values are kept in `extra/<source>.arrow`"),
      .optional(
        "missing", .choice(["warn", "refuse"]), "`refuse`",
        "a column that is read or listed is not there; for one that a required field reads, always `refuse`"),
      .optional(
        "reordered", .choice(Reaction.self), "`accept`", "the columns stand in another order than in `columns`"),
    ])

  static let reject = KeyTable(
    "a reject rule",
    [
      .optional("warn", .part(rejectLimit), "none", "more than this: the report says so"),
      .optional(
        "fail", .part(rejectLimit), "`{per_thousand: 10, at_least_rows: 10}`", "more than this: the stage fails"),
    ])

  static let rejectLimit = KeyTable(
    "a reject limit",
    [
      .optional("rows", .wholeNumber(0...1_000_000_000), "any", "bad records"),
      .optional("per_thousand", .wholeNumber(0...1_000), "any", "bad records in a thousand"),
      .optional(
        "at_least_rows", .wholeNumber(0...1_000_000_000), "10", "below this many bad records the share is not looked at"
      ),
    ])

  static let change = KeyTable(
    "a change limit",
    [
      .optional("rows", .part(span), "any", "the number of records"),
      .optional("sum", .part(span), "any", "the sum of `sum_of`, else of every field of money"),
      .optional(
        "empty_points", .wholeNumber(0...100), "any",
        "percentage points by which the share of empty values may rise in any field"),
      .optional("codes", .choice(Reaction.self), "`accept`", "codes that appear, or vanish, in a field with codes"),
      .optional("exceeded", .choice(["warn", "refuse"]), "`refuse`", "what is done with such a delivery"),
      .optional(
        "at_least_rows", .wholeNumber(0...1_000_000_000), "100",
        "deliveries with fewer records, then and now, are not compared"),
    ])

  static let span = KeyTable(
    "a span",
    [
      .optional(
        "fall_percent", .wholeNumber(0...100), "any", "by how much it may fall, in percent of the earlier figure"),
      .optional("grow_percent", .wholeNumber(0...1_000_000), "any", "by how much it may grow"),
    ])
}
