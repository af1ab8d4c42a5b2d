import Basics
import Definition
import StageKit
import TestSupport
import Testing

@testable import Audit

struct RecordTests {
  private let record = StageRecord(
    stage: .merge, inputs: [.init(.code, "guiyi", "c0de"), .init(.upstream, "ingest", "ab")],
    result: StageResult(
      tables: [("profiles.arrow", 2)],
      equations: [
        ConservationEquation("money", unit: .minorUnits, "in", .max, [.init("out", .max), .init("dropped \"x\"", 0)])
      ],
      figures: [("customers", 2)],
      warnings: [
        Problem("w", "look", severity: .warning, at: Place("a.csv", line: 3, byteOffset: 9), found: "f", advice: "do")
      ]), files: [FileRecord(path: "profiles.arrow", bytes: 3, sha256: SHA256.of("abc"))])

  @Test func stageRecordsComeBackAsWritten() throws {
    let folder = try TemporaryFolder()
    try record.write(to: folder.path)
    #expect(try StageRecord(readingFrom: folder.path) == record)
  }

  @Test(arguments: [
    ("{", "it cannot be read as JSON of the expected form"),
    ("{\"format\": 1}", "it cannot be read as JSON of the expected form"),
  ])
  func damagedRecordsAreSaid(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "stage.json")
    let problem = #expect(throws: Problem.self) { try StageRecord(readingFrom: folder.path) }
    #expect(problem?.code == "damaged_record" && problem?.message == message)
  }

  @Test(arguments: [
    ("\"rows\": 2", "\"rows\": 3"), (String(Int64.max), String(Int64.max - 1)), ("\"bytes\": 3", "\"bytes\": 4"),
    ("\"value\": 2", "\"value\": 1"),
  ])
  func aChangedFigureIsNoticed(find: String, replacement: String) throws {
    let folder = try TemporaryFolder()
    let text = record.json.pretty
    #expect(text.contains(find))
    try folder.write(
      text.split(separator: find, omittingEmptySubsequences: false).joined(separator: replacement), to: "stage.json")
    let problem = #expect(throws: Problem.self) { try StageRecord(readingFrom: folder.path) }
    #expect(problem?.code == "damaged_record" && problem?.message == "it is not as it was written")
  }

  @Test func aChangedInputDoesNotPassForTheFingerprint() throws {
    let folder = try TemporaryFolder()
    let text = record.json.pretty.split(separator: "c0de").joined(separator: "c0d3")
    try folder.write(text, to: "stage.json")
    let problem = #expect(throws: Problem.self) { try StageRecord(readingFrom: folder.path) }
    #expect(problem?.message == "its fingerprint is not that of its inputs")
  }

  @Test(
    arguments: [
      ("", "", VerificationDepth.hashes, []),
      ("a.txt", "abd", .sizes, []),
      ("a.txt", "abd", .hashes, ["altered_file"]),
      ("a.txt", "ab", .sizes, ["altered_file"]),
      ("b.txt", "", .sizes, ["unrecorded_file"]),
    ] as [(String, String, VerificationDepth, [String])])
  func findsAlteredFiles(name: String, text: String, depth: VerificationDepth, codes: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write("abc", to: "a.txt")
    let records = [try FileRecord("a.txt", in: folder.path)]
    if !name.isEmpty { try folder.write(text, to: name) }
    #expect(FileRecord.differences(records, in: folder.path, depth: depth).map(\.code) == codes)
  }

  @Test func findsMissingFiles() throws {
    let folder = try TemporaryFolder()
    let records = [FileRecord(path: "gone/a.txt", bytes: 3, sha256: SHA256.of("abc"))]
    #expect(FileRecord.differences(records, in: folder.path, depth: .sizes).map(\.code) == ["missing_file"])
    #expect(
      FileRecord.differences(records, in: folder.path + "/no", depth: .sizes).map(\.code) == ["missing_folder"])
  }

  @Test func controlTotalsSayWhetherTheyHold() {
    let good = ConservationEquation("people rows", "read", 3, [.init("accepted", 2), .init("quarantined", 1)])
    let bad = ConservationEquation("people money", unit: .minorUnits, "delivered", 300, [.init("accepted", 299)])
    #expect(ControlTotals.failures(of: .ingest, in: [good]).isEmpty)
    #expect(
      ControlTotals.failures(of: .ingest, in: [good, bad]).map(\.description) == [
        "error [equation_does_not_hold]: control totals of ingest do not agree: people money: delivered 300 ≠ accepted "
          + "299; found 299 minor units, expected 300 minor units. Nothing was published; this is a defect of the program "
          + "or a file that changed while it was read."
      ])
    let record = StageRecord(stage: .ingest, inputs: [], result: StageResult(equations: [good]), files: [])
    #expect(ControlTotals([record]).hold)
  }
}
