extension KeyTable.Shape {
  static let columnName = Self.form("column", "^[a-z][a-z0-9_]*$")
  static let sql = Self.form("SQL", "\\S")
  /// A path in which the business date stands.
  static let filePattern = Self.form("pattern", "\\{date:yyyy-?MM-?dd\\}")
  static let separator = Self.form(
    "1 to 8 ASCII characters", "^[\\u0001-\\u0009\\u000b\\u000c\\u000e-\\u007f]{1,8}$")
  /// One end of a field's range.
  static let bound = Self.called("by type", .either([.anyWholeNumber, .form("bound", "^(-?[0-9]|business_date)")]))
  private static let anyWholeNumber = Self.wholeNumber(Int.min...Int.max)
}
