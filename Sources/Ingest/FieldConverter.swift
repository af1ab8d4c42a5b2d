import Basics
import Columns
import Definition
import Extracts
import Standards

/// Turns one field of every record of a batch into values of one column.
///
/// The field's texts are gathered first, then converted by a loop of the field's type, then held against its range: so
/// that nothing about the field is looked up for a value.
final class FieldConverter: Sendable {
  let field: FieldDefinition
  /// Its place among the source's converters, and among the table's columns.
  let number: Int
  let column: Int
  /// The field's origins that the extract has, and where they stand in a record.
  let origins: [String]
  let positions: [Int]
  let nullWords: WordTable
  let codes: WordTable
  /// The number, in the column's first codes, of what each of `codes` stands for (0 and 1 for booleans); and of every
  /// other word, -1 where there is none.
  let codeValues: [Int32]
  let otherCode: Int32
  let conventions: Conventions
  private let listedCodes: [String]
  private let range: ValueRange?

  /// - Parameters:
  ///   - positions: where the columns of the extract stand in its records.
  ///   - conventions: by which documents, phones, names and addresses are read.
  ///   - firstCodes: the codes that the column begins with, which are added to.
  init(
    _ field: FieldDefinition, number: Int, column: Int, positions: [String: Int], businessDate: CalendarDate,
    conventions: Conventions, firstCodes: inout [String]
  ) {
    self.field = field
    self.conventions = conventions
    self.number = number
    self.column = column
    origins = field.origins.filter { positions[$0] != nil }
    self.positions = field.origins.compactMap { positions[$0] }
    nullWords = WordTable(field.nullWords)
    var listed = field.codes
    if field.type == .boolean, listed.isEmpty { listed = Self.booleanWords }
    listedCodes = listed.map(\.from)
    codes = WordTable(listedCodes)
    codeValues = listed.map { Self.value($0.to, field.type, &firstCodes) }
    otherCode = field.otherCode.map { Self.value($0, field.type, &firstCodes) } ?? -1
    range = ValueRange(of: field, businessDate: businessDate)
  }

  private static let booleanWords = [
    (from: "true", to: "true"), (from: "false", to: "false"), (from: "1", to: "true"), (from: "0", to: "false"),
    (from: "Y", to: "true"), (from: "N", to: "false"),
  ]

  private static func value(_ code: String, _ type: FieldType, _ firstCodes: inout [String]) -> Int32 {
    type == .boolean ? (code == "true" ? 1 : 0) : FirstCodes.number(of: code, in: &firstCodes)
  }

  /// Whether the field takes only the values that are listed.
  var isClosed: Bool { !listedCodes.isEmpty }

  private static let decimalCounts = ["no decimals", "one decimal", "two decimals", "three decimals", "four decimals"]

  /// What the contract asks for where a value was rejected.
  /// - Parameter decimals: of the row's currency.
  func expectation(_ rejection: Rejection, decimals: Int) -> String {
    switch rejection {
    case .missingRequired: "a value"
    case .badInteger: "a whole number"
    case .badAmount: "an amount with at most \(Self.decimalCounts[decimals])"
    case .badDate:
      CalendarDate.Format(rawValue: field.format) == nil ? "a time \(field.format)" : "a date \(field.format)"
    case .badTimestamp: "a time \(field.format)"
    case .unknownCode: "one of " + listedCodes.joined(separator: ", ")
    case .outOfRange: range?.description ?? ""
    case .patternMismatch: "text like \(field.pattern?.text ?? "")"
    }
  }

  /// Writes the batch's values behind the buffer's last row, and adds the rows.
  func convert(_ batch: ConversionBatch, into buffer: ColumnBuffer) {
    buffer.reserve(rows: batch.count)
    let target = ConversionTarget(self, batch, buffer)
    let bytes = positions.count == 1 ? gather(target, at: positions[0]) : gatherJoined(target)
    if let pattern = field.pattern { target.check(pattern) }
    convert(target, bytes: bytes)
    range?.check(target)
    if field.isRequired { target.checkRequired() }
    buffer.add(rows: batch.count)
  }

  private func convert(_ target: ConversionTarget, bytes: Int) {
    switch field.type {
    case .text: target.texts(bytes: bytes)
    case .code: isClosed ? target.closedCodes() : target.openCodes()
    case .boolean: target.booleans()
    case .integer: target.integers()
    case .money: target.amounts(AmountFormat(rawValue: field.format) ?? .plain)
    case .date: dates(target)
    case .timestamp: target.timestamps(Timestamp.Format(rawValue: field.format) ?? .spaced)
    case .personName: target.names(bytes: bytes)
    case .documentNumber: target.documentNumbers(bytes: bytes)
    case .mobile: target.mobiles(bytes: bytes)
    case .email: target.emails(bytes: bytes)
    case .address: target.addresses(bytes: bytes)
    case .bankCard: target.bankCards(bytes: bytes)
    }
  }

  private func dates(_ target: ConversionTarget) {
    if let format = CalendarDate.Format(rawValue: field.format) {
      target.dates(format)
    } else {
      target.datesOfTimestamps(Timestamp.Format(rawValue: field.format) ?? .spaced)
    }
  }
}

/// Texts of a field, before they are converted.
extension FieldConverter {
  /// - Returns: how many bytes all of them have.
  private func gather(_ target: ConversionTarget, at position: Int) -> Int {
    let records = target.batch.records
    let views = target.views
    let presence = target.presence
    var bytes = 0
    // Whether a field is empty cannot be foretold in many columns, so that nothing here branches on it.
    for row in 0..<target.count {
      var text = records[row].field(position)
      if Self.hasBlankEnd(text, orElse: presence) { text = Self.trimmed(text) }
      views[row] = text
      presence[row] = text.count > 0 ? Presence.present : Presence.empty
      bytes &+= text.count
    }
    if nullWords.isEmpty { return bytes }
    for row in 0..<target.count where nullWords.number(of: views[row]) >= 0 {
      bytes &-= views[row].count
      views[row] = UnsafeRawBufferPointer(start: nil, count: 0)
      presence[row] = Presence.empty
    }
    return bytes
  }

  /// Whether a text begins or ends in what may have to be trimmed; of an empty one, any other byte is looked at instead.
  @inline(__always)
  private static func hasBlankEnd(_ text: UnsafeRawBufferPointer, orElse other: UnsafePointer<UInt8>) -> Bool {
    let count = text.count
    guard let base = text.baseAddress else { return false }
    let isFilled = count > 0
    let from = isFilled ? base : UnsafeRawPointer(other)
    let first = from.load(as: UInt8.self)
    let last = from.load(fromByteOffset: isFilled ? count &- 1 : 0, as: UInt8.self)
    return min(first, last) < (isFilled ? 33 : 0)
  }

  /// Several origins become one text with blanks between; no origin is an empty field.
  private func gatherJoined(_ target: ConversionTarget) -> Int {
    let batch = target.batch
    batch.joined.removeAll(keepingCapacity: true)
    var ends: [Int] = []
    for row in 0..<target.count {
      appendText(of: batch.records[row], to: &batch.joined)
      ends.append(batch.joined.count)
    }
    // The array stands still until the next field is gathered.
    let base = batch.joined.withUnsafeBytes { $0.baseAddress }
    var start = 0
    for (row, end) in ends.enumerated() {
      target.views[row] = UnsafeRawBufferPointer(start: base.map { $0 + start }, count: end - start)
      target.presence[row] = end > start ? Presence.present : Presence.empty
      start = end
    }
    return start
  }

  /// One record's text of the field as it came, for quarantine.
  func text(of record: Record) -> String {
    positions.map { String(decoding: record.field($0), as: UTF8.self) }.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The text that the field of one record is converted from.
  func appendText(of record: Record, to text: inout [UInt8]) {
    let start = text.count
    for position in positions {
      let part = Self.trimmed(record.field(position))
      if part.isEmpty || nullWords.number(of: part) >= 0 { continue }
      if text.count > start { text.append(32) }
      text.append(contentsOf: part)
    }
  }

  /// Without blanks and tabs at both ends, which fixed-width exports leave.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard bytes.count > 0, let base = bytes.baseAddress else { return bytes }
    let first = base.load(as: UInt8.self)
    let last = base.load(fromByteOffset: bytes.count &- 1, as: UInt8.self)
    return first > 32 && last > 32 ? bytes : trimmedWithCare(bytes)
  }

  private static func trimmedWithCare(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }
}

/// The codes that a column begins with in every batch, by the order in which the definition names them.
enum FirstCodes {
  static func number(of code: String, in codes: inout [String]) -> Int32 {
    if let known = codes.firstIndex(of: code) { return Int32(known) }
    codes.append(code)
    return Int32(codes.count - 1)
  }
}
