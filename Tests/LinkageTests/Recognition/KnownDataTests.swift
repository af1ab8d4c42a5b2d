import Foundation
import Testing

@testable import Linkage

/// The data that linkage is judged by, where they lie beside the project; nothing is tested where they do not.
struct KnownDataTests {
  private static let folder = URL(filePath: FileManager.default.currentDirectoryPath)
    .appending(path: "../shared/data/linkage").standardizedFileURL

  private static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// Behind the name of each column its kind.
  private static let expected: [(String, [(String, ColumnKind)])] = [
    (
      "fake_1000",
      [
        ("rec_id", .recordId), ("first_name", .givenName), ("surname", .familyName), ("dob", .birthDate),
        ("city", .locality), ("email", .email),
      ]
    ),
    (
      "febrl3",
      [
        ("given_name", .givenName), ("surname", .familyName), ("street_number", .houseNumber), ("address_1", .street),
        ("address_2", .addressLine), ("suburb", .locality), ("postcode", .postcode), ("state", .region),
        ("date_of_birth", .birthDate), ("soc_sec_id", .documentNumber),
      ]
    ),
    (
      "febrl4",
      [
        ("source_dataset", .source), ("rec_id", .recordId), ("given_name", .givenName), ("address_1", .street),
        ("soc_sec_id", .documentNumber),
      ]
    ),
    (
      "historical_50k",
      [
        ("source_dataset", .constant), ("rec_id", .recordId), ("full_name", .wholeName),
        ("first_and_surname", .redundant),
        ("first_name", .givenName), ("surname", .familyName), ("dob", .birthDate), ("birth_place", .locality),
        ("postcode_fake", .postcode), ("gender", .sex), ("occupation", .category),
      ]
    ),
    (
      "hk_synthetic_1000",
      [
        ("source_dataset", .source), ("rec_id", .recordId), ("name", .wholeName), ("district", .locality),
        ("phone", .phone),
      ]
    ),
    (
      "rldata500",
      [
        ("rec_id", .recordId), ("fname_c1", .givenName), ("fname_c2", .givenName), ("lname_c1", .familyName),
        ("lname_c2", .familyName), ("by", .birthYear), ("bm", .birthMonth), ("bd", .birthDay),
      ]
    ),
  ]

  @Test(.enabled(if: isPresent), arguments: expected.map(\.0))
  func columnsAreWhatTheyAre(_ name: String) throws {
    let file = Self.folder.appending(path: name).appending(path: "records.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    // Enough to see what the columns are; the splitting is slow where nothing is optimised.
    let head = text.split(whereSeparator: \.isNewline).prefix(3000).joined(separator: "\n")
    var records = RecognitionSamples.records(head)
    records.columns.removeAll { $0.name == "cluster" }
    let columns = ColumnRecogniser.recognise(records)
    for (column, kind) in Self.expected.first(where: { $0.0 == name })?.1 ?? [] {
      // The two sides of febrl4 stand one behind the other.
      if name == "febrl4", column == "source_dataset" { continue }
      let found = columns.first { $0.name == column }
      #expect(found?.kind == kind, "\(column): \(found?.reason ?? "none")")
    }
  }
}
