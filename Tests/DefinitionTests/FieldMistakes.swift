extension Mistake {
  /// Against the rich pipeline.
  static let inFields = [
    Mistake(
      "sources/people.yaml", "from: [given, family]", "from: []",
      "sources/people.yaml:13:14: error [unknown_field]: `unique` names a field that the source "
        + "does not read; found \"given + family\", expected no, sex, born, seen.",
      "sources/people.yaml:16:12: error [empty_list]: the field is read from nothing: from is empty."),
    Mistake(
      "sources/people.yaml", "from: [given, family]", "from: [given, familiy]",
      "sources/people.yaml:13:14: error [unknown_field]: `unique` names a field that the source "
        + "does not read; found \"given + family\", expected no, given + familiy, sex, born, seen. "
        + "Perhaps \"given + familiy\" is meant.",
      "sources/people.yaml:16:20: error [unknown_field]: the source's columns have no such name; "
        + "found \"familiy\", expected no, given, family, sex, born, seen. Perhaps \"family\" is meant."),
    Mistake(
      "sources/people.yaml", "from: [given, family]", "from: [given, given]",
      "sources/people.yaml:13:14: error [unknown_field]: `unique` names a field that the source "
        + "does not read; found \"given + family\", expected no, given, sex, born, seen.",
      "sources/people.yaml:16:20: error [listed_twice]: from lists \"given\" twice."),
    Mistake(
      "sources/people.yaml", "from: born", "from: [born, seen]",
      "sources/people.yaml:18:12: error [wrong_type]: several fields cannot be joined to this "
        + "type; found date, expected text or person_name or timestamp."),
    Mistake(
      "sources/people.yaml", "minimum: 1900-01-01", "minimum: 1900-02-30",
      "sources/people.yaml:18:73: error [bad_bound]: minimum is not a day; found \"1900-02-30\", "
        + "expected yyyy-MM-dd, business_date, or business_date-30 for so many days before it."),
    Mistake(
      "sources/people.yaml", "maximum: business_date}", "maximum: business_day}",
      "sources/people.yaml:18:94: error [bad_bound]: maximum is not a day; found \"business_day\", "
        + "expected yyyy-MM-dd, business_date, or business_date-30 for so many days before it."),
    Mistake(
      "sources/people.yaml", "minimum: business_date-90", "minimum: business_date-90, maximum: business_date-100",
      "sources/people.yaml:19:79: error [empty_range]: minimum is greater than maximum, so no value is right."),
    Mistake(
      "sources/accounts.yaml", "\"-0.50\"", "-0.50",
      "sources/accounts.yaml:48:71: error [unquoted_decimal]: minimum is an exact decimal and must "
        + "stand in quotes; found -0.50, expected \"-0.50\"."),
    Mistake(
      "sources/accounts.yaml", "\"-0.50\"", "\"-0,50\"",
      "sources/accounts.yaml:48:71: error [bad_decimal]: minimum is not an exact decimal with at "
        + "most 2 decimals; found \"-0,50\", expected a number like \"50000.00\"."),
    Mistake(
      "sources/accounts.yaml", "\"-0.50\"", "\"99999999.00\"",
      "sources/accounts.yaml:48:71: error [empty_range]: minimum is greater than maximum, so no "
        + "value is right."),
    Mistake(
      "sources/accounts.yaml", "\"9999999.99\"", "\"999999999999999999\"",
      "sources/accounts.yaml:48:89: error [bad_number]: maximum is too large an amount; found "
        + "999999999999999999."),
    Mistake(
      "sources/accounts.yaml", "format: minor", "format: cents",
      "sources/accounts.yaml:48:55: error [bad_amount_format]: this is not a format of an amount; "
        + "found \"cents\", expected plain, minor, written, written_comma."),
    Mistake(
      "sources/accounts.yaml", "from: product, to: product, type: code",
      "from: product, to: product, type: code, minimum: 1",
      "sources/accounts.yaml:46:55: error [useless_key]: \"minimum\" has no place here: only "
        + "numbers, amounts, dates and timestamps have a range. Remove it."),
    Mistake(
      "sources/accounts.yaml", "from: product, to: product, type: code",
      "from: product, to: product, type: code, format: plain",
      "sources/accounts.yaml:46:54: error [useless_key]: \"format\" has no place here: only dates, "
        + "timestamps and amounts have a format. Remove it."),
    Mistake(
      "sources/accounts.yaml", "format: minor", "format: minor, pattern: \"1\"",
      "sources/accounts.yaml:48:71: error [useless_key]: \"pattern\" has no place here: only texts "
        + "and codes have a pattern. Remove it."),
    Mistake(
      "sources/people.yaml", "[A-Z]\\\\d{3}", "[A-Z",
      "sources/people.yaml:15:62: error [bad_pattern]: pattern is not a text pattern: a class is "
        + "not closed with ]; found \"[A-Z\", character 5."),
    Mistake(
      "sources/people.yaml", "[A-Z]\\\\d{3}", ".{300}",
      "sources/people.yaml:15:62: error [bad_pattern]: pattern is not a text pattern: at most 256 "
        + "repetitions are possible; found \".{300}\", character 5."),
    Mistake(
      "sources/people.yaml", "invalid: empty", "invalid: null",
      "sources/people.yaml:17:79: error [unknown_value]: invalid has a value that is not known; "
        + "found \"null\", expected quarantine, empty."),
    Mistake(
      "sources/people.yaml", "required: true, pattern", "required: true, invalid: empty, pattern",
      "sources/people.yaml:15:62: error [useless_key]: \"invalid\" has no place here: a required "
        + "field cannot be left empty. Remove it."),
    Mistake(
      "sources/visits.yaml", "minimum: 2020-01-01", "minimum: 2020-01-01T00:00:00",
      "sources/visits.yaml:17:99: error [bad_bound]: minimum is not a day; found "
        + "\"2020-01-01T00:00:00\", expected yyyy-MM-dd, yyyy-MM-dd HH:mm:ss, business_date, or "
        + "business_date-30 for so many days before it."),
  ]
}
