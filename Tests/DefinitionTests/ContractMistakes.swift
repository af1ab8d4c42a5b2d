extension Mistake {
  /// Against the rich pipeline.
  static let inContracts = [
    Mistake(
      "sources/people.yaml", "added: keep", "added: extra",
      "sources/people.yaml:12:26: error [unknown_value]: added has a value that is not known; "
        + "found \"extra\", expected accept, warn, refuse, keep."),
    Mistake(
      "sources/people.yaml", "missing: warn", "missing: accept",
      "sources/people.yaml:12:41: error [unknown_value]: missing has a value that is not known; "
        + "found \"accept\", expected warn, refuse."),
    Mistake(
      "sources/people.yaml", "columns: [no, given, family, sex, born, seen]\n", "",
      "sources/people.yaml:1:1: error [missing_key]: a source lacks the key \"columns\": it says in "
        + "which order they belong."),
    Mistake(
      "sources/visits.yaml", "party: people", "party: people\ncolumns_changed: {added: keep}",
      "sources/visits.yaml:11:18: error [useless_key]: \"columns_changed\" has no place here: there "
        + "is no header row. Remove it."),
    Mistake(
      "sources/accounts.yaml", "warn: {rows: 5}", "warn: {at_least_rows: 5}",
      "sources/accounts.yaml:34:16: error [missing_key]: a reject limit lacks the key "
        + "\"per_thousand\": nothing is limited.",
      "sources/accounts.yaml:34:32: error [useless_key]: \"at_least_rows\" has no place here: there "
        + "is no per_thousand. Remove it."),
    Mistake(
      "sources/accounts.yaml", "per_thousand: 20", "per_thousand: 2000",
      "sources/accounts.yaml:34:48: error [bad_number]: per_thousand is not a whole number in its "
        + "range; found \"2000\", expected 0 to 1000."),
    Mistake(
      "sources/accounts.yaml", "reject: {warn: {rows: 5}, fail: {per_thousand: 20, at_least_rows: 3}}",
      "reject: {per_thousand: 20, at_least_rows: 3}",
      "sources/accounts.yaml:34:10: error [unknown_key]: a reject rule has no such key; found "
        + "\"per_thousand\", expected warn, fail.",
      "sources/accounts.yaml:34:28: error [unknown_key]: a reject rule has no such key; found "
        + "\"at_least_rows\", expected warn, fail."),
    Mistake(
      "sources/accounts.yaml", "fall_percent: 20", "fall_percent: 101",
      "sources/accounts.yaml:36:24: error [bad_number]: fall_percent is not a whole number in its "
        + "range; found \"101\", expected 0 to 100."),
    Mistake(
      "sources/accounts.yaml", "sum: {fall_percent: 30}", "sum: {}",
      "sources/accounts.yaml:37:8: error [missing_key]: a span lacks the key \"fall_percent\": "
        + "nothing is limited."),
    Mistake(
      "sources/accounts.yaml", "exceeded: warn", "exceeded: accept",
      "sources/accounts.yaml:40:13: error [unknown_value]: exceeded has a value that is not known; "
        + "found \"accept\", expected warn, refuse."),
    Mistake(
      "sources/accounts.yaml", "codes: warn", "code: warn",
      "sources/accounts.yaml:39:3: error [unknown_key]: a change limit has no such key; found "
        + "\"code\", expected rows, sum, empty_points, codes, exceeded, at_least_rows. Perhaps \"codes\" "
        + "is meant."),
    Mistake(
      "sources/people.yaml", "unique: [no, given + family]", "unique: [no, given]",
      "sources/people.yaml:13:14: error [unknown_field]: `unique` names a field that the source "
        + "does not read; found \"given\", expected no, given + family, sex, born, seen."),
  ]
}
