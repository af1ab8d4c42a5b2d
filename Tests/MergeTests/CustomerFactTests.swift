import Basics
import Standards
import Store
import TestSupport
import Testing

@testable import Definition
@testable import Merge

private typealias Row = RecordTables.Row

private func holding(
  _ customer: Int?, _ balance: String?, _ product: String = "D001", _ currency: String = "CNY", closed: Bool = false
) -> Row {
  var row: Row = ["party": "x", "product": product, "currency": currency, "status": closed ? "closed" : "open"]
  row["balance"] = balance
  row["customer"] = customer.map { String($0) }
  return row
}

@Suite struct AssetTests {
  /// Customers 0, 1 and 2 are known to core, 3 to CRM only.
  private func night(_ holdings: [Row], others: [Row] = []) -> MergedNight {
    var night = MergedNight()
    night.parties = [
      ("core", [["customer": "0"], ["customer": "1"], ["customer": "2"]]), ("crm", [["customer": "3"]]),
    ]
    night.facts = [(.holding, "accounts", holdings), (.holding, "leasing", others)]
    night.attributes = [MergedNight.rule(["name"], .sourcePriority)]
    return night
  }

  @Test func `Open holdings of products that count are added up; unknown is not zero`() throws {
    let outcome = try night(
      [
        holding(0, "100.00"), holding(0, "0.01", "W001"), holding(1, "-5.00"), holding(0, "7.00", closed: true),
        holding(0, "9.00", "L001"), holding(1, "3.00", "X999"), holding(nil, "4.00"), holding(3, "8.00"),
      ], others: [holding(0, "50.00")]
    ).run()
    #expect(try outcome.column("aum") == ["100.01", "-5.00", "0.00", ""])
    #expect(
      outcome.equation("balances")
        == "balances: converted 17601 = in AUM 9501 + source not in AUM 5000 + orphaned 400 + unknown product 300 "
        + "+ product not in AUM 900 + closed 700 + of customers whose AUM is not known 800")
    #expect(
      outcome.equation("holdings")
        == "holdings: read 9 = in AUM 4 + source not in AUM 1 + currency without rate 0 + no balance 0 + orphaned 1 "
        + "+ unknown product 1 + product not in AUM 1 + closed 1")
    #expect(outcome.result.equations.filter { !$0.holds }.isEmpty)
    #expect(outcome.result.figures.first { $0.name == "aum_unknown" }?.value == 1)
  }

  @Test(arguments: [
    ("8000.00", "USD", "56800.00"), ("0.01", "USD", "0.07"), ("0.15", "USD", "1.07"), ("-0.15", "USD", "-1.07"),
    ("0.05", "USD", "0.36"), ("0.10", "THB", "0.01"), ("0.09", "THB", "0.00"), ("-0.10", "THB", "-0.01"),
  ])
  func `Foreign balances are rounded half away from zero, each for itself`(
    balance: String, currency: String, aum: String
  ) throws {
    #expect(try night([holding(0, balance, "D001", currency)]).run().column("aum")[0] == aum)
    let two = try night([holding(0, balance, "D001", currency), holding(0, balance, "D001", currency)]).run()
    let one = try Money.parse(aum).minorUnits
    #expect(try two.column("aum")[0] == Money(minorUnits: one * 2).text())
  }

  @Test func `A balance that cannot be known leaves the AUM unknown, unless it would not count`() throws {
    let outcome = try night([
      holding(0, "1.00"), holding(0, "1.00", "D001", "XAU"), holding(1, "1.00", "L001", "XAU"), holding(2, nil),
    ]).run()
    #expect(try outcome.column("aum") == ["", "0.00", "", ""])
    #expect(
      outcome.result.warnings.map(\.description) == [
        "warning [no_rate]: 2 holdings are in currencies without a rate; the AUM of their customers is not known; "
          + "found XAU. Add the currencies to rates in pipeline.yaml."
      ])
    #expect(outcome.result.equations.filter { !$0.holds }.isEmpty)
  }

  @Test(arguments: ["CNY", "USD"]) func `A sum beyond 64 bits is a problem`(currency: String) {
    let huge = "92233720368547758.07"
    #expect {
      try night([holding(0, huge, "D001", currency), holding(0, "0.01")]).run()
    } throws: {
      ($0 as? Problem)?.code == "amount_overflow"
    }
  }
}

@Suite struct ManagerTests {
  private func assignment(_ manager: String, _ status: String, _ day: String?) -> Row {
    var row: Row = ["customer": "0", "party": "x", "manager": manager, "manager_name": "名\(manager)"]
    row["manager_status"] = status
    row["assigned_on"] = day
    return row
  }

  @Test func `The latest assignment to an active manager, else the latest`() throws {
    let examples: [([Row], [String])] = [
      ([], ["", "", ""]),
      ([assignment("M1", "active", "2026-01-01"), assignment("M2", "active", "2026-02-01")], ["M2", "名M2", "true"]),
      ([assignment("M1", "active", "2026-01-01"), assignment("M2", "left", "2026-02-01")], ["M1", "名M1", "true"]),
      ([assignment("M1", "left", "2026-01-01"), assignment("M2", "left", "2026-02-01")], ["M2", "名M2", "false"]),
      ([assignment("M1", "active", nil), assignment("M2", "left", "2026-02-01")], ["M1", "名M1", "true"]),
      ([assignment("M1", "active", "2026-01-01"), assignment("M2", "active", "2026-01-01")], ["M1", "名M1", "true"]),
    ]
    for (rows, expected) in examples {
      var night = MergedNight()
      night.parties = [("core", [["customer": "0"]])]
      night.facts = [(.assignment, "assignments", rows)]
      night.attributes = [MergedNight.rule(["name"], .sourcePriority)]
      let outcome = try night.run()
      let found = try ["manager", "manager_name", "manager_active"].map { try outcome.column($0)[0] }
      #expect(found == expected)
    }
  }
}

@Suite struct ConsentTests {
  private func decisions(_ texts: [String]) throws -> [String] {
    var night = MergedNight()
    night.parties = [("core", [["customer": "0"]])]
    night.facts = [
      (
        .consent, "consents",
        texts.map { text in
          let parts = text.split(separator: " ").map(String.init)
          return [
            "customer": "0", "party": "x", "channel": parts[0], "purpose": parts[1], "decision": parts[2],
            "decided_on": parts[3],
          ]
        }
      )
    ]
    night.attributes = [MergedNight.rule(["name"], .sourcePriority)]
    let outcome = try night.run()
    return try ["sms_marketing", "wecom_marketing", "phone_marketing", "sms_service"].map {
      try outcome.column("consent_\($0)")[0]
    }
  }

  @Test func `The latest decision counts, on one day a refusal, for all channels on each`() throws {
    let examples: [([String], [String])] = [
      ([], ["", "", "", ""]),
      (["sms marketing granted 2026-01-01"], ["granted", "", "", ""]),
      (["sms marketing granted 2026-01-01", "sms marketing refused 2026-02-01"], ["refused", "", "", ""]),
      (["sms marketing refused 2026-02-01", "sms marketing granted 2026-01-01"], ["refused", "", "", ""]),
      (["sms marketing refused 2026-01-01", "sms marketing granted 2026-02-01"], ["granted", "", "", ""]),
      (["sms marketing granted 2026-01-01", "sms marketing refused 2026-01-01"], ["refused", "", "", ""]),
      (["all marketing granted 2026-01-01"], ["granted", "granted", "granted", ""]),
      (
        ["all marketing refused 2026-03-01", "sms marketing granted 2026-04-01", "wecom marketing granted 2026-02-01"],
        ["granted", "refused", "refused", ""]
      ),
      (
        ["all marketing granted 2026-01-01", "phone marketing refused 2026-01-01", "all service granted 2026-01-01"],
        ["granted", "granted", "refused", "granted"]
      ),
    ]
    for (texts, expected) in examples {
      let found = try decisions(texts)
      #expect(found == expected, "\(texts)")
    }
  }
}

@Suite struct ProfileDatabaseTests {
  @Test func `profiles.sqlite holds the profiles by customer id`() throws {
    var night = MergedNight()
    night.parties = [
      ("core", [["customer": "0", "name": "张伟", "birth_date": "1980-05-01"], ["customer": "1", "name": "王芳"]])
    ]
    night.facts = [(.holding, "accounts", [holding(1, "1234.56")])]
    night.attributes = [
      MergedNight.rule(["name"], .sourcePriority), MergedNight.rule(["birth_date"], .sourcePriority),
    ]
    let outcome = try night.run()
    let database = try Database(readOnly: "\(outcome.folder.path)/merge/profiles.sqlite")
    let rows = try database.query(
      "SELECT customer_id, name, birth_date, aum, records FROM profile ORDER BY customer_id")
    #expect(
      rows == [
        [.text("G000000001"), .text("张伟"), .text("1980-05-01"), .integer(0), .integer(1)],
        [.text("G000000002"), .text("王芳"), .null, .integer(123_456), .integer(1)],
      ])
    let plan = try database.query("EXPLAIN QUERY PLAN SELECT * FROM profile WHERE customer_id = 'G000000002'")
    #expect(plan.contains { "\($0)".contains("SEARCH") })
  }

  @Test func `Links that do not fit the records are a problem`() throws {
    var night = MergedNight()
    night.parties = [("core", [["customer": "0"]])]
    night.attributes = [MergedNight.rule(["name"], .sourcePriority)]
    night.facts = [(.holding, "accounts", [])]
    let folder = try TemporaryFolder()
    try night.write(folder)
    try RecordTables.write(.holding, "accounts", [["party": "x"]], ingest: "\(folder.path)/ingest")
    #expect {
      try night.merge(folder)
    } throws: {
      ($0 as? Problem)?.message == "resolve linked 0 records of kind holding, ingest read 1"
    }
  }
}
