import Basics
import Columns
import Definition
import Standards

/// Turns one field of a record into the value of one column.
///
/// A class, because a copy of what it refers to for every field of every record would cost more than the conversion.
final class FieldConverter {
  enum Outcome {
    case value(StagedRow.Value, StandardNotes)
    case missing(StandardNotes)
    /// The record goes to quarantine.
    case rejected(Rejection)
  }

  /// Why a value breaks its contract; the raw value is the code of quarantine.
  enum Rejection: String {
    case badInteger = "bad_integer"
    case badAmount = "bad_amount"
    case badDate = "bad_date"
    case badTimestamp = "bad_timestamp"
    case unknownCode = "unknown_code"
  }

  let field: FieldDefinition
  let isRequired: Bool
  /// Index in the record, and in the row.
  let fieldIndex: Int
  let columnIndex: Int
  private let conversion: Conversion
  var isMoney: Bool { field.type == .money }
  private let nullWords: WordList
  private let codes: WordList
  /// The value of each of `codes`, and of every other word.
  private let codeValues: [StagedRow.Value]
  private let otherCode: StagedRow.Value?
  private let listedCodes: [String]
  private let conventions: Conventions
  private let amountFormat: AmountFormat
  /// Of the currency of the amount that was rejected last.
  private var rejectedDecimals = 2

  private static let counts = ["one decimal", "two decimals", "three decimals", "four decimals"]

  private enum Conversion {
    case text, openCode, closedCode, integer, money, personName, documentNumber, mobile, email, address, bankCard
    case date(CalendarDate.Format)
    case dateOfTimestamp(Timestamp.Format)
    case timestamp(Timestamp.Format)
  }

  init(_ field: FieldDefinition, fieldIndex: Int, columnIndex: Int, builder: ColumnBuilder, conventions: Conventions) {
    self.field = field
    self.conventions = conventions
    amountFormat = AmountFormat(rawValue: field.format) ?? .plain
    self.fieldIndex = fieldIndex
    self.columnIndex = columnIndex
    isRequired = field.isRequired
    nullWords = WordList(field.nullWords)
    func staged(_ code: String) -> StagedRow.Value {
      field.type == .boolean ? .integer(code == "true" ? 1 : 0) : .code(builder.intern(code))
    }
    var listed = field.codes
    if field.type == .boolean, listed.isEmpty { listed = Self.booleanWords }
    listedCodes = listed.map(\.from)
    codes = WordList(listedCodes)
    codeValues = listed.map { staged($0.to) }
    otherCode = field.otherCode.map(staged)
    conversion = Self.conversion(of: field, isClosed: !listed.isEmpty)
  }

  /// What the contract asks for where a value was rejected.
  func expectation(_ rejection: Rejection) -> String {
    switch rejection {
    case .badInteger: "a whole number"
    case .badAmount:
      rejectedDecimals == 0 ? "a whole amount" : "an amount with at most \(Self.counts[rejectedDecimals - 1])"
    case .badDate:
      CalendarDate.Format(rawValue: field.format) == nil ? "a time \(field.format)" : "a date \(field.format)"
    case .badTimestamp: "a time \(field.format)"
    case .unknownCode: "one of " + listedCodes.joined(separator: ", ")
    }
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
    case .address: .address
    case .bankCard: .bankCard
    }
  }

  /// Converts the field's bytes.
  /// - Parameters:
  ///   - document: which of the pipeline's documents a number is, where the row says so.
  ///   - isOrganisation: whether a name is an organisation's.
  ///   - decimals: of the row's currency.
  func convert(
    _ bytes: UnsafeRawBufferPointer, into row: StagedRow, document: Int?, isOrganisation: Bool, decimals: Int
  ) -> Outcome {
    let bytes = Self.trimmed(bytes)
    if bytes.isEmpty || nullWords.index(of: bytes) >= 0 { return .missing([]) }
    switch conversion {
    case .text, .openCode: return .value(.view(bytes), [])
    case .closedCode: return closedCode(bytes)
    case .integer: return integer(bytes).map { .value(.integer($0), []) } ?? .rejected(.badInteger)
    case .money:
      guard let amount = try? Money.parse(bytes, decimals: decimals, format: amountFormat) else {
        rejectedDecimals = decimals
        return .rejected(.badAmount)
      }
      return .value(.integer(amount.minorUnits), [])
    case .date(let format):
      guard let date = CalendarDate(bytes, format: format) else { return .rejected(.badDate) }
      return .value(.integer(Int64(date.days)), [])
    case .dateOfTimestamp(let format):
      guard let time = Timestamp(bytes, format: format) else { return .rejected(.badDate) }
      return .value(.integer(Int64(time.date.days)), [])
    case .timestamp(let format):
      guard let time = Timestamp(bytes, format: format) else { return .rejected(.badTimestamp) }
      return .value(.integer(time.seconds), [])
    case .personName:
      return standardised(row) { scratch in
        isOrganisation
          ? LineText.standardise(bytes, into: &scratch)
          : PersonName.standardise(bytes, order: conventions.nameOrder, into: &scratch)
      }
    case .documentNumber:
      guard let document else { return .value(.view(bytes), []) }
      return standardised(row) {
        DocumentNumber.standardise(bytes, kind: conventions.documents[document], into: &$0)
      }
    case .mobile: return standardised(row) { PhoneNumber.standardise(bytes, plans: conventions.phones, into: &$0) }
    case .email: return standardised(row) { Email.standardise(bytes, into: &$0) }
    case .address:
      return standardised(row) { scratch in
        conventions.addressDivisions == .cn
          ? Address.standardise(bytes, into: &scratch) : LineText.standardise(bytes, into: &scratch)
      }
    case .bankCard: return standardised(row) { BankCard.standardise(bytes, into: &$0) }
    }
  }

  private func closedCode(_ bytes: UnsafeRawBufferPointer) -> Outcome {
    let index = codes.index(of: bytes)
    if index >= 0 { return .value(codeValues[index], []) }
    if let otherCode { return .value(otherCode, []) }
    return .rejected(.unknownCode)
  }

  /// A value that its standard refuses is left out, not quarantined: a wrong phone must not cost the customer.
  private func standardised(_ row: StagedRow, _ body: (inout [UInt8]) -> Standardised) -> Outcome {
    let start = row.scratch.count
    let result = body(&row.scratch)
    guard result.hasText else { return .missing(result.notes) }
    return .value(.scratch(start: start, count: row.scratch.count - start), result.notes)
  }

  private func integer(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    guard bytes.count <= 20 else { return nil }
    return Int64(String(decoding: bytes, as: UTF8.self))
  }

  /// Without blanks and tabs at both ends, which fixed-width exports leave.
  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }
}
