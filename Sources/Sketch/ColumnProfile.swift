import Standards

/// What the values of one column look like.
struct ColumnProfile {
  enum Shape: Equatable {
    case empty, text, integer, mobile, email, residentId, personName
    case date(String)
    case timestamp(String)
    /// With the definition's format for amounts.
    case money(String)
    /// A few short words, with how often each stands.
    case codes
  }

  let name: String
  let shape: Shape
  /// Words among the values that mean "no value".
  let nullWords: [String]
  /// The different values, where they are few; to be looked up, not to be written down.
  let words: [String]
  /// The different values with their counts, where they are codes.
  let codes: [(word: String, count: Int)]
  /// Whether every record has a value, and nearly no two the same.
  let isUnique: Bool
  /// Whether every record has a value.
  let isFilled: Bool

  /// The most different values that are taken for codes, and the longest of them.
  private static let mostCodes = 12
  private static let longestCode = 24
  private static let usualNullWords: Set<String> = [
    "NULL", "null", "\\N", "N/A", "NA", "无", "-", "99991231", "00000000", "9999-12-31", "0000-00-00", "0001-01-01",
    "99991231235959",
  ]

  /// - Parameter values: nil where a record lacks it.
  init(_ name: String, _ values: [String?]) {
    self.name = name
    let trimmed = values.map { value in value.map(Self.trimmed) ?? "" }
    nullWords = Set(trimmed).intersection(Self.usualNullWords).sorted()
    let filled = trimmed.filter { !$0.isEmpty && !Self.usualNullWords.contains($0) }
    isFilled = filled.count == values.count && !values.isEmpty
    let counts = filled.reduce(into: [:]) { counts, value in counts[value, default: 0] += 1 }
    // A key that stands twice is among what goes wrong.
    isUnique = isFilled && counts.count * 100 >= filled.count * 98
    shape = Self.shape(of: filled, counts)
    words = counts.count <= Self.mostCodes ? counts.keys.sorted() : []
    codes = shape == .codes ? counts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 } : []
  }

  static func trimmed(_ text: String) -> String {
    guard let start = text.firstIndex(where: { $0 != " " && $0 != "\t" }),
      let end = text.lastIndex(where: { $0 != " " && $0 != "\t" })
    else { return "" }
    return String(text[start...end])
  }

  // MARK: Shape

  private static func shape(of values: [String], _ counts: [String: Int]) -> Shape {
    if values.isEmpty { return .empty }
    // Some values are wrong in every bank's data, one or two even in a small sample.
    func most(_ test: (String) -> Bool) -> Bool {
      let misses = values.count { !test($0) }
      return misses * 100 <= values.count * 5 || values.count >= 8 && misses <= 2
    }
    for format in CalendarDate.Format.allCases
    where most({ CalendarDate($0, format: format).map { isLikely($0) } ?? false }) {
      return .date(format.rawValue)
    }
    for format in Timestamp.Format.allCases
    where most({ Timestamp($0, format: format).map { isLikely($0.date) } ?? false }) {
      return .timestamp(format.rawValue)
    }
    if most(isMobile) { return .mobile }
    if most(isEmail) { return .email }
    if most(isResidentId) { return .residentId }
    if let format = amountFormat(of: values, most) { return .money(format) }
    if most(isChineseName) && counts.count * 4 > values.count { return .personName }
    let isFew = counts.count <= mostCodes && counts.keys.allSatisfy { $0.utf8.count <= longestCode }
    // Codes repeat: a handful of records tells nothing.
    if isFew && (counts.count * 3 <= values.count || values.count <= 6) { return .codes }
    return most(isInteger) ? .integer : .text
  }

  private static func isLikely(_ date: CalendarDate) -> Bool { (1900...2100).contains(date.year) }

  private static func isInteger(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    return (1...18).contains(digits.utf8.count) && digits.utf8.allSatisfy { (48...57).contains($0) }
      && (digits.utf8.count == 1 || digits.first != "0")
  }

  static func isMobile(_ text: String) -> Bool {
    var digits = text.unicodeScalars.filter { $0.value < 128 && ("0"..."9").contains($0) }.map { $0 }
    let others = text.unicodeScalars.count - digits.count
    if digits.count == 13, digits[0] == "8", digits[1] == "6" { digits.removeFirst(2) }
    if digits.count == 15, digits[0] == "0", digits[1] == "0" { digits.removeFirst(4) }
    return digits.count == 11 && digits[0] == "1" && ("3"..."9").contains(digits[1]) && others <= 5
  }

  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
  }

  /// Two to four Han characters, perhaps with the dot of other peoples' names.
  static func isChineseName(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return (2...4).contains(scalars.count) && scalars.allSatisfy { (0x3400...0x9FFF).contains($0.value) || $0 == "·" }
  }

  /// 18 characters, or 15 digits, with a day of birth in their place; checksums may be wrong, and some digits masked.
  static func isResidentId(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let isMasked = bytes.contains(UInt8(ascii: "*"))
    if isMasked { return bytes.count == 18 || bytes.count == 15 }
    guard bytes.dropLast().allSatisfy({ (48...57).contains($0) }) else { return false }
    let day: [UInt8]
    switch bytes.count {
    case 18: day = Array(bytes[6..<14])
    case 15: day = Array("19".utf8) + bytes[6..<12]
    default: return false
    }
    return CalendarDate(String(decoding: day, as: UTF8.self), format: .compact).map(isLikely) ?? false
  }

  /// Whether a comma with one or two digits behind it is the last sign.
  private static func hasDecimalComma(_ text: String) -> Bool {
    guard let sign = text.lastIndex(where: { $0 == "," || $0 == "." }), text[sign] == "," else { return false }
    return (1...2).contains(text[sign...].dropFirst().prefix { "0123456789".contains($0) }.count)
  }

  /// Decimals, plain or as people write them; whole numbers alone are no amounts.
  private static func amountFormat(of values: [String], _ most: ((String) -> Bool) -> Bool) -> String? {
    func isPlain(_ text: String) -> Bool { (try? Money.parse(text)) != nil }
    if most(isPlain) { return values.contains { $0.contains(".") } ? "plain" : nil }
    let marks = Set("0123456789.,+-()¥￥$CRD ".unicodeScalars)
    func isWritten(_ text: String) -> Bool {
      text.unicodeScalars.allSatisfy(marks.contains) && text.utf8.contains { (48...57).contains($0) }
    }
    guard most(isWritten) else { return nil }
    if most(hasDecimalComma) { return AmountFormat.writtenComma.rawValue }
    return values.contains { $0.contains(".") } ? AmountFormat.written.rawValue : nil
  }
}
