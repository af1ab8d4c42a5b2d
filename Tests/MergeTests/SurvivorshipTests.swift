import Basics
import Standards
import TestSupport
import Testing

@testable import Definition
@testable import Merge

/// Records of one customer as `source: column=value …`, the rule, the value that survives, its row and the rivals beaten.
struct SurvivalCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let rule: AttributeRule
  let records: [(String, RecordTables.Row)]
  let value: String
  let row: String
  let rivals: String

  init(
    _ description: String, _ rule: AttributeRule, _ records: [(String, RecordTables.Row)], _ value: String, row: Int?,
    rivals: Int
  ) {
    testDescription = description
    self.rule = rule
    self.records = records
    self.value = value
    self.row = row.map { String($0) } ?? ""
    self.rivals = String(rivals)
  }
}

private let name = MergedNight.rule(["name"], .sourcePriority, avoid: [.standIn, .latin])
private let latin = String(StandardNotes.latinName.rawValue)
private let standIn = String(StandardNotes.standIn.rawValue)
private let placeholder = String(StandardNotes.placeholder.rawValue)

private let cases = [
  SurvivalCase("nobody has a value", name, [("crm", [:]), ("core", [:])], "", row: nil, rivals: 0),
  SurvivalCase("one record, one value", name, [("crm", ["name": "张伟"])], "张伟", row: 0, rivals: 0),
  SurvivalCase(
    "source priority", name, [("crm", ["name": "张伟"]), ("core", ["name": "张玮"])], "张玮", row: 1, rivals: 1),
  SurvivalCase(
    "source priority of the attribute's own", MergedNight.rule(["branch"], .sourcePriority, priority: ["crm"]),
    [("core", ["branch": "B001"]), ("crm", ["branch": "B002"])], "B002", row: 1, rivals: 1),
  SurvivalCase(
    "two records of the trusted source: the later", name,
    [("core", ["name": "张伟", "updated_on": "2026-01-01"]), ("core", ["name": "张玮", "updated_on": "2026-01-02"])], "张玮",
    row: 1, rivals: 1),
  SurvivalCase(
    "two records alike in everything: the first", name, [("core", ["name": "张伟"]), ("core", ["name": "张玮"])], "张伟",
    row: 0, rivals: 1),
  SurvivalCase(
    "a Latin name only where there is no other", name,
    [
      ("core", ["name": "LI YAN", "notes": latin]), ("app", ["name": "李?", "notes": standIn]), ("crm", ["name": "李䶮"]),
    ],
    "李䶮", row: 2, rivals: 2),
  SurvivalCase(
    "unfit values alone: by the rule", name,
    [("app", ["name": "LI YAN", "notes": latin]), ("crm", ["name": "李?", "notes": standIn])], "李?", row: 1, rivals: 1),
  SurvivalCase(
    "most recent, equal values are no rivals", MergedNight.rule(["mobile"], .mostRecent),
    [
      ("core", ["mobile": "13800000001", "updated_on": "2026-01-01"]),
      ("app", ["mobile": "13800000002", "updated_on": "2026-06-01"]),
      ("crm", ["mobile": "13800000001", "updated_on": "2026-01-03"]),
    ], "13800000002", row: 1, rivals: 1),
  SurvivalCase(
    "most recent: a record without a day is the oldest, a tie goes to the trusted source",
    MergedNight.rule(["mobile"], .mostRecent),
    [
      ("app", ["mobile": "13800000001", "updated_on": "2026-01-01"]),
      ("crm", ["mobile": "13800000002", "updated_on": "2026-01-01"]), ("core", ["mobile": "13800000003"]),
    ], "13800000002", row: 1, rivals: 2),
  SurvivalCase(
    "a placeholder only where there is no other", MergedNight.rule(["mobile"], .mostRecent, avoid: [.placeholder]),
    [
      ("core", ["mobile": "13800000000", "updated_on": "2026-06-01", "notes": placeholder]),
      ("crm", ["mobile": "13800000001", "updated_on": "2020-01-01"]),
    ], "13800000001", row: 1, rivals: 1),
  SurvivalCase(
    "most frequent", MergedNight.rule(["occupation"], .mostFrequent),
    [("core", ["occupation": "教师"]), ("crm", ["occupation": "医生"]), ("app", ["occupation": "医生"])], "医生", row: 1,
    rivals: 1),
  SurvivalCase(
    "most frequent, a tie", MergedNight.rule(["occupation"], .mostFrequent),
    [("app", ["occupation": "医生"]), ("crm", ["occupation": "教师"])], "教师", row: 1, rivals: 1),
  SurvivalCase(
    "longest counts characters, not bytes", MergedNight.rule(["address"], .longest),
    [("core", ["address": "北京市海淀"]), ("crm", ["address": "BEIJING"])], "BEIJING", row: 1, rivals: 1),
  SurvivalCase(
    "union", MergedNight.rule(["email"], .union),
    [("crm", ["email": "b@x.cn"]), ("core", ["email": "a@x.cn"]), ("app", ["email": "b@x.cn"])], "a@x.cn;b@x.cn",
    row: 1,
    rivals: 0),
  SurvivalCase(
    "union of nothing", MergedNight.rule(["email"], .union), [("crm", [:]), ("core", [:])], "", row: nil, rivals: 0),
  SurvivalCase(
    "union of one record", MergedNight.rule(["risk_level"], .union), [("crm", ["risk_level": "C1"])], "C1", row: 0,
    rivals: 0),
  SurvivalCase(
    "minimum of dates", MergedNight.rule(["customer_since"], .minimum),
    [("core", ["customer_since": "2010-05-01"]), ("crm", ["customer_since": "1969-12-31"]), ("app", [:])], "1969-12-31",
    row: 1, rivals: 1),
  SurvivalCase(
    "maximum of codes", MergedNight.rule(["risk_level"], .maximum),
    [("core", ["risk_level": "C2"]), ("crm", ["risk_level": "C5"])], "C5", row: 1, rivals: 1),
  SurvivalCase(
    "maximum of booleans is true if any says so", MergedNight.rule(["employee"], .maximum),
    [("core", ["employee": "false"]), ("crm", ["employee": "true"]), ("app", ["employee": "false"])], "true", row: 1,
    rivals: 1),
  SurvivalCase(
    "a group stays together, the complete one first",
    MergedNight.rule(["document_number", "document_type"], .sourcePriority),
    [("core", ["document_type": "passport"]), ("crm", ["document_type": "resident_id", "document_number": "X1"])], "X1",
    row: 1, rivals: 1),
  SurvivalCase(
    "a constant of the source is no value of the record",
    MergedNight.rule(["document_type", "document_number"], .sourcePriority),
    [("app", ["document_type": "resident_id"]), ("app", ["document_type": "resident_id"])], "", row: nil, rivals: 0),
]

@Suite struct SurvivorshipTests {
  @Test(arguments: cases)
  func `The value that survives, its record and its rivals`(example: SurvivalCase) throws {
    var night = MergedNight()
    var order: [Int] = []
    for source in ["crm", "core", "app"] {
      night.parties.append((source, example.records.filter { $0.0 == source }.map(\.1)))
      order += example.records.indices.filter { example.records[$0].0 == source }
    }
    night.constants["app"] = [("document_type", "resident_id")]
    night.attributes = [example.rule]
    let outcome = try night.run()
    let column = example.rule.columns[0]
    #expect(try outcome.column(column) == [example.value])
    let row = try outcome.column("\(column)_record", of: "provenance")[0]
    // Rows are counted source by source; the case counts its own records.
    #expect((Int(row).map { String(order[$0]) } ?? "") == example.row)
    #expect(try outcome.column("\(column)_rivals", of: "provenance") == [example.rivals])
    #expect(try outcome.column("records") == [String(example.records.count)])
  }

  @Test func `The columns of a group come from one record`() throws {
    var night = MergedNight()
    night.parties = [
      ("crm", [["risk_level": "C3", "risk_assessed_on": "2026-05-01", "updated_on": "2026-05-01"]]),
      ("core", [["risk_level": "C5", "updated_on": "2026-06-01"]]),
    ]
    night.attributes = [MergedNight.rule(["risk_level", "risk_assessed_on"], .mostRecent)]
    let outcome = try night.run()
    #expect(try outcome.column("risk_level") == ["C3"])
    #expect(try outcome.column("risk_assessed_on") == ["2026-05-01"])
  }

  @Test func `Sources are named in declared order, once`() throws {
    var night = MergedNight()
    night.parties = [
      ("crm", [["customer": "1"], ["customer": "0"], ["customer": "0"]]), ("core", [["customer": "0"]]),
      ("app", [["customer": "1"]]),
    ]
    night.attributes = [name]
    let outcome = try night.run()
    #expect(try outcome.column("sources") == ["crm;core", "crm;app"])
    #expect(try outcome.column("records") == ["3", "2"])
    #expect(outcome.equation("customers") == "customers: resolved 2 = profiles 2")
  }

  @Test func `Profiles that share the surviving mobile are counted`() throws {
    var night = MergedNight()
    night.parties = [
      (
        "crm",
        [
          ["customer": "0", "mobile": "13800000001"], ["customer": "1", "mobile": "13800000001"], ["customer": "2"],
          ["customer": "3", "mobile": "13800000002", "updated_on": "2026-01-01"],
          ["customer": "3", "mobile": "13800000001", "updated_on": "2025-01-01"],
        ]
      )
    ]
    night.attributes = [MergedNight.rule(["mobile"], .mostRecent)]
    #expect(try night.run().column("mobile_customers") == ["2", "2", "", "1"])
  }

  @Test func `A union of dates is a problem`() {
    var night = MergedNight()
    night.parties = [("crm", [[:]])]
    night.attributes = [MergedNight.rule(["birth_date"], .union)]
    #expect {
      try night.run()
    } throws: {
      ($0 as? Problem)?.description
        == "merge.yaml:3: error [union_of_no_text]: the rule union joins the values of one column of texts; "
        + "found birth_date, expected one column of type text or code. Choose another rule for this attribute."
    }
  }
}
