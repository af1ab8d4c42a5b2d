import Columns
import Standards

/// What a party record's own values say beyond the fields they stand in.
struct PartyCompletion {
  private let partyType, documentType, documentNumber, birthDate, gender, notes: Int
  private let organisation: Int32
  /// By code of the column: which of the pipeline's documents it is.
  private let documents: [Int32: Int]
  private let kinds: [DocumentKind]
  private let male: Int32
  private let female: Int32

  init?(schema: TableSchema, builders: [ColumnBuilder], documents kinds: [DocumentKind]) {
    func index(_ name: String) -> Int? { schema.index(of: name) }
    guard let partyType = index("party_type"), let documentType = index("document_type"),
      let documentNumber = index("document_number"), let birthDate = index("birth_date"),
      let gender = index("gender"), let notes = index("notes")
    else { return nil }
    (self.partyType, self.documentType, self.documentNumber) = (partyType, documentType, documentNumber)
    (self.birthDate, self.gender, self.notes) = (birthDate, gender, notes)
    organisation = builders[partyType].intern("organisation")
    self.kinds = kinds
    documents = Dictionary(
      uniqueKeysWithValues: kinds.enumerated().map { (builders[documentType].intern($0.element.id), $0.offset) })
    male = builders[gender].intern("male")
    female = builders[gender].intern("female")
  }

  /// The number of the row's document among the pipeline's; nil until its type is known.
  func document(_ row: StagedRow) -> Int? { row.code(documentType).flatMap { documents[$0] } }

  func isOrganisation(_ row: StagedRow) -> Bool { row.code(partyType) == organisation }

  /// Fills birth date and gender from a valid number that holds them where the source gives none, and stores the notes.
  func complete(_ row: StagedRow, notes found: StandardNotes) {
    row[notes] = .integer(Int64(found.rawValue))
    guard !found.contains(.checksumFailed), let document = document(row) else { return }
    let derives = kinds[document].derives
    if derives.contains(.birthDate), row.isNull(birthDate),
      let date = row.withBytes(documentNumber, ResidentId.birthDate(of:)) ?? nil
    {
      row[birthDate] = .integer(Int64(date.days))
    }
    if derives.contains(.gender), row.isNull(gender),
      let sex = row.withBytes(documentNumber, ResidentId.sex(of:)) ?? nil
    {
      row[gender] = .code(sex == .male ? male : female)
    }
  }
}
