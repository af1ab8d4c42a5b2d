import Basics
import Columns
import Definition
import Standards

/// What identifies the party records: one small number a record and field, computed once.
///
/// Equal numbers mean equal values, as values are interned and compared byte by byte; -1 means that there is none.
struct PartyKeys {
  /// By type and number. A document that fails its check is none, but for the social credit codes that are in legal
  /// use although they fail theirs.
  var documents: [Int32] = []
  /// Without numbers that people type when they have none.
  var mobiles: [Int32] = []
  var names: [Int32] = []
  /// Days since 1970-01-01 plus `dayOffset`.
  var birthDates: [Int32] = []
  /// Code of the party type, person or organisation.
  var partyTypes: [Int32] = []
  /// By document number.
  var documentFacts: [DocumentFacts] = []
  var documentTypes = 0
  /// Distinct mobiles.
  var mobileCount = 0
  /// The texts of `names`.
  var nameTexts = ByteInterner()

  struct DocumentFacts {
    /// Code of the document type.
    var type: UInt8
    /// Whether it joins records at all.
    var isUsable: Bool
    /// Whether a customer has only one of its type.
    var isExclusive: Bool
    /// Birth date that the document itself holds, -1 for none.
    var birthDate: Int32
  }

  static let dayOffset: Int32 = 1_000_000

  var count: Int { names.count }

  func values(of field: IdentityField) -> [Int32] {
    switch field {
    case .document: documents
    case .mobile: mobiles
    case .name: names
    case .birthDate: birthDates
    }
  }
}

extension PartyKeys {
  init(_ party: Table) throws(Problem) {
    let notes = try party.column("notes")
    let count = party.rowCount
    names = try Self.intern(party.column("name"), into: nameTexts)
    birthDates = try Self.numbers(party.column("birth_date"))
    let partyType = try party.column("party_type")
    partyTypes = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      for row in 0..<count { buffer.initializeElement(at: row, to: partyType.code(row)) }
      initialized = count
    }
    try readMobiles(party.column("mobile"), notes)
    try readDocuments(party, notes)
  }

  private static func intern(_ column: Column, into texts: ByteInterner) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: column.count) { buffer, initialized in
      for row in 0..<column.count {
        let bytes = column.bytes(row)
        buffer.initializeElement(at: row, to: bytes.isEmpty ? -1 : texts.intern(bytes))
      }
      initialized = column.count
    }
  }

  private static func numbers(_ column: Column) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: column.count) { buffer, initialized in
      for row in 0..<column.count {
        let day = column.isNull(row) ? -1 : Int32(truncatingIfNeeded: column.integer(row)) + dayOffset
        buffer.initializeElement(at: row, to: day)
      }
      initialized = column.count
    }
  }

  private mutating func readMobiles(_ column: Column, _ notes: Column) {
    let texts = ByteInterner(capacity: column.count / 2)
    mobiles = Self.intern(column, into: texts)
    mobileCount = texts.count
    for row in 0..<count where StandardNotes(rawValue: Int32(notes.integer(row))).contains(.placeholder) {
      mobiles[row] = -1
    }
  }

  private mutating func readDocuments(_ party: Table, _ notes: Column) throws(Problem) {
    let type = try party.column("document_type")
    let number = try party.column("document_number")
    documentTypes = type.dictionary.count
    guard documentTypes <= 200 else {
      throw Problem(
        "too_many_document_types", "the party table has \(documentTypes) types of identity documents",
        expected: "at most 200", advice: "Map the sources' codes to the types of the glossary")
    }
    let texts = ByteInterner(capacity: count / 2)
    documents = [Int32](repeating: -1, count: count)
    var key: [UInt8] = []
    for row in 0..<count {
      let code = type.code(row)
      let bytes = number.bytes(row)
      if code < 0 || bytes.isEmpty { continue }
      key.removeAll(keepingCapacity: true)
      key.append(UInt8(code))
      key.append(contentsOf: bytes)
      let document = key.withUnsafeBytes { texts.intern($0) }
      if Int(document) == documentFacts.count {
        let failed = StandardNotes(rawValue: Int32(notes.integer(row))).contains(.checksumFailed)
        documentFacts.append(Self.facts(bytes, type: UInt8(code), named: type.dictionary[Int(code)], failed: failed))
      }
      if documentFacts[Int(document)].isUsable { documents[row] = document }
    }
  }

  private static func facts(
    _ number: UnsafeRawBufferPointer, type: UInt8, named name: String, failed: Bool
  ) -> DocumentFacts {
    let hasChecksum =
      name == DocumentType.residentId.rawValue
      || name == DocumentType.foreignPermanentResident.rawValue && number.count == 18
    guard hasChecksum else {
      let isUsable = !failed || name == DocumentType.socialCreditCode.rawValue
      return DocumentFacts(type: type, isUsable: isUsable, isExclusive: !failed, birthDate: -1)
    }
    // Digits are asked for before the check character, which is computed from them.
    let isWellFormed = number.count == 18 && number.dropLast().allSatisfy { $0 &- 48 <= 9 }
    guard isWellFormed, !failed, let birthDate = ResidentId.birthDate(of: number),
      ResidentId.checkCharacter(number) == number[17]
    else { return DocumentFacts(type: type, isUsable: false, isExclusive: false, birthDate: -1) }
    return DocumentFacts(type: type, isUsable: true, isExclusive: true, birthDate: birthDate.days + dayOffset)
  }
}
