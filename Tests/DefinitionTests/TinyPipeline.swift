import Basics
import Definition
import TestSupport
import Testing

/// A pipeline with one of everything, as small as it can be; tests change a text in it and see what is said.
enum TinyPipeline {
  /// Problems and warnings of the tiny pipeline after the changes, in order; none where it loads without any.
  static func problems(
    in files: [String: String] = Self.files,
    after changes: [(file: String, find: String, replace: String)] = [], adding added: [String: String] = [:],
    removing removed: [String] = []
  ) throws -> [String] {
    var texts = files
    for (file, find, replace) in changes {
      let text = try #require(texts[file], "no file \(file)")
      #expect(text.contains(find), "\(file) does not hold \(find)")
      texts[file] = text.replacing(find, with: replace, maxReplacements: 1)
    }
    texts.merge(added) { $1 }
    for file in removed { texts[file] = nil }
    let folder = try TemporaryFolder()
    for (file, text) in texts { try folder.write(text, to: file) }
    do throws(Problems) {
      return try PipelineDefinition.load(folder: folder.path).warnings.map(\.description)
    } catch {
      #expect(error.kind == .definition)
      return error.list.map(\.description)
    }
  }

  static let files: [String: String] = [
    "pipeline.yaml": """
    pipeline: tiny
    title: {zh: 小, en: Tiny}
    time_zone: Asia/Shanghai
    currency: CNY
    rates: {USD: "7.1"}
    extracts: ../in
    products: products.csv
    sources: [people, accounts, visits]
    """,
    "products.csv": #"""
    code,name,class,standard,risk,in_aum
    D001,Deposit,deposit,yes,R1,yes
    W001,"Wealth, ""fixed""",wealth,no,R3,yes
    """#,
    "sources/people.yaml": """
    source: people
    system: crm
    title: {zh: 人, en: People}
    kind: party
    file: "{date:yyyyMMdd}/people.csv"
    format: delimited
    fields:
      - {from: no, to: key, type: text, required: true}
      - {from: name, to: name, type: person_name}
      - {from: sex, to: gender, type: code, codes: {M: male, F: female}}
      - {from: born, to: birth_date, type: date, format: yyyy-MM-dd}
      - {from: staff, to: employee, type: boolean, codes: {Y: true, N: false}}
      - {from: state, to: status, type: code}
    """,
    "sources/accounts.yaml": """
    source: accounts
    system: core
    title: {zh: 账户, en: Accounts}
    kind: holding
    file: "{date:yyyy-MM-dd}/accounts.txt"
    format: delimited
    encoding: gb18030
    separator: "|"
    quote: none
    header: false
    columns: [no, owner, product, currency, balance, matures]
    arrival: {trailer: TRAILER, sum_of: balance, on_missing: fail}
    party: people
    fields:
      - {from: no, to: key, type: text, required: true}
      - {from: owner, to: party, type: text, required: true}
      - {from: product, to: product, type: code}
      - {from: currency, to: currency, type: code}
      - {from: balance, to: balance, type: money}
      - {from: matures, to: matures_on, type: date, format: yyyyMMdd}
    """,
    "sources/visits.yaml": """
    source: visits
    system: branch
    title: {zh: 到访, en: Visits}
    kind: interaction
    file: "{date:yyyyMMdd}/visits.xml"
    format: xml
    record: visits/visit
    party: people
    constants: {channel: branch}
    fields:
      - {from: "@id", to: key, type: text, required: true}
      - {from: "@who", to: party, type: text, required: true}
      - {from: kind, to: type, type: code, codes: {A: enquiry, B: visit}, other: visit}
      - {from: topic, to: topic, type: code, codes: {L: loan, W: wealth}}
      - {from: ../@at, to: happened_at, type: timestamp, format: "yyyy-MM-ddTHH:mm:ss"}
    """,
    "resolve.yaml": """
    max_people_per_mobile: 3
    rules:
      - {id: same_document, equal: [document], compatible: [name]}
      - {id: mobile_and_name, equal: [mobile, name]}
    """,
    "merge.yaml": """
    priority: [people]
    attributes:
      - {columns: [name], rule: source_priority, avoid: [latin]}
      - {columns: [birth_date], rule: minimum}
      - {columns: [mobile], rule: most_recent}
      - {columns: [wecom_id, status], rule: most_recent}
      - {columns: [branch], rule: most_frequent}
    aum: {holdings: [accounts], known_when_in: [people]}
    """,
    "tags.yaml": """
    policy:
      aum_line: "50000"
      tiers:
        - {id: mass, title: {zh: 大众, en: Mass}, from: "0.00"}
        - {id: rich, title: {zh: 富裕, en: Rich}, from: "50000.00"}
    measures:
      - id: matures_soon
        meaning: {zh: 快到期, en: matures soon}
        table: holding
        aggregate: count
        where: {product_class: [wealth], product_standard: ["no"]}
        date: matures_on
        window: [0, 15]
      - id: asked_loan_30d
        meaning: {zh: 咨询贷款, en: asked for a loan}
        table: interaction
        aggregate: last
        of: topic
        where: {type: [enquiry], topic: [loan]}
        date: happened_at
    tags:
      - id: loan_lead
        title: {zh: 贷款, en: Loan}
        kind: behaviour
        type: boolean
        value: asked_loan_30d = 'loan'
    """,
    "broadcast.yaml": """
    max_customers_per_mobile: 3
    suppressions:
      - {reason: deceased, title: {zh: 已故, en: Deceased}, when: status = 'deceased'}
    templates:
      - {id: offer_sms, channel: sms, signature: 银行, text: "{name}: {loan_lead}, {name}"}
      - {id: offer_todo, channel: todo, text: "{aum}"}
    """,
    "campaigns/offer.yaml": """
    campaign: offer
    title: {zh: 贷款, en: Offer}
    scenario: marketing
    purpose: marketing
    audience: loan_lead
    modes: [assisted, direct]
    product: D001
    channels:
      - {channel: todo, template: offer_todo}
      - {channel: sms, template: offer_sms}
    delivery: all
    priority: 10
    """,
  ]
}
