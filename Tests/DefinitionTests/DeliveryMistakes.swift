import Standards

extension Mistake {
  private static let days = CalendarDate.Format.allCases.map(\.rawValue).joined(separator: ", ")

  /// Against the rich pipeline.
  static let inDeliveries = [
    Mistake(
      "sources/accounts.yaml", "load: {increment: {keep_days: 400, by: matures_on}}", "load: incremental",
      "sources/accounts.yaml:19:7: error [unknown_value]: load has a value that is not known; "
        + "found \"incremental\", expected full, increment. Perhaps \"increment\" is meant."),
    Mistake(
      "sources/accounts.yaml", "keep_days: 400, ", "",
      "sources/accounts.yaml:19:19: error [missing_key]: an increment lacks the key \"keep_days\": "
        + "by says from which day it counts."),
    Mistake(
      "sources/accounts.yaml", ", by: matures_on", "",
      "sources/accounts.yaml:19:19: error [missing_key]: an increment lacks the key \"by\": "
        + "keep_days counts from its day."),
    Mistake(
      "sources/accounts.yaml", "by: matures_on", "by: opened_on",
      "sources/accounts.yaml:19:40: error [unknown_column]: by names no column of dates or "
        + "timestamps that a field fills; found \"opened_on\", expected matures_on."),
    Mistake(
      "sources/accounts.yaml", "load: {increment: {keep_days: 400, by: matures_on}}", "load: {}",
      "sources/accounts.yaml:19:7: error [missing_key]: a load rule lacks the key \"increment\": "
        + "there is no delta either."),
    Mistake(
      "sources/accounts.yaml", "short_lines: accept", "short_lines: accept\nunique: [no]",
      "sources/accounts.yaml:11:9: error [useless_key]: \"unique\" has no place here: records "
        + "replace each other by their key. Remove it."),
    Mistake(
      "sources/visits.yaml", "mark: meta/op, ", "",
      "sources/visits.yaml:8:10: error [missing_key]: a delta lacks the key \"mark\"."),
    Mistake(
      "sources/visits.yaml", "mark: meta/op", "mark: meta//op",
      "sources/visits.yaml:8:17: error [bad_path]: mark is not a path relative to the record; "
        + "found \"meta//op\", expected names joined with /: customer/name."),
    Mistake(
      "sources/visits.yaml", "update: [U]", "update: [I]",
      "sources/visits.yaml:8:51: error [listed_twice]: the mark \"I\" means two things."),
    Mistake(
      "sources/visits.yaml", "insert: [I, N], update: [U], delete: [D], ", "",
      "sources/visits.yaml:8:10: error [missing_key]: a delta names no mark; expected insert, "
        + "update or delete with its words."),
    Mistake(
      "sources/visits.yaml", "  delta: {", "  increment: {}\n  delta: {",
      "sources/visits.yaml:8:14: error [useless_key]: \"increment\" has no place here: the load is a "
        + "delta. Remove it."),
    Mistake(
      "sources/visits.yaml", "  - {from: id, to: key, type: text, required: true}\n", "",
      "sources/visits.yaml:8:3: error [unfilled_column]: no field fills the column key, by which a "
        + "record replaces an earlier one.",
      "sources/visits.yaml:13:3: error [unfilled_column]: no field fills the column key, which the "
        + "kind interaction needs."),
    Mistake(
      "sources/accounts.yaml", "flag: \"{date:yyyyMMdd}/accounts.ok\"", "flag: \"accounts.ok\"",
      "sources/accounts.yaml:21:9: error [bad_file_pattern]: flag is not a pattern for a night's "
        + "file; found \"accounts.ok\", expected a path below the extracts folder with {date:yyyyMMdd} "
        + "or {date:yyyy-MM-dd} in it."),
    Mistake(
      "sources/accounts.yaml", "columns: [file, date", "columns: [fiel, date",
      "sources/accounts.yaml:25:15: error [unknown_value]: columns has a value that is not known; "
        + "found \"fiel\", expected file, rows, bytes, sum, sha256, md5, ignored, date yyyyMMdd, sum "
        + "FIELD. Perhaps \"file\" is meant."),
    Mistake(
      "sources/accounts.yaml", "date yyyyMMdd,", "date yyyymmdd,",
      "sources/accounts.yaml:25:21: error [bad_date_format]: this is not a format of a date; found "
        + "\"yyyymmdd\", expected \(days). Perhaps \"yyyyMMdd\" is meant."),
    Mistake(
      "sources/accounts.yaml", "sum, sum balance, sha256", "sum, sum balnce, sha256",
      "sources/accounts.yaml:25:54: error [unknown_column]: sum names no field of type money; "
        + "found \"balnce\", expected balance. Perhaps \"balance\" is meant."),
    Mistake(
      "sources/accounts.yaml", "rows, bytes", "rows, rows",
      "sources/accounts.yaml:25:42: error [listed_twice]: columns lists \"rows\" twice."),
    Mistake(
      "sources/accounts.yaml", "separator: \"|+|\"", "separator: \"\"",
      "sources/accounts.yaml:24:16: error [wrong_shape]: separator is of the wrong shape; found "
        + "nothing, expected a text."),
    Mistake(
      "sources/accounts.yaml", "header_lines: 1", "header_lines: -1",
      "sources/accounts.yaml:26:19: error [bad_number]: header_lines is not a whole number in its "
        + "range; found \"-1\", expected 0 to 1000."),
    Mistake(
      "sources/accounts.yaml", "    file: \"{date:yyyyMMdd}/core.ctl\"\n", "",
      "sources/accounts.yaml:23:5: error [missing_key]: a control file lacks the key \"file\"."),
    Mistake(
      "sources/accounts.yaml", "[mark, rows, sum balance]", "[rows, mark, sum balance]",
      "sources/accounts.yaml:28:33: error [bad_statement]: the first of the columns, and no other, "
        + "holds the mark; expected [mark, …]."),
    Mistake(
      "sources/accounts.yaml", "[mark, rows, sum balance]", "[mark, sha256]",
      "sources/accounts.yaml:28:40: error [unknown_value]: columns has a value that is not known; "
        + "found \"sha256\", expected mark, file, rows, sum, ignored, date yyyyMMdd, sum FIELD."),
    Mistake(
      "sources/accounts.yaml", "mark: TRL", "mark: HDR",
      "sources/accounts.yaml:28:12: error [listed_twice]: header and trailer begin with the same "
        + "mark \"HDR\"."),
    Mistake(
      "sources/accounts.yaml", "  sum_of: balance\n", "",
      "sources/accounts.yaml:25:49: error [missing_key]: columns lists a sum, and sum_of does not "
        + "say of what. Add sum_of, or write the field behind it: \"sum balance\"."),
    Mistake(
      "sources/accounts.yaml", "sum_of: balance", "sum_of: matures",
      "sources/accounts.yaml:29:11: error [unknown_column]: sum_of names no field of type money; "
        + "found \"matures\", expected balance."),
    Mistake(
      "sources/accounts.yaml", "deadline: D+1 06:30", "deadline: D+1 24:00",
      "sources/accounts.yaml:30:13: error [bad_deadline]: deadline is not a time of a day; found "
        + "\"D+1 24:00\", expected days after the business date, and a time: \"D+1 06:30\"."),
    Mistake(
      "sources/accounts.yaml", "deadline: D+1 06:30", "deadline: \"06:30\"",
      "sources/accounts.yaml:30:13: error [bad_deadline]: deadline is not a time of a day; found "
        + "\"06:30\", expected days after the business date, and a time: \"D+1 06:30\"."),
    Mistake(
      "sources/accounts.yaml", "on_missing: carry", "on_missing: wait",
      "sources/accounts.yaml:30:13: error [useless_key]: \"deadline\" has no place here: on_missing "
        + "is wait, before it and after it. Remove it."),
    Mistake(
      "sources/accounts.yaml", "on_missing: carry", "on_missing: last",
      "sources/accounts.yaml:31:15: error [unknown_value]: on_missing has a value that is not "
        + "known; found \"last\", expected wait, fail, empty, carry."),
    Mistake(
      "sources/accounts.yaml", "repeated: warn", "repeated: warning",
      "sources/accounts.yaml:32:13: error [unknown_value]: repeated has a value that is not known; "
        + "found \"warning\", expected accept, warn, refuse."),
    Mistake(
      "sources/visits.yaml", "on_missing: empty", "on_missing: empty, trailer: TRL",
      "sources/visits.yaml:9:78: error [useless_key]: \"trailer\" has no place here: the format is "
        + "json_lines. Remove it."),
    Mistake(
      "sources/visits.yaml", "on_missing: empty", "on_missing: empty, sum_of: x",
      "sources/visits.yaml:9:77: error [unknown_column]: sum_of names no field of type money; found \"x\"."),
    Mistake(
      "sources/visits.yaml", "control: \"{date:yyyyMMdd}/visits.ctl\"",
      "control: {file: \"{date:yyyyMMdd}/core.ctl\", columns: [rows]}",
      "sources/visits.yaml:9:20: error [bad_statement]: the control file speaks of several files "
        + "and does not say of which; found also the control file of accounts, expected `file` among its columns."),
  ]
}
