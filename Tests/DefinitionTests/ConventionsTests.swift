import Standards
import TestSupport
import Testing

@testable import Definition

@Suite struct ConventionsTests {
  private static let country = """
    conventions: international
    documents:
      - {document: national_id, pattern: "\\\\d{12}", checksum: verhoeff, checksum_failure: reject}
      - {document: resident_id, checksum: gb11643, derives: [birth_date, gender]}
      - {document: passport, pattern: "[A-Z]{2}\\\\d{7}"}
    phones:
      - {country: "990", national: "7\\\\d{6}", trunk: "0", international: ["00", "011"], placeholders: ["7123456"]}
    currencies: {KUR: 0, CNY: 3}
    name_order: family_first
    """

  @Test func readsEveryKey() throws {
    let folder = try TemporaryFolder()
    for (file, text) in TinyPipeline.files {
      try folder.write(file == "pipeline.yaml" ? text + "\n" + Self.country : text, to: file)
    }
    let pipeline = try PipelineDefinition.load(folder: folder.path)
    var expected = Conventions(.international)
    expected.documents = [
      DocumentKind(
        "national_id", pattern: try TextPattern("\\d{12}"), checksum: .verhoeff, onChecksumFailure: .reject),
      DocumentKind("resident_id", checksum: .gb11643, derives: [.birthDate, .gender]),
      DocumentKind("passport", pattern: try TextPattern("[A-Z]{2}\\d{7}")),
    ]
    expected.phones = [
      PhonePlan(
        countryCode: "990", national: try TextPattern("7\\d{6}"), trunkPrefix: "0",
        internationalPrefixes: ["00", "011"], placeholders: ["7123456"])
    ]
    expected.currencies = ["KUR": 0, "CNY": 3]
    expected.nameOrder = .familyFirst
    #expect(pipeline.conventions == expected)
    #expect(pipeline.decimals == 3)
    #expect(pipeline.tag.policy.aumLine == 50_000_000)
    #expect(pipeline.conventions.decimals(of: "JPY") == 0)
  }

  @Test func beginsWithChina() throws {
    let folder = try TemporaryFolder()
    for (file, text) in TinyPipeline.files { try folder.write(text, to: file) }
    #expect(try PipelineDefinition.load(folder: folder.path).conventions == .chinese)
  }

  static let mistakes: [(text: String, message: String)] = [
    (
      "conventions: international\nphones: []",
      "error [missing_key]: a pipeline lacks the key \"documents\": no country says which there are."
    ),
    (
      "name_order: last",
      "error [unknown_value]: name_order has a value that is not known; found \"last\", expected family_first, given_first."
    ),
    (
      "documents: [{document: a}]",
      "error [missing_key]: a document type lacks the key \"pattern\": without a checksum any text would be a number."
    ),
    (
      "documents: [{document: resident_id, pattern: \"(\"}]",
      "error [bad_pattern]: pattern is not a text pattern: a bracket is not closed; found \"(\", character 2."
    ),
    (
      "phones: [{country: \"+1\", national: a}]",
      "error [bad_number]: country must be digits only; found \"+1\", expected 1 to 3 digits."
    ),
    (
      "currencies: {EUR: 5}",
      "error [bad_number]: EUR is not a whole number in its range; found \"5\", expected 0 to 4."
    ),
  ]

  @Test(arguments: mistakes)
  func tellsWhatIsWrong(_ mistake: (text: String, message: String)) throws {
    let text = try #require(TinyPipeline.files["pipeline.yaml"]) + "\n" + mistake.text
    let found = try TinyPipeline.problems(adding: ["pipeline.yaml": text])
    #expect(found.contains { $0.hasSuffix(mistake.message) }, "\(found)")
  }

  @Test func mobilesNeedAPlan() throws {
    let text = try #require(TinyPipeline.files["pipeline.yaml"]) + "\nphones: []"
    let found = try TinyPipeline.problems(
      after: [
        (
          "sources/people.yaml", "{from: staff, to: employee, type: boolean, codes: {Y: true, N: false}}",
          "{from: phone, to: mobile, type: mobile}"
        )
      ],
      adding: ["pipeline.yaml": text])
    #expect(
      found == [
        "sources/people.yaml:12:5: error [no_phone_plan]: pipeline.yaml declares no phone plan; expected at least one under phones."
      ])
  }
}
