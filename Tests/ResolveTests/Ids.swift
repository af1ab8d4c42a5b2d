import Standards
import TestSupport

/// A valid resident id of someone born on a day.
func residentId(born day: String, _ sequence: Int) -> String {
  let digits = "110101" + day.filter { $0 != "-" } + String(1000 + sequence).suffix(3)
  let check = Array(digits.utf8).withUnsafeBytes { ResidentId.checkCharacter($0) }
  return digits + String(UnicodeScalar(check))
}

extension RecordTables.Row {
  /// A person's record; `id` is a resident id.
  static func person(
    _ name: String? = nil, mobile: String? = nil, born: String? = nil, id: String? = nil, notes: StandardNotes = []
  ) -> RecordTables.Row {
    var row: RecordTables.Row = ["party_type": "person"]
    row["name"] = name
    row["mobile"] = mobile
    row["birth_date"] = born
    row["document_number"] = id
    if id != nil { row["document_type"] = "resident_id" }
    row["notes"] = String(notes.rawValue)
    return row
  }

  func with(_ column: String, _ value: String?) -> RecordTables.Row {
    var row = self
    row[column] = value
    return row
  }
}
