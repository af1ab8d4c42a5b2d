import Basics
import TestSupport
import Testing

@testable import Broadcast
@testable import Definition

struct BroadcastCheckTests {
  static func check(
    audience: String = "1", templates: [TemplateDefinition] = TemplateDefinition.plain,
    suppressions: [SuppressionRule] = []
  ) -> [String] {
    BroadcastStage.check(Night.pipeline([.test(audience: audience)], templates, suppressions)).map {
      // The list of all columns is long, and another module's matter.
      var problem = $0
      if problem.code == "unknown_column" { problem.expected = nil }
      return problem.description
    }
  }

  @Test func `expressions may use profile, measures, built-in columns, tags and the date`() {
    #expect(
      Self.check(
        audience:
          "name IS NOT NULL AND spent > 0 AND age > 17 AND payroll AND days_between(birth_date, business_date) > 9"
      ) == [])
  }

  @Test func `all problems are listed at once`() {
    #expect(
      Self.check(
        audience: "payrol = 1", templates: [.test(.sms, String(repeating: "长", count: 498), signature: "行")],
        suppressions: [.test("a", "agee < 18"), .test("b", "random() > 0")]) == [
          "broadcast.yaml:3: error [unknown_column]: customer has no column agee; found agee < 18. Use age.",
          "broadcast.yaml:3: error [forbidden_function]: random is not allowed in an expression; found random() > 0, "
            + "expected one of \(Self.functions).",
          "campaigns/c.yaml:5: error [unknown_column]: customer has no column payrol; found payrol = 1. Use payroll.",
          "broadcast.yaml:7: error [text_too_long]: the text of the template sms_t is too long, even without its "
            + "variables; found 501 characters, expected at most 500 with the signature. Shorten it.",
        ])
  }

  static let functions =
    "abs, add_days, age_on, coalesce, days_between, glob, ifnull, iif, instr, length, like, lower, ltrim, max, min, "
    + "month_day, nullif, replace, round, rtrim, substr, substring, trim, upper"

  @Test func `a long WeCom text is measured in bytes`() {
    #expect(Self.check(templates: [.test(.wecom, String(repeating: "长", count: 1333))]) == [])
    #expect(
      Self.check(templates: [.test(.wecom, String(repeating: "长", count: 1334))]) == [
        "broadcast.yaml:7: error [text_too_long]: the text of the template wecom_t is too long, even without its "
          + "variables; found 4002 bytes, expected at most 4000. Shorten it."
      ])
  }

  @Test func `a definition with problems does not run`() throws {
    let night = try Night(
      [], campaigns: [.test(audience: "nobody")], templates: TemplateDefinition.plain)
    let error = #expect(throws: Problems.self) { try night.run() }
    #expect(error?.kind == .definition)
    #expect(error?.list.map(\.code) == ["unknown_column"])
  }

  @Test func `what cannot be evaluated names its expression`() throws {
    let night = try Night(
      [["customer_id": "G1", "name": "x"]], campaigns: [.test()], templates: TemplateDefinition.plain,
      suppressions: [.test("odd", "days_between(name, business_date) > 1")])
    let error = #expect(throws: Problem.self) { try night.run() }
    #expect(
      error?.description
        == "broadcast.yaml:3: error [campaign_failed]: the suppression odd cannot be evaluated: SQLite: argument 1 is "
        + "not a date yyyy-MM-dd; found days_between(name, business_date) > 1.")
  }

  @Test func `the worked example's campaigns are sound`() throws {
    let pipeline = try PipelineDefinition.load(folder: "\(repositoryRoot)/pipelines/retail-nightly")
    #expect(BroadcastStage.check(pipeline) == [])
  }
}
