extension KeyTable {
  /// sources/<id>.yaml
  static let source = KeyTable(
    "a source",
    [
      .needed("source", .name, "the same as the file's name; stands in the column `source`"),
      .needed("system", .name, "which system sends it"),
      .needed("title", .bilingual, "what people call it"),
      .needed("kind", .choice(RecordKind.self), "which [canonical table](#canonical-tables) it fills"),
      .needed("file", .filePattern, "the night's file; two sources may read the same one"),
      .needed("format", .choice(FormatName.self), "how it is written"),
      .needed("fields", .list(.part(field)), "see below"),
      .optional("compression", .choice(ExtractCompression.self), "`none`", "how the file is packed"),
      .optional(
        "encoding", .choice(ExtractEncoding.self), "`utf-8`",
        "what is labelled GBK, GB2312 or CP936 is `gb18030` too; `utf-16` goes by its byte-order mark"),
    ] + layoutKeys + [
      .optional("limits", .part(limits), "see below", "the most that is taken of one file"),
      .optional(
        "load", .either([.choice(["full", "increment"]), .part(load)]), "`full`",
        "how an extract stands to the ones before it; see below"),
      .optional(
        "arrival", .part(arrival), "`{on_missing: wait}`", "when the delivery is complete, and what is checked"),
      .optional("columns_changed", .part(columnChanges), "see below", "what a header row with other columns means"),
      .optional(
        "reject", .part(reject), "`{fail: {per_thousand: 10, at_least_rows: 10}}`", "how many bad records are too many"),
      .optional("change", .part(change), "none", "how far a delivery may differ from the last one accepted"),
      .optional(
        "unique", .list(.text), "the field of `key`",
        "fields, by their `from` (`given + family` where it is joined), that together stand once in an extract; a later record with the same is quarantined "
          + "as `duplicate_key`. Not for increments and deltas, whose records replace each other by `key`"),
      .optional(
        "party", .name, "needed for facts",
        "source of parties whose keys stand in the column `party`; parties have none"
      ),
      .optional(
        "constants", .pairs("column: value", .text), "none", "columns of codes with the same value in every row"),
    ])

  /// What `format` may be.
  enum FormatName: String, CaseIterable { case delimited, fixed, xml, jsonLines = "json_lines" }

  /// How the file is written: each belongs to some formats only.
  private static let layoutKeys: [Key] = [
    .optional(
      "separator", .separator, "`\",\"`",
      "delimited: between fields: `\"|\"`, `\"|!|\"`, `\"\\t\"`, `\"\\x01\"`; looked for after decoding"),
    .optional(
      "quote", .form("one ASCII character, or `none`", "^([ -~\\t\\u0001-\\u001f]|none)$"), "`'\"'`",
      "delimited: around fields, doubled inside (RFC 4180)"),
    .optional(
      "header", .boolean, "`true`",
      "delimited: whether the first line names the columns, by which fields are then bound"),
    .optional(
      "columns", .either([.list(.text), .list(.part(column))]), "none",
      "delimited: names by position; needed without a header. With one: the columns that are known, read or not. "
        + "fixed: needed; each with its width, see below"),
    .optional(
      "line_ends", .choice(LineEnds.self), "`lf`",
      "delimited, fixed: `lf`: LF or CRLF; `any`: also a CR alone; `none`: fixed records follow each other"),
    .optional(
      "short_lines", .choice(["accept", "refuse"]), "`refuse`",
      "fixed: whether lines may lack fields at their end, whose blanks were stripped; these are empty then"),
    .optional(
      "record", .form("path", "^[^/].*$"), "needed for xml",
      "the element that is one record, from the root: `branches/branch/visit`, `c:customers/c:customer`"),
    .optional(
      "namespaces", .pairs("prefix: URI", .text), "none",
      "xml: what the prefixes in `record` and `from` stand for"),
    .optional(
      "document_type", .choice(["refuse", "skip"]), "`refuse`",
      "xml: what is done with a document type declaration; nothing in it is ever used"),
  ]

  static let column = KeyTable(
    "a column",
    [
      .needed("name", .text, "by which fields are bound"),
      .needed("width", .wholeNumber(1...65_536), "in bytes of the file's own encoding"),
      .optional(
        "align", .choice(FixedLayout.Column.Alignment.self), "`left`", "on which side the value stands"),
      .optional("pad", .form("one ASCII character", "^[ -~]$"), "`\" \"`", "what fills the other side"),
    ])

  static let limits = KeyTable(
    "the limits",
    [
      .optional("file_bytes", .wholeNumber(1...(1 << 50)), "68719476736", "of the file, decompressed: 64 GiB"),
      .optional("expansion", .wholeNumber(1...2_000), "200", "decompressed bytes for one compressed byte"),
      .optional("record_bytes", .wholeNumber(16...(1 << 30)), "1048576", "of a record"),
      .optional("field_bytes", .wholeNumber(1...(1 << 30)), "65536", "of a field"),
      .optional(
        "quoted_lines", .wholeNumber(1...100_000), "20", "delimited: lines of a record that quotes hold together"),
      .optional("quoted_bytes", .wholeNumber(1...(1 << 30)), "65536", "delimited: bytes of such a record"),
    ])

  // MARK: Fields

  static let field = KeyTable(
    "a field",
    [
      .needed(
        "from", .either([.text, .list(.text)]),
        "the column's name in the extract; for xml and json_lines a [path](#paths) from the record. Several are joined by a "
          + "blank, empty ones left out: `[given, family]`; for texts, names and timestamps"),
      .needed("to", .columnName, "the canonical column; each is filled once"),
      .needed("type", .called("see below", .choice(FieldType.self)), "how the text is read"),
      .optional(
        "required", .boolean, "`false`",
        "a record without a value goes to quarantine; `key` and `party` must be required"),
      .optional(
        "format", .called("see below", .choice(FieldReader.formats)), "needed for dates and timestamps",
        "how a date, timestamp or amount is written"),
      .optional(
        "codes", .pairs("text: code", .text), "all values",
        "what the system writes: what we call it. Without `codes` a column with fixed values takes those, another one "
          + "any value. Needed for booleans, with `true` and `false`"),
      .optional(
        "other", .text, "none",
        "the code for every value that `codes` does not list; without it such a value is `unknown_code`"),
      .optional("null", .list(.text), "none", "words that mean \"no value\", beside the empty field: `[\"99991231\"]`"),
      .optional("minimum", .bound, "none", "the least value, itself allowed"),
      .optional("maximum", .bound, "none", "the greatest value, itself allowed"),
      .optional(
        "pattern", .form("[text pattern](#text-patterns)", "."), "none",
        "what the whole text must look like, blanks around it removed: `\"[A-Z]{2}\\\\d{6}\"`"),
      .optional(
        "invalid", .choice(FieldDefinition.OnInvalid.self), "`quarantine`",
        "a value that cannot be read, is out of range or does not match: the record goes to quarantine, or the value is "
          + "left out and counted"),
    ])

}
