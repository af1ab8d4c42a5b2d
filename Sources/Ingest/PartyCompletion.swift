import Columns
import Standards

/// What a party record's own values say beyond the fields they stand in.
struct PartyCompletion: Sendable {
  let partyType, documentType, documentNumber, birthDate, gender, notes: Int
  private let organisation: Int32
  /// By code of the document type: whether a number of it says when its holder was born, and of which sex.
  private let derives: [(birthDate: Bool, gender: Bool)]
  /// The number of a document type, from 1, by the code of its column; 0 for other codes.
  private let documentTypes: [UInt8]
  private let male: Int32
  private let female: Int32

  init?(schema: TableSchema, documents kinds: [DocumentKind], firstCodes codes: inout [[String]]) {
    func index(_ name: String) -> Int? { schema.index(of: name) }
    guard let partyType = index("party_type"), let documentType = index("document_type"),
      let documentNumber = index("document_number"), let birthDate = index("birth_date"),
      let gender = index("gender"), let notes = index("notes")
    else { return nil }
    (self.partyType, self.documentType, self.documentNumber) = (partyType, documentType, documentNumber)
    (self.birthDate, self.gender, self.notes) = (birthDate, gender, notes)
    organisation = FirstCodes.number(of: "organisation", in: &codes[partyType])
    male = FirstCodes.number(of: "male", in: &codes[gender])
    female = FirstCodes.number(of: "female", in: &codes[gender])
    documentTypes = codes[documentType].map { code in
      kinds.firstIndex { $0.id == code }.map { UInt8($0 + 1) } ?? 0
    }
    derives = codes[documentType].map { code in
      let derived = kinds.first { $0.id == code }?.derives ?? []
      return (derived.contains(.birthDate), derived.contains(.gender))
    }
  }

  /// Tells the batch which rows are organisations, once their column is filled.
  func readPartyTypes(_ buffer: ColumnBuffer, from start: Int, _ batch: ConversionBatch) {
    let codes = buffer.values.assumingMemoryBound(to: Int32.self) + start
    let presence = buffer.presence + start
    for row in 0..<batch.count {
      batch.organisations[row] = presence[row] == Presence.present && codes[row] == organisation ? 1 : 0
    }
  }

  /// Tells the batch what documents its rows have, once their column is filled.
  func readDocumentTypes(_ buffer: ColumnBuffer, from start: Int, _ batch: ConversionBatch) {
    let codes = buffer.values.assumingMemoryBound(to: Int32.self) + start
    let presence = buffer.presence + start
    for row in 0..<batch.count where presence[row] == Presence.present {
      let code = Int(codes[row])
      batch.documentTypes[row] = code < documentTypes.count ? documentTypes[code] : 0
    }
  }

  /// Writes what standardisation noticed.
  func writeNotes(_ batch: ConversionBatch, into buffer: ColumnBuffer) {
    buffer.reserve(rows: batch.count)
    let values = buffer.values.assumingMemoryBound(to: Int32.self) + buffer.count
    let presence = buffer.presence + buffer.count
    for row in 0..<batch.count {
      values[row] = batch.notes[row]
      presence[row] = Presence.present
    }
    buffer.add(rows: batch.count)
  }

  /// Fills birth date and gender from a valid number that holds them where the source gives none.
  func complete(_ columns: [ColumnBuffer], from start: Int) {
    let (types, numbers) = (columns[documentType], columns[documentNumber])
    let (dates, genders) = (columns[birthDate], columns[gender])
    let typeCodes = types.values.assumingMemoryBound(to: Int32.self)
    let noteBits = columns[notes].values.assumingMemoryBound(to: Int32.self)
    let failed = StandardNotes.checksumFailed.rawValue
    for row in start..<types.count where dates.presence[row] & genders.presence[row] & 1 == 0 {
      guard types.presence[row] & 1 == 1, Int(typeCodes[row]) < derives.count, noteBits[row] & failed == 0,
        numbers.presence[row] & 1 == 1
      else { continue }
      let derives = derives[Int(typeCodes[row])]
      let number = numbers.bytes(row)
      if derives.birthDate, dates.presence[row] & 1 == 0, let date = ResidentId.birthDate(of: number) {
        dates.values.storeBytes(of: date.days, toByteOffset: row * 4, as: Int32.self)
        dates.presence[row] = Presence.present
      }
      if derives.gender, genders.presence[row] & 1 == 0, let sex = ResidentId.sex(of: number) {
        genders.values.storeBytes(of: sex == .male ? male : female, toByteOffset: row * 4, as: Int32.self)
        genders.presence[row] = Presence.present
      }
    }
  }
}
