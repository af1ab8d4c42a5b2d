import Basics
import Definition
import Standards

/// What a sender says of one file, in a control file, a header record or a trailer record.
struct DeliveryStatement: Equatable {
  struct Sum: Equatable {
    /// The source's name of the field; nil for the field that the source adds up.
    var field: String?
    /// In minor units.
    var amount: Int64
  }

  /// The file that is spoken of, without its folders.
  var file: String?
  var date: CalendarDate?
  var rows: Int?
  var bytes: Int?
  var sums: [Sum] = []
  /// Hexadecimal digits in lower case.
  var sha256: String?
  var md5: String?

  init() {}

  /// Reads fields by their columns; nil where one cannot be read or their number is another one. Behind a last column that
  /// is not looked at, more may follow.
  /// - Parameter decimals: of the pipeline's currency, in which sums are stated.
  init?(_ fields: [String], columns: [StatementColumn], decimals: Int) {
    let mayFollow = columns.last == .ignored
    guard fields.count == columns.count || (mayFollow && fields.count > columns.count) else { return nil }
    for (text, column) in zip(fields, columns) where !read(Self.trimmed(text), column, decimals) { return nil }
  }

  private mutating func read(_ text: String, _ column: StatementColumn, _ decimals: Int) -> Bool {
    switch column {
    case .mark, .ignored: return true
    case .file:
      file = Files.name(text)
      return true
    case .date(let format):
      date = CalendarDate.Format(rawValue: format).flatMap { CalendarDate(text, format: $0) }
      return date != nil
    case .rows:
      rows = Self.count(text)
      return rows != nil
    case .bytes:
      bytes = Self.count(text)
      return bytes != nil
    case .sum(let field):
      guard let amount = try? Money.parse(text, decimals: decimals) else { return false }
      sums.append(Sum(field: field, amount: amount.minorUnits))
      return true
    case .sha256:
      sha256 = Self.digits(text, 64)
      return sha256 != nil
    case .md5:
      md5 = Self.digits(text, 32)
      return md5 != nil
    }
  }

  private static func count(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
  }

  private static func digits(_ text: String, _ count: Int) -> String? {
    let text = text.lowercased()
    guard text.utf8.count == count, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      return nil
    }
    return text
  }

  static func trimmed(_ text: String) -> String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
    return String(
      decoding: text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed(), as: UTF8.self)
  }
}

extension StatementColumn {
  /// As messages show the layout: `file|rows|sum`, `TRAILER|rows|sum of amount`.
  static func layout(_ columns: [StatementColumn], separator: String, mark: String = "") -> String {
    columns.map { column in
      switch column {
      case .file: "file"
      case .mark: mark
      case .date(let format): format
      case .rows: "rows"
      case .bytes: "bytes"
      case .sum(let field): field.map { "sum of \($0)" } ?? "sum"
      case .sha256: "sha256"
      case .md5: "md5"
      case .ignored: "…"
      }
    }.joined(separator: separator)
  }
}
