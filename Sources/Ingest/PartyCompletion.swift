import Columns
import Standards

/// What a party record's own values say beyond the fields they stand in.
struct PartyCompletion {
  private let partyType, documentType, documentNumber, birthDate, gender, notes: Int
  private let organisation: Int32
  private let documentTypes: [(code: Int32, type: DocumentType)]
  private let male: Int32
  private let female: Int32

  init?(schema: TableSchema, builders: [ColumnBuilder]) {
    func index(_ name: String) -> Int? { schema.index(of: name) }
    guard let partyType = index("party_type"), let documentType = index("document_type"),
      let documentNumber = index("document_number"), let birthDate = index("birth_date"),
      let gender = index("gender"), let notes = index("notes")
    else { return nil }
    (self.partyType, self.documentType, self.documentNumber) = (partyType, documentType, documentNumber)
    (self.birthDate, self.gender, self.notes) = (birthDate, gender, notes)
    organisation = builders[partyType].intern("organisation")
    documentTypes = DocumentType.allCases.map { (builders[documentType].intern($0.rawValue), $0) }
    male = builders[gender].intern("male")
    female = builders[gender].intern("female")
  }

  /// Nil until the row's document type is known.
  func documentType(_ row: StagedRow) -> DocumentType? {
    guard let code = row.code(documentType) else { return nil }
    return documentTypes.first { $0.code == code }?.type
  }

  func isOrganisation(_ row: StagedRow) -> Bool { row.code(partyType) == organisation }

  /// Fills birth date and gender from a valid resident id where the source gives none, and stores the notes.
  func complete(_ row: StagedRow, notes found: StandardNotes) {
    row[notes] = .integer(Int64(found.rawValue))
    guard !found.contains(.checksumFailed), documentType(row) == .residentId else { return }
    if row.isNull(birthDate), let date = row.withBytes(documentNumber, ResidentId.birthDate(of:)) ?? nil {
      row[birthDate] = .integer(Int64(date.days))
    }
    if row.isNull(gender), let sex = row.withBytes(documentNumber, ResidentId.sex(of:)) ?? nil {
      row[gender] = .code(sex == .male ? male : female)
    }
  }
}
