import Basics
import Definition
import Standards
import TestSupport
import Testing

/// One mistake, and everything that is said about it.
struct Mistake: CustomTestStringConvertible, Sendable {
  let file: String
  let find: String
  let replace: String
  let messages: [String]

  init(_ file: String, _ find: String, _ replace: String, _ messages: String...) {
    self.file = file
    self.find = find
    self.replace = replace
    self.messages = messages
  }

  var testDescription: String { "\(file): \(find) → \(replace)" }
}

@Suite struct MessageTests {
  @Test func tinyPipelineLoads() throws {
    #expect(try TinyPipeline.problems() == [])
  }

  @Test(arguments: Mistake.inYAML + Mistake.inPipeline + Mistake.inSources)
  func tellsWhatIsWrongBeforeAndInSources(_ mistake: Mistake) throws {
    let found = try TinyPipeline.problems(after: [(mistake.file, mistake.find, mistake.replace)])
    #expect(found == mistake.messages)
  }

  @Test func richPipelineLoads() throws {
    #expect(try TinyPipeline.problems(in: RichPipeline.files) == [])
  }

  @Test(arguments: Mistake.inFormats + Mistake.inDeliveries + Mistake.inContracts + Mistake.inFields)
  func tellsWhatIsWrongInRichSources(_ mistake: Mistake) throws {
    let change = (mistake.file, mistake.find, mistake.replace)
    let found = try TinyPipeline.problems(in: RichPipeline.files, after: [change])
    #expect(found == mistake.messages)
  }

  @Test(.enabled(if: Files.isFolder("/usr/share/zoneinfo")), arguments: Mistake.inTimeZone)
  func tellsTheNearestTimeZone(_ mistake: Mistake) throws {
    let found = try TinyPipeline.problems(after: [(mistake.file, mistake.find, mistake.replace)])
    #expect(found == mistake.messages)
  }

  @Test(arguments: Mistake.inStages)
  func tellsWhatIsWrongInStages(_ mistake: Mistake) throws {
    let found = try TinyPipeline.problems(after: [(mistake.file, mistake.find, mistake.replace)])
    #expect(found == mistake.messages)
  }
}

extension MessageTests {
  @Test func tellsEverythingAtOnceInOrder() throws {
    let found = try TinyPipeline.problems(after: [
      ("tags.yaml", "aggregate: count", "aggregate: counts"),
      ("campaigns/offer.yaml", "product: D001", "product: X"),
      ("sources/people.yaml", "system: crm\n", ""),
      ("sources/people.yaml", "to: birth_date", "to: birthdate"),
    ])
    #expect(
      found == [
        "campaigns/offer.yaml:7:10: error [unknown_product]: the catalogue has no such product; found \"X\", "
          + "expected D001, W001.",
        "sources/people.yaml:1:1: error [missing_key]: a source lacks the key \"system\".",
        "sources/people.yaml:10:22: error [unknown_column]: a record of the kind party has no such column; found "
          + "\"birthdate\", expected key, party_type, name, gender, birth_date, document_type, document_number, "
          + "mobile, email, address, occupation, branch, wecom_id, risk_level, risk_assessed_on, customer_since, "
          + "employee, status, updated_on. Perhaps \"birth_date\" is meant.",
        "tags.yaml:10:16: error [unknown_value]: aggregate has a value that is not known; found \"counts\", expected "
          + "count, sum, minimum, maximum, first, last, distinct. Perhaps \"count\" is meant.",
      ])
  }

  @Test func tellsWhichFilesAreMissing() throws {
    let found = try TinyPipeline.problems(removing: ["pipeline.yaml", "merge.yaml", "tags.yaml"])
    #expect(
      found == [
        "merge.yaml: error [missing_file]: there is no file merge.yaml. Write it or remove what names it.",
        "pipeline.yaml: error [missing_file]: there is no file pipeline.yaml. Write it or remove what names it.",
        "tags.yaml: error [missing_file]: there is no file tags.yaml. Write it or remove what names it.",
      ])
  }

  @Test func aFolderThatCannotBeReadIsNotAnEmptyOne() throws {
    let found = try TinyPipeline.problems(adding: ["campaigns": ""], removing: ["campaigns/offer.yaml"])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("campaigns: error [unreadable_file]: cannot read ") == true)
    #expect(
      found.first?.hasSuffix("/campaigns: Not a directory. Check that it exists and its permissions.") == true)
  }

  @Test func warnsOfWhatNothingUses() throws {
    let found = try TinyPipeline.problems(
      after: [("campaigns/offer.yaml", "  - {channel: todo, template: offer_todo}\n", "")],
      adding: ["sources/old.yaml": "", "campaigns/New offer.yml": ""])
    #expect(
      found == [
        "broadcast.yaml:6:5: warning [unused_template]: no campaign uses the template \"offer_todo\".",
        "campaigns/New offer.yml: warning [unused_file]: this is not the file of a campaign. Call it like the "
          + "campaign, in snake case, with .yaml behind it.",
        "sources/old.yaml: warning [unused_file]: no source of pipeline.yaml stands in this file. List it under "
          + "sources or remove it.",
      ])
  }

  @Test func refusesTextThatIsNotUTF8AndEmptyFiles() throws {
    let folder = try TemporaryFolder()
    for (file, text) in TinyPipeline.files { try folder.write(text, to: file) }
    try folder.write([0x72, 0xFF, 0x0A], to: "resolve.yaml")
    try folder.write("# nothing yet\n", to: "campaigns/offer.yaml")
    let problems = #expect(throws: Problems.self) { try PipelineDefinition.load(folder: folder.path) }
    #expect(
      problems?.description == """
        campaigns/offer.yaml: error [empty_file]: the file says nothing; expected a campaign.
        resolve.yaml: error [not_utf8]: the file is not UTF-8. Save it as UTF-8.
        """)
  }

  @Test func saysThatThereIsNoFolder() {
    let problems = #expect(throws: Problems.self) { try PipelineDefinition.load(folder: "/nowhere/at/all") }
    #expect(
      problems?.description == "error [no_pipeline]: there is no folder /nowhere/at/all; expected the folder of a "
        + "pipeline. Begin one with guiyi init.")
  }
}

extension Mistake {
  /// What a date may be written like; the list grows with Standards.
  static let dateFormats = (CalendarDate.Format.allCases.map(\.rawValue) + Timestamp.Format.allCases.map(\.rawValue))
    .joined(separator: ", ")

  /// Where the system knows no zones, only the form of the name is checked.
  static let inTimeZone = [
    Mistake(
      "pipeline.yaml", "Asia/Shanghai", "Asia/Shangai",
      "pipeline.yaml:3:12: error [unknown_time_zone]: time_zone names no time zone; found \"Asia/Shangai\", "
        + "expected an IANA name such as Asia/Shanghai. Perhaps \"Asia/Shanghai\" is meant.")
  ]

  static let inYAML = [
    Mistake(
      "resolve.yaml", "rules:", "rules: [",
      "resolve.yaml:3:3: error [invalid_yaml]: the file is not YAML: did not find expected node content."),
    Mistake(
      "resolve.yaml", "max_people_per_mobile: 3", "max_people_per_mobile: 3\nmax_people_per_mobile: 4",
      "resolve.yaml:1: error [duplicate_key]: a key stands twice among the same keys; found "
        + "\"max_people_per_mobile\". Keep one of them."),
    Mistake(
      "resolve.yaml", "max_people_per_mobile", "max_poeple_per_mobile",
      "resolve.yaml:1:1: error [unknown_key]: the resolve definition has no such key; found "
        + "\"max_poeple_per_mobile\", expected rules, max_people_per_mobile, linkage. Perhaps \"max_people_per_mobile\" "
        + "is meant."),
    Mistake(
      "resolve.yaml", "max_people_per_mobile: 3", "max_people_per_mobile: many",
      "resolve.yaml:1:24: error [bad_number]: max_people_per_mobile is not a whole number in its range; "
        + "found \"many\", expected 1 to 1000."),
    Mistake(
      "resolve.yaml", "max_people_per_mobile: 3", "max_people_per_mobile:",
      "resolve.yaml:1:23: error [wrong_shape]: max_people_per_mobile is of the wrong shape; found nothing, "
        + "expected a text."),
    Mistake(
      "resolve.yaml", "equal: [document]", "equal: document",
      "resolve.yaml:3:32: error [wrong_shape]: equal is of the wrong shape; found a text, expected a list."),
    Mistake(
      "pipeline.yaml", "title: {zh: 小, en: Tiny}", "title: Tiny",
      "pipeline.yaml:2:8: error [wrong_shape]: title is of the wrong shape; found a text, expected keys with "
        + "values."),
    Mistake(
      "pipeline.yaml", "en: Tiny", "eng: Tiny",
      "pipeline.yaml:2:16: error [unknown_key]: title has no such key; found \"eng\", expected zh, en. "
        + "Perhaps \"en\" is meant."),
  ]

  static let inPipeline = [
    Mistake(
      "pipeline.yaml", "pipeline: tiny", "pipeline: Tiny-1",
      "pipeline.yaml:1:11: error [bad_name]: pipeline is not a name; found \"Tiny-1\", expected small "
        + "letters, digits and _, beginning with a letter."),
    Mistake(
      "pipeline.yaml", "currency: CNY", "currency: yuan",
      "pipeline.yaml:4:11: error [bad_currency]: this is not a currency; found \"yuan\", expected a code of "
        + "ISO 4217 such as CNY."),
    Mistake(
      "pipeline.yaml", "\"7.1\"", "7.1",
      "pipeline.yaml:5:14: error [unquoted_decimal]: USD is an exact decimal and must stand in quotes; found "
        + "7.1, expected \"7.1\"."),
    Mistake(
      "pipeline.yaml", "\"7.1\"", "\"7,1\"",
      "pipeline.yaml:5:14: error [bad_decimal]: USD is not an exact decimal with at most 8 decimals; found "
        + "\"7,1\", expected a number like \"7.1000\"."),
    Mistake(
      "pipeline.yaml", "visits]", "visits, visitors]",
      "pipeline.yaml:8:37: error [missing_file]: there is no file sources/visitors.yaml. Write it or remove "
        + "what names it."),
    Mistake(
      "pipeline.yaml", "visits]", "visits, visits]",
      "pipeline.yaml:8:37: error [listed_twice]: sources lists \"visits\" twice."),
    Mistake(
      "pipeline.yaml", ", visits]", "]",
      "sources/visits.yaml: warning [unused_file]: no source of pipeline.yaml stands in this file. List it "
        + "under sources or remove it."),
    Mistake(
      "pipeline.yaml", "products.csv", "product.csv",
      "pipeline.yaml:7:11: error [missing_file]: there is no file product.csv. Write it or remove what names "
        + "it."),
    Mistake(
      "products.csv", "class,standard", "standard,class",
      "products.csv:1: error [bad_catalogue]: the catalogue has other columns than it should; found "
        + "code,name,standard,class,risk,in_aum, expected code,name,class,standard,risk,in_aum."),
    Mistake(
      "products.csv", "deposit,yes", "deposit,ja",
      "products.csv:2, field standard: error [unknown_value]: standard has a value that is not known; found "
        + "\"ja\", expected yes, no."),
    Mistake(
      "products.csv", "R1", "R9",
      "products.csv:2, field risk: error [unknown_value]: risk has a value that is not known; found \"R9\", "
        + "expected R1, R2, R3, R4, R5. Perhaps \"R1\" is meant."),
    Mistake(
      "products.csv", "\"\"\"", "\"\"",
      "products.csv:3: error [bad_catalogue]: a quote is not closed, or stands inside a field."),
    Mistake(
      "products.csv", "W001", "D001",
      "products.csv:3, field code: error [duplicate_id]: the product \"D001\" stands twice in the catalogue."),
  ]

  static let inSources = [
    Mistake(
      "sources/people.yaml", "kind: party", "kind: partys",
      "sources/people.yaml:4:7: error [unknown_value]: kind has a value that is not known; found \"partys\", "
        + "expected party, holding, transaction, interaction, consent, assignment, relation. Perhaps \"party\" "
        + "is meant."),
    Mistake(
      "sources/people.yaml", "source: people", "source: persons",
      "sources/people.yaml:1:9: error [wrong_name]: the source is called otherwise than its file; found "
        + "\"persons\", expected \"people\"."),
    Mistake(
      "sources/people.yaml", "{date:yyyyMMdd}", "{date:ddMMyyyy}",
      "sources/people.yaml:5:7: error [bad_file_pattern]: file is not a pattern for a night's file; found "
        + "\"{date:ddMMyyyy}/people.csv\", expected a path below the extracts folder with {date:yyyyMMdd} or "
        + "{date:yyyy-MM-dd} in it."),
    Mistake(
      "sources/people.yaml", "to: name", "to: nmae",
      "sources/people.yaml:9:22: error [unknown_column]: a record of the kind party has no such column; "
        + "found \"nmae\", expected key, party_type, name, gender, birth_date, document_type, document_number, "
        + "mobile, email, address, occupation, branch, wecom_id, risk_level, risk_assessed_on, customer_since, "
        + "employee, status, updated_on. Perhaps \"name\" is meant."),
    Mistake(
      "sources/people.yaml", "type: person_name", "type: money",
      "sources/people.yaml:9:34: error [wrong_type]: the column name cannot be filled by this type; found "
        + "money, expected text or person_name."),
    Mistake(
      "sources/people.yaml", "M: male", "M: man",
      "sources/people.yaml:10:52: error [unknown_value]: the column gender has no such value; found \"man\", "
        + "expected male, female."),
    Mistake(
      "sources/people.yaml", "format: yyyy-MM-dd", "format: yyyy-mm-dd",
      "sources/people.yaml:11:54: error [bad_date_format]: this is not a format of a date; found "
        + "\"yyyy-mm-dd\", expected \(dateFormats). Perhaps \"yyyy-MM-dd\" is meant."),
    Mistake(
      "sources/people.yaml", ", format: yyyy-MM-dd", "",
      "sources/people.yaml:11:5: error [missing_key]: a field lacks the key \"format\": a date can be "
        + "written in many ways."),
    Mistake(
      "sources/people.yaml", ", codes: {Y: true, N: false}", "",
      "sources/people.yaml:12:5: error [missing_key]: a field lacks the key \"codes\": a boolean can be "
        + "written in many ways."),
    Mistake(
      "sources/people.yaml", "{from: name, to: name", "{from: name, to: document_number",
      "sources/people.yaml:8:3: error [unfilled_column]: a document_number means nothing without a "
        + "document_type. Add a field or a constant for document_type.",
      "sources/people.yaml:9:45: error [wrong_type]: the column document_number cannot be filled by this "
        + "type; found person_name, expected text or document_number."),
    Mistake(
      "sources/people.yaml", "type: text, required: true", "type: text",
      "sources/people.yaml:8:5: error [must_be_required]: the field for the column key must be required; "
        + "expected required: true."),
    Mistake(
      "sources/people.yaml", "to: gender", "to: status",
      "sources/people.yaml:10:52: error [unknown_value]: the column status has no such value; found "
        + "\"male\", expected active, closed, deceased.",
      "sources/people.yaml:10:61: error [unknown_value]: the column status has no such value; found "
        + "\"female\", expected active, closed, deceased.",
      "sources/people.yaml:13:5: error [filled_twice]: the column status is filled twice."),
    Mistake(
      "sources/people.yaml", "format: delimited", "format: delimited\nparty: people",
      "sources/people.yaml:7:8: error [useless_key]: \"party\" has no place here: the source itself holds "
        + "parties. Remove it."),
    Mistake(
      "sources/accounts.yaml", "separator: \"|\"", "separator: \"｜\"",
      "sources/accounts.yaml:8:12: error [bad_separator]: separator does not separate fields; found "
        + "\"｜\", expected 1 to 8 ASCII characters without line ends."),
    Mistake(
      "sources/accounts.yaml", "encoding: gb18030", "encoding: gbk",
      "sources/accounts.yaml:7:11: error [unknown_value]: encoding has a value that is not known; found "
        + "\"gbk\", expected utf-8, gb18030, utf-16. Write gb18030: it reads them too."),
    Mistake(
      "sources/accounts.yaml", "columns: [no, owner, product, currency, balance, matures]\n", "",
      "sources/accounts.yaml:1:1: error [missing_key]: a source lacks the key \"columns\": there is no "
        + "header row."),
    Mistake(
      "sources/accounts.yaml", "from: owner", "from: onwer",
      "sources/accounts.yaml:16:12: error [unknown_field]: the source's columns have no such name; found "
        + "\"onwer\", expected no, owner, product, currency, balance, matures. Perhaps \"owner\" is meant."),
    Mistake(
      "sources/accounts.yaml", "sum_of: balance", "sum_of: blance",
      "sources/accounts.yaml:12:37: error [unknown_column]: sum_of names no field of type money; found "
        + "\"blance\", expected balance. Perhaps \"balance\" is meant."),
    Mistake(
      "sources/accounts.yaml", "party: people", "party: peple",
      "sources/accounts.yaml:13:8: error [unknown_source]: no such source is listed in pipeline.yaml; found "
        + "\"peple\", expected people. Perhaps \"people\" is meant."),
    Mistake(
      "sources/accounts.yaml", "party: people", "party: visits",
      "sources/accounts.yaml:13:8: error [wrong_kind]: the source visits is of the wrong kind; found "
        + "interaction, expected party."),
    Mistake(
      "sources/accounts.yaml", "party: people\n", "",
      "sources/accounts.yaml:1:1: error [missing_key]: a source lacks the key \"party\": it says whose keys "
        + "stand in the column party."),
    Mistake(
      "sources/accounts.yaml", "  - {from: balance, to: balance, type: money}\n", "",
      "sources/accounts.yaml:12:37: error [unknown_column]: sum_of names no field of type money; found "
        + "\"balance\".",
      "sources/accounts.yaml:15:3: error [unfilled_column]: no field fills the column balance, which the kind holding needs."
    ),
    Mistake(
      "sources/visits.yaml", "record: visits/visit", "record: visits//visit",
      "sources/visits.yaml:7:9: error [bad_path]: record is not a path of elements; found \"visits//visit\", "
        + "expected names joined with /, from the root element: events/event."),
    Mistake(
      "sources/visits.yaml", "../@at", "../../@at",
      "sources/visits.yaml:15:12: error [bad_path]: from is not a path relative to the record; found "
        + "\"../../@at\", expected a path such as @id, visitor/name, phone[2] or ../@code."),
    Mistake(
      "sources/visits.yaml", "record: visits/visit", "record: visits/v:visit\nnamespaces: {w: urn:x, 1: urn:y}",
      "sources/visits.yaml:7:9: error [unknown_namespace]: no prefix of `namespaces` is called so; found \"v\", "
        + "expected w, 1. Perhaps \"1\" is meant.",
      "sources/visits.yaml:8:24: error [bad_name]: a prefix is not a name of XML; found \"1\", expected letters, "
        + "digits, _, - and ., beginning with a letter or _."),
    Mistake(
      "sources/visits.yaml", "from: topic", "from: \"topic[0]\"",
      "sources/visits.yaml:14:12: error [bad_path]: from is not a path relative to the record; found \"topic[0]\", "
        + "expected a path such as @id, visitor/name, phone[2] or ../@code."),
    Mistake(
      "sources/visits.yaml", "from: topic", "from: v:topic",
      "sources/visits.yaml:14:12: error [unknown_namespace]: no prefix of `namespaces` is called so; found \"v\"."),
    Mistake(
      "sources/visits.yaml", "channel: branch", "channel: counter",
      "sources/visits.yaml:9:22: error [unknown_value]: the column channel has no such value; found "
        + "\"counter\", expected phone, wecom, sms, branch, mobile."),
    Mistake(
      "sources/visits.yaml", "kind: interaction", "kind: interaction\nseparator: \",\"",
      "sources/visits.yaml:5:12: error [useless_key]: \"separator\" has no place here: the format is xml. "
        + "Remove it."),
  ]
}
