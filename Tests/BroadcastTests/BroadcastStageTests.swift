import Basics
import Columns
import StageKit
import Store
import TestSupport
import Testing

@testable import Broadcast
@testable import Definition

struct BroadcastStageTests {
  static let managed: CustomerFixtureRow = [
    "mode": "assisted", "manager": "M1", "manager_name": "王经理", "manager_active": "true", "branch": "B001",
    "name": "张伟", "mobile": "13812345678", "mobile_customers": "1", "wecom_id": "wm1",
  ]

  static func customer(_ id: Int, _ changes: CustomerFixtureRow = [:], without: [String] = []) -> CustomerFixtureRow {
    var row = managed.merging(changes) { $1 }
    row["customer_id"] = "G\(id)"
    for column in without { row[column] = nil }
    return row
  }

  @Test func `lists hold these bytes`() throws {
    let customers = [
      Self.customer(1, ["manager": "M2", "name": "=1+1", "wecom_id": "-wm"]),
      Self.customer(2, ["manager": "M1", "spent": "12345", "birth_date": "1990-11-20"]),
      Self.customer(3, ["manager": "M2", "name": "李,\"四\"", "spent": "-5", "birth_date": "2000-02-29"]),
    ]
    let templates: [TemplateDefinition] = [
      .test(.sms, "{name}好, {business_date}", signature: "归一", variables: ["name", "business_date"]),
      .test(.wecom, "@{name}"), .test(.phone, "-致电"),
      .test(.todo, "{name} {birth_date} {spent} {payroll}", variables: ["name", "birth_date", "spent", "payroll"]),
    ]
    let night = try Night(
      customers.map { $0.merging(["payroll": "true", "birth_date": "1980-01-02", "spent": "0"]) { old, _ in old } },
      campaigns: [.test(modes: [.assisted], channels: [.sms, .wecom, .phone, .todo], delivery: .all)],
      templates: templates)
    let result = try night.run()
    func id(_ channel: String, _ customer: String) -> String {
      String(SHA256.of("night|2026-11-20|c|\(channel)|\(customer)").prefix(16))
    }
    #expect(
      try night.list("c.sms") == """
        message_id,mobile,customer_id,template,segments,text
        \(id("sms", "G1")),13812345678,G1,sms_t,1,"【归一】=1+1好, 2026-11-20"
        \(id("sms", "G2")),13812345678,G2,sms_t,1,"【归一】张伟好, 2026-11-20"
        \(id("sms", "G3")),13812345678,G3,sms_t,1,"【归一】李,""四""好, 2026-11-20"

        """)
    #expect(
      try night.list("c.wecom") == """
        message_id,external_userid,sender,customer_id,template,text
        \(id("wecom", "G1")),-wm,M2,G1,wecom_t,@{name}
        \(id("wecom", "G2")),wm1,M1,G2,wecom_t,@{name}
        \(id("wecom", "G3")),wm1,M2,G3,wecom_t,@{name}

        """)
    #expect(
      try night.list("c.phone") == """
        customer_id,mobile,name,task
        G1,13812345678,'=1+1,'-致电
        G2,13812345678,张伟,'-致电
        G3,13812345678,"李,""四""\",'-致电

        """)
    #expect(
      try night.list("c.todo") == """
        manager,manager_name,branch,customer_id,name,mobile_masked,task
        M1,王经理,B001,G2,张伟,1*********8,张伟 1990-11-20 123.45 true
        M2,王经理,B001,G1,'=1+1,1*********8,'=1+1 1980-01-02 0.00 true
        M2,王经理,B001,G3,"李,""四""\",1*********8,"李,""四"" 2000-02-29 -0.05 true"

        """)
    #expect(
      try night.decisions() == ["G1", "G2", "G3"].map { "c|\($0)|sent|sms+wecom+phone+todo|eligible|" })
    #expect(
      result.tables.map { "\($0.path) \($0.rows)" } == [
        "decisions.arrow 3", "lists/c.sms.csv 3", "lists/c.wecom.csv 3", "lists/c.phone.csv 3", "lists/c.todo.csv 3",
      ])
  }

  @Test func `every reason is given, in the order of the checks`() throws {
    let customers = [
      Self.customer(10),
      Self.customer(11, ["mode": "held"]),
      Self.customer(12, ["mode": "direct"]),
      Self.customer(13, ["status": "closed", "consent_sms_service": "refused"]),
      Self.customer(14, ["status": "deceased"]),
      Self.customer(15, ["consent_sms_service": "refused"]),
      Self.customer(16, without: ["mobile"]),
      Self.customer(17, ["mobile_customers": "3"]),
      Self.customer(18, without: ["name"]),
      Self.customer(19, ["name": String(repeating: "长", count: 496)]),
      Self.customer(20, ["name": String(repeating: "长", count: 495)]),
      Self.customer(21, ["branch": "B9"]),
      Self.customer(22, ["name": ""]),
    ]
    let night = try Night(
      customers, campaigns: [.test(audience: "branch = 'B001'", modes: [.assisted])],
      templates: [.test(.sms, "{name}:", signature: "行", variables: ["name"])],
      suppressions: [
        .test("never", "1", [.marketing]), .test("deceased", "status = 'deceased'"),
        .test("closed", "status IN ('closed', 'deceased')", [.notice]),
      ])
    let result = try night.run()
    #expect(
      try night.decisions() == [
        "c|G10|sent|sms|eligible|", "c|G11|suppressed||aum_unknown|", "c|G12|suppressed||other_mode|",
        "c|G13|suppressed||closed|", "c|G14|suppressed||deceased|", "c|G15|suppressed||opted_out|sms:opted_out",
        "c|G16|suppressed||no_mobile|sms:no_mobile", "c|G17|suppressed||shared_mobile|sms:shared_mobile",
        "c|G18|suppressed||missing_value|sms:missing_value:name",
        "c|G19|sent|sms|eligible|", "c|G20|sent|sms|eligible|",
        "c|G22|suppressed||missing_value|sms:missing_value:name",
      ])
    #expect(
      result.equations.map(\.description) == [
        "c candidates: audience 12 = sent 3 + aum_unknown 1 + other_mode 1 + deceased 1 + closed 1 + opted_out 1 "
          + "+ no_mobile 1 + shared_mobile 1 + missing_value 2",
        "lists/c.sms.csv rows: listed 3 = decided for sms 3",
      ])
    #expect(
      result.figures.map { "\($0.name) \($0.value)" } == [
        "c.audience 12", "c.sent 3", "c.suppressed.aum_unknown 1", "c.suppressed.other_mode 1",
        "c.suppressed.deceased 1", "c.suppressed.closed 1", "c.suppressed.opted_out 1", "c.suppressed.no_mobile 1",
        "c.suppressed.shared_mobile 1", "c.suppressed.missing_value 2", "c.sms 3", "c.sms_segments 17",
      ])
  }

  @Test func `a text is as long as its channel allows, and no longer`() throws {
    let customers = [
      Self.customer(1, ["name": String(repeating: "长", count: 497)]),
      Self.customer(2, ["name": String(repeating: "长", count: 498)]),
      Self.customer(3, ["name": String(repeating: "长", count: 1333) + "x"]),
      Self.customer(4, ["name": String(repeating: "长", count: 1333) + "xy"]),
    ]
    let night = try Night(
      customers, campaigns: [.test(modes: [.assisted], channels: [.sms, .wecom], delivery: .all)],
      templates: [
        .test(.sms, "{name}", signature: "行", variables: ["name"]), .test(.wecom, "{name}", variables: ["name"]),
      ])
    try night.run()
    #expect(
      try night.decisions() == [
        "c|G1|sent|sms+wecom|eligible|", "c|G2|sent|wecom|eligible|sms:text_too_long",
        "c|G3|sent|wecom|eligible|sms:text_too_long",
        "c|G4|suppressed||text_too_long|sms:text_too_long;wecom:text_too_long",
      ])
  }

  @Test func `first uses the first channel that is permitted, all uses every one`() throws {
    let customers = [
      Self.customer(1), Self.customer(2, without: ["wecom_id"]), Self.customer(3, without: ["wecom_id", "mobile"]),
      Self.customer(4, ["manager_active": "false", "consent_wecom_marketing": "refused"], without: ["wecom_id"]),
    ].map { $0.merging(["consent_wecom_marketing": "granted", "consent_sms_marketing": "granted"]) { old, _ in old } }
    let night = try Night(
      customers,
      campaigns: [
        .test("b_all", .marketing, modes: [.assisted], channels: [.wecom, .todo, .sms], delivery: .all, priority: 2),
        .test("a_first", .marketing, modes: [.assisted], channels: [.wecom, .sms], priority: 3),
        .test("c_todo", .marketing, modes: [.assisted], channels: [.todo], priority: 1),
      ], templates: TemplateDefinition.plain)
    try night.run()
    #expect(
      try night.decisions() == [
        "c_todo|G1|sent|todo|eligible|", "c_todo|G2|sent|todo|eligible|", "c_todo|G3|sent|todo|eligible|",
        "c_todo|G4|suppressed||no_manager|todo:no_manager",
        "b_all|G1|sent|wecom+todo+sms|eligible|", "b_all|G2|sent|todo+sms|eligible|wecom:no_wecom_id",
        "b_all|G3|sent|todo|eligible|wecom:no_wecom_id;sms:no_mobile",
        "b_all|G4|sent|sms|eligible|wecom:opted_out;todo:no_manager",
        "a_first|G1|sent|wecom|eligible|", "a_first|G2|sent|sms|eligible|wecom:no_wecom_id",
        "a_first|G3|suppressed||no_wecom_id|wecom:no_wecom_id;sms:no_mobile",
        "a_first|G4|sent|sms|eligible|wecom:opted_out",
      ])
  }

  @Test func `a complex product is for assisted customers only, and an unknown one counts as complex`() throws {
    for (product, expected) in [("W001", "sent"), ("W002", "complex_product"), ("X", "complex_product")] {
      let night = try Night(
        [Self.customer(1, ["mode": "direct"]), Self.customer(2)],
        campaigns: [.test(modes: [.direct, .assisted], product: product)], templates: TemplateDefinition.plain)
      try night.run()
      let first = expected == "sent" ? "c|G1|sent|sms|eligible|" : "c|G1|suppressed||\(expected)|"
      #expect(try night.decisions() == [first, "c|G2|sent|sms|eligible|"])
    }
  }

  @Test func `a sender who left signs nothing, and an empty list has its header`() throws {
    let night = try Night(
      [Self.customer(1, ["manager_active": "false", "mode": "direct"])],
      campaigns: [.test("w", channels: [.wecom, .sms]), .test("none", audience: "0", channels: [.todo, .phone])],
      templates: TemplateDefinition.plain)
    try night.run()
    #expect(try night.list("w.wecom").split(separator: "\n")[1].hasSuffix(",wm1,,G1,wecom_t,您好"))
    #expect(try night.list("w.sms") == "message_id,mobile,customer_id,template,segments,text\n")
    #expect(try night.list("none.todo") == "manager,manager_name,branch,customer_id,name,mobile_masked,task\n")
    #expect(try night.list("none.phone") == "customer_id,mobile,name,task\n")
  }

  @Test func `decisions are in SQLite too, with an index by customer`() throws {
    let night = try Night(
      [Self.customer(1)], campaigns: [.test(modes: [.assisted])], templates: TemplateDefinition.plain)
    try night.run()
    let database = try Database(readOnly: "\(night.output)/decisions.sqlite")
    #expect(
      try database.query("SELECT * FROM decision") == [
        [.text("c"), .text("G1"), .text("sent"), .text("sms"), .text("eligible"), .null]
      ])
    #expect(
      try database.query("SELECT name FROM sqlite_master WHERE type = 'index'") == [[.text("decision_customer_id")]])
  }

  @Test func `the same night gives the same bytes`() throws {
    let night = try Night(
      (0..<50).map { Self.customer(100 + $0, ["manager": "M\($0 % 3)"]) },
      campaigns: [.test(modes: [.assisted], channels: [.todo, .sms], delivery: .all)],
      templates: TemplateDefinition.plain)
    func hashes() throws -> [String] {
      try night.run()
      return try Files.filesBelow(night.output).map { "\($0) \(try SHA256.ofFile("\(night.output)/\($0)").hex)" }
    }
    #expect(try hashes() == hashes())
  }
}
