import Standards

/// What a header or trailer record probably says, in the words of a definition.
struct MarkSketch {
  let mark: String
  /// As in `columns`: `mark`, `rows`, `date yyyyMMdd`, `sum balance`, `ignored`.
  let columns: [String]

  /// - Parameters:
  ///   - counts: how many records there are, in each way of counting, where the whole file was seen.
  ///   - sums: of each field of amounts, in minor units, where every record was seen.
  init(_ record: [String], counts: [Int]?, sums: [(name: String, sum: Int64)]) {
    mark = record[0]
    var columns = ["mark"]
    for value in record.dropFirst().map(ColumnProfile.trimmed) {
      columns.append(Self.column(value, counts: counts, sums: sums, taken: columns))
    }
    self.columns = columns
  }

  private static func column(
    _ value: String, counts: [Int]?, sums: [(name: String, sum: Int64)], taken: [String]
  ) -> String {
    for format in CalendarDate.Format.allCases {
      if let date = CalendarDate(value, format: format), (1990...2100).contains(date.year) {
        let column = "date \(format.rawValue)"
        return taken.contains(column) ? "ignored" : column
      }
    }
    if let number = Int(value) {
      // Where not everything was seen, the first whole number is taken for the count.
      let isCount = counts.map { $0.contains(number) } ?? true
      return isCount && !taken.contains("rows") ? "rows" : "ignored"
    }
    if let amount = try? Money.parse(value), let field = sums.first(where: { $0.sum == amount.minorUnits }) {
      let column = "sum \(field.name)"
      return taken.contains(column) ? "ignored" : column
    }
    return "ignored"
  }
}
