extension Mistake {
  /// Against the rich pipeline.
  static let inFormats = [
    Mistake(
      "sources/people.yaml", "\"\\x01+\"", "\"123456789\"",
      "sources/people.yaml:8:12: error [bad_separator]: separator does not separate fields; found "
        + "\"123456789\", expected 1 to 8 ASCII characters without line ends."),
    Mistake(
      "sources/people.yaml", "\"\\x01+\"", "\"\\r\\x01\"",
      "sources/people.yaml:8:12: error [bad_separator]: separator does not separate fields; found "
        + "\"\\x0d\\x01\", expected 1 to 8 ASCII characters without line ends."),
    Mistake(
      "sources/people.yaml", "\"\\x01+\"", "'+\"'",
      "sources/people.yaml:8:12: error [bad_separator]: the quote stands in the separator."),
    Mistake(
      "sources/people.yaml", "format: delimited", "format: delimited\nquote: \"||\"",
      "sources/people.yaml:7:8: error [bad_byte]: quote is not one byte; found \"||\", expected one "
        + "ASCII character, or none."),
    Mistake(
      "sources/people.yaml", "format: delimited", "format: delimited\nquote: \"\\x02\\x03\"",
      "sources/people.yaml:7:8: error [bad_byte]: quote is not one byte; found \"\\x02\\x03\", "
        + "expected one ASCII character, or none."),
    Mistake(
      "sources/people.yaml", "line_ends: any", "line_ends: none",
      "sources/people.yaml:9:12: error [unknown_value]: line_ends has a value that is not known; "
        + "found \"none\", expected lf, any."),
    Mistake(
      "sources/people.yaml", "encoding: utf-16", "encoding: utf16",
      "sources/people.yaml:7:11: error [unknown_value]: encoding has a value that is not known; "
        + "found \"utf16\", expected utf-8, gb18030, utf-16. Perhaps \"utf-16\" is meant."),
    Mistake(
      "sources/people.yaml", "encoding: utf-16", "encoding: CP936",
      "sources/people.yaml:7:11: error [unknown_value]: encoding has a value that is not known; "
        + "found \"CP936\", expected utf-8, gb18030, utf-16. Write gb18030: it reads them too."),
    Mistake(
      "sources/people.yaml", "separator:", "header: false\nseparator:",
      "sources/people.yaml:13:18: error [useless_key]: \"columns_changed\" has no place here: there "
        + "is no header row. Remove it."),
    Mistake(
      "sources/people.yaml", "format: delimited", "format: delimited\nshort_lines: accept\nrecord: a/b",
      "sources/people.yaml:7:14: error [useless_key]: \"short_lines\" has no place here: the format "
        + "is delimited. Remove it.",
      "sources/people.yaml:8:9: error [useless_key]: \"record\" has no place here: the format is "
        + "delimited. Remove it."),
    Mistake(
      "sources/accounts.yaml", "encoding: gb18030", "encoding: utf-16",
      "sources/accounts.yaml:8:11: error [unknown_value]: fields of fixed widths are counted in "
        + "bytes, and utf-16 is not read by bytes; found \"utf-16\", expected utf-8, gb18030."),
    Mistake(
      "sources/accounts.yaml", "compression: gzip", "compression: zip",
      "sources/accounts.yaml:7:14: error [unknown_value]: compression has a value that is not "
        + "known; found \"zip\", expected none, gzip. Perhaps \"gzip\" is meant."),
    Mistake(
      "sources/accounts.yaml", "name: owner", "name: no",
      "sources/accounts.yaml:13:12: error [listed_twice]: columns lists \"no\" twice.",
      "sources/accounts.yaml:45:12: error [unknown_field]: the source's columns have no such name; "
        + "found \"owner\", expected no, no, product, currency, balance, matures."),
    Mistake(
      "sources/accounts.yaml", "width: 10", "width: 0",
      "sources/accounts.yaml:12:23: error [bad_number]: width is not a whole number in its range; "
        + "found \"0\", expected 1 to 65536."),
    Mistake(
      "sources/accounts.yaml", "align: right, pad: \"0\"", "align: centre, pad: \"00\"",
      "sources/accounts.yaml:16:39: error [unknown_value]: align has a value that is not known; "
        + "found \"centre\", expected left, right.",
      "sources/accounts.yaml:16:52: error [bad_byte]: pad is not one byte; found \"00\", expected "
        + "one ASCII character."),
    Mistake(
      "sources/accounts.yaml", "{name: no, width: 10}", "{name: no, widht: 10}",
      "sources/accounts.yaml:12:16: error [unknown_key]: a column has no such key; found \"widht\", "
        + "expected name, width, align, pad. Perhaps \"width\" is meant."),
    Mistake(
      "sources/accounts.yaml", "line_ends: any", "line_ends: none",
      "sources/accounts.yaml:10:14: error [useless_key]: \"short_lines\" has no place here: records "
        + "without line ends are of one length. Remove it."),
    Mistake(
      "sources/accounts.yaml", "compression: gzip", "compression: gzip\nseparator: \",\"",
      "sources/accounts.yaml:8:12: error [useless_key]: \"separator\" has no place here: the format "
        + "is fixed. Remove it."),
    Mistake(
      "sources/accounts.yaml", "  - {name: no, width: 10}\n", "",
      "sources/accounts.yaml:43:12: error [unknown_field]: the source's columns have no such name; "
        + "found \"no\", expected owner, product, currency, balance, matures."),
    Mistake(
      "sources/accounts.yaml", "expansion: 50, record_bytes: 4096", "expansion: 0, record_bytes: 4k",
      "sources/accounts.yaml:18:45: error [bad_number]: expansion is not a whole number in its "
        + "range; found \"0\", expected 1 to 2000.",
      "sources/accounts.yaml:18:62: error [bad_number]: record_bytes is not a whole number in its "
        + "range; found \"4k\", expected 16 to 1073741824."),
    Mistake(
      "sources/accounts.yaml", "field_bytes: 1024", "quoted_lines: 5",
      "sources/accounts.yaml:18:83: error [useless_key]: \"quoted_lines\" has no place here: no "
        + "field is quoted. Remove it."),
    Mistake(
      "sources/visits.yaml", "format: json_lines", "format: json_lines\ncolumns: [a]\ndocument_type: skip",
      "sources/visits.yaml:7:10: error [useless_key]: \"columns\" has no place here: the format is "
        + "json_lines. Remove it.",
      "sources/visits.yaml:8:16: error [useless_key]: \"document_type\" has no place here: the "
        + "format is json_lines. Remove it."),
    Mistake(
      "sources/visits.yaml", "visitor/no", "visitor//no",
      "sources/visits.yaml:14:12: error [bad_path]: from is not a path relative to the record; "
        + "found \"visitor//no\", expected names joined with /: customer/name."),
    Mistake(
      "sources/visits.yaml", "format: json_lines", "format: jsonl",
      "sources/visits.yaml:6:9: error [unknown_value]: format has a value that is not known; found "
        + "\"jsonl\", expected delimited, fixed, xml, json_lines."),
    Mistake(
      "sources/visits.yaml", "format: json_lines", "format: json_lines\nencoding: gb18030",
      "sources/visits.yaml:7:11: error [unknown_value]: JSON Lines are UTF-8; found \"gb18030\", expected utf-8."),
  ]
}
