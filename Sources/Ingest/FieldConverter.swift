import Basics
import Columns
import Definition
import Standards

/// Turns one field of a record into the value of one column.
struct FieldConverter {
  enum Outcome {
    case value(StagedRow.Value, StandardNotes)
    case missing(StandardNotes)
    /// The record goes to quarantine.
    case rejected(code: String, expected: String)
  }

  let field: FieldDefinition
  /// Index in the record, and in the row.
  let fieldIndex: Int
  let columnIndex: Int
  private let conversion: Conversion
  private let nullWords: [[UInt8]]
  private let codes: [(from: [UInt8], to: StagedRow.Value)]
  private let otherCode: StagedRow.Value?
  private let expectedCodes: String

  private enum Conversion {
    case text, openCode, closedCode, integer, money, personName, documentNumber, mobile, email
    case date(CalendarDate.Format)
    case dateOfTimestamp(Timestamp.Format)
    case timestamp(Timestamp.Format)
  }

  init(_ field: FieldDefinition, fieldIndex: Int, columnIndex: Int, builder: ColumnBuilder) {
    self.field = field
    self.fieldIndex = fieldIndex
    self.columnIndex = columnIndex
    nullWords = field.nullWords.map { Array($0.utf8) }
    func staged(_ code: String) -> StagedRow.Value {
      field.type == .boolean ? .integer(code == "true" ? 1 : 0) : .code(builder.intern(code))
    }
    var listed = field.codes
    if field.type == .boolean, listed.isEmpty { listed = Self.booleanWords }
    codes = listed.map { (Array($0.from.utf8), staged($0.to)) }
    otherCode = field.otherCode.map(staged)
    expectedCodes = "one of " + listed.map(\.from).joined(separator: ", ")
    conversion = Self.conversion(of: field, isClosed: !listed.isEmpty)
  }

  private static let booleanWords = [
    (from: "true", to: "true"), (from: "false", to: "false"), (from: "1", to: "true"), (from: "0", to: "false"),
    (from: "Y", to: "true"), (from: "N", to: "false"),
  ]

  private static func conversion(of field: FieldDefinition, isClosed: Bool) -> Conversion {
    switch field.type {
    case .text: .text
    case .code: isClosed ? .closedCode : .openCode
    case .boolean: .closedCode
    case .integer: .integer
    case .money: .money
    case .date:
      if let format = CalendarDate.Format(rawValue: field.format) {
        .date(format)
      } else {
        .dateOfTimestamp(Timestamp.Format(rawValue: field.format) ?? .spaced)
      }
    case .timestamp: .timestamp(Timestamp.Format(rawValue: field.format) ?? .spaced)
    case .personName: .personName
    case .documentNumber: .documentNumber
    case .mobile: .mobile
    case .email: .email
    }
  }

  /// Converts the field's bytes.
  /// - Parameters:
  ///   - documentType: what a document number is, where the row says so.
  ///   - isOrganisation: whether a name is an organisation's.
  func convert(
    _ bytes: UnsafeRawBufferPointer, into row: inout StagedRow, documentType: DocumentType?, isOrganisation: Bool
  ) -> Outcome {
    let bytes = trimmed(bytes)
    if bytes.isEmpty || nullWords.contains(where: { equal($0, bytes) }) { return .missing([]) }
    switch conversion {
    case .text: return .value(.view(bytes), [])
    case .openCode: return .value(.view(bytes), [])
    case .closedCode: return closedCode(bytes)
    case .integer:
      return integer(bytes).map { .value(.integer($0), []) }
        ?? .rejected(code: "bad_integer", expected: "a whole number")
    case .money: return money(bytes)
    case .date(let format):
      return CalendarDate(bytes, format: format).map { .value(.integer(Int64($0.days)), []) }
        ?? .rejected(code: "bad_date", expected: "a date \(format.rawValue)")
    case .dateOfTimestamp(let format):
      return Timestamp(bytes, format: format).map { .value(.integer(Int64($0.date.days)), []) }
        ?? .rejected(code: "bad_date", expected: "a time \(format.rawValue)")
    case .timestamp(let format):
      return Timestamp(bytes, format: format).map { .value(.integer($0.seconds), []) }
        ?? .rejected(code: "bad_timestamp", expected: "a time \(format.rawValue)")
    case .personName:
      return standardised(&row) { scratch in
        isOrganisation ? Address.standardise(bytes, into: &scratch) : PersonName.standardise(bytes, into: &scratch)
      }
    case .documentNumber:
      guard let documentType else { return .value(.view(bytes), []) }
      return standardised(&row) { DocumentNumber.standardise(bytes, type: documentType, into: &$0) }
    case .mobile: return standardised(&row) { Mobile.standardise(bytes, into: &$0) }
    case .email: return standardised(&row) { Email.standardise(bytes, into: &$0) }
    }
  }

  private func closedCode(_ bytes: UnsafeRawBufferPointer) -> Outcome {
    for code in codes where equal(code.from, bytes) { return .value(code.to, []) }
    if let otherCode { return .value(otherCode, []) }
    return .rejected(code: "unknown_code", expected: expectedCodes)
  }

  private func money(_ bytes: UnsafeRawBufferPointer) -> Outcome {
    do throws(Money.Fault) {
      return .value(.integer(try Money.parse(bytes).minorUnits), [])
    } catch {
      return .rejected(code: "bad_amount", expected: "an amount with at most two decimals")
    }
  }

  /// A value that its standard refuses is left out, not quarantined: a wrong phone must not cost the customer.
  private func standardised(_ row: inout StagedRow, _ body: (inout [UInt8]) -> Standardised) -> Outcome {
    let start = row.scratch.count
    let result = body(&row.scratch)
    guard result.hasText else { return .missing(result.notes) }
    return .value(.scratch(start: start, count: row.scratch.count - start), result.notes)
  }

  private func integer(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    guard bytes.count <= 20 else { return nil }
    return Int64(String(decoding: bytes, as: UTF8.self))
  }

  @inline(__always)
  private func equal(_ word: [UInt8], _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard word.count == bytes.count else { return false }
    for index in 0..<bytes.count where word[index] != bytes[index] { return false }
    return true
  }

  /// Without blanks and tabs at both ends, which fixed-width exports leave.
  private func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }
}
