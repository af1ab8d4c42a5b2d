import Basics
import Linkage
import TestSupport
import Testing

@testable import Definition

/// The section `linkage` of resolve.yaml, with the files that it names.
@Suite struct LinkageTests {
  private static let linkage = """
    linkage:
      matching: matching.yaml
      model: model.json

    """
  private static let files = [
    "resolve.yaml": TinyPipeline.files["resolve.yaml"]! + "\n" + linkage,
    "matching.yaml": MatchingText.yaml(SmallModel.matching),
    "model.json": ModelFile.text(SmallModel.stored()),
  ]

  private func problems(
    _ changes: [(file: String, find: String, replace: String)] = [], adding added: [String: String] = [:],
    removing removed: [String] = []
  ) throws -> [String] {
    try TinyPipeline.problems(
      in: TinyPipeline.files.merging(Self.files) { $1 }, after: changes, adding: added, removing: removed)
  }

  private func definition(_ more: String = "", threshold: Double? = nil, model: StoredModel) throws -> LinkageDefinition
  {
    let folder = try TemporaryFolder()
    for (file, text) in TinyPipeline.files.merging(Self.files, uniquingKeysWith: { $1 }) {
      try folder.write(text, to: file)
    }
    try folder.write(Self.files["resolve.yaml"]! + more, to: "resolve.yaml")
    try folder.write(
      MatchingText.yaml(MatchingDefinition(matching: SmallModel.matching, threshold: threshold)), to: "matching.yaml")
    try folder.write(ModelFile.text(model), to: "model.json")
    let pipeline = try PipelineDefinition.load(folder: folder.path)
    let stages = Dictionary(uniqueKeysWithValues: pipeline.files.map { ($0.path, $0.stages) })
    #expect(stages["matching.yaml"] == [.resolve] && stages["model.json"] == [.resolve])
    return try #require(pipeline.resolve.linkage)
  }

  @Test func `Reads both files and takes them for part of the definition`() throws {
    #expect(try problems() == [])
    let linkage = try definition(model: SmallModel.stored())
    #expect(linkage.model == SmallModel.stored())
    #expect(linkage.matching.matching == SmallModel.matching)
    #expect(linkage.matchingFile == "matching.yaml" && linkage.modelFile == "model.json")
  }

  @Test func `Joins from what was decided, else from what the model found, but never below 8 bits`() throws {
    let model = SmallModel.stored(joinFrom: 3)
    #expect(try definition(model: model).joinFrom == 8)
    #expect(try definition(model: model).reviewFrom == 0)
    #expect(try definition(model: SmallModel.stored(joinFrom: 9)).joinFrom == 9)
    #expect(try definition(threshold: 4, model: model).joinFrom == 4)
    let decided = try definition("  join_from: 2.5\n  review_from: -1\n", threshold: 4, model: model)
    #expect(decided.joinFrom == 2.5 && decided.reviewFrom == -1)
    #expect(try definition("  join_from: -2\n", model: model).reviewFrom == -2)
  }

  @Test func `Says which file is missing`() throws {
    #expect(
      try problems(removing: ["matching.yaml", "model.json"]) == [
        "resolve.yaml:6:13: error [missing_file]: there is no file matching.yaml. Write it or remove what names it.",
        "resolve.yaml:7:10: error [missing_file]: there is no file model.json. Write it or remove what names it.",
      ])
  }

  @Test func `Says what is wrong with a file`() throws {
    #expect(
      try problems(adding: ["model.json": "{}"]) == [
        "model.json: error [no_model]: the file is not a model; found no kind, expected kind \"guiyi linkage model\". "
          + "Name a model.json that guiyi link wrote."
      ])
    #expect(
      try problems(adding: ["matching.yaml": "fields: []\n"]) == [
        "matching.yaml:1:9: error [empty_list]: nothing is compared: fields is empty."
      ])
    #expect(
      try problems([("matching.yaml", "- mobile", "- mobil")]) == [
        "matching.yaml: error [unknown_column]: the field \"mobile\" is made of a column that party records do not have; "
          + "found \"mobil\", expected party_type, name, gender, birth_date, document_type, document_number, mobile, "
          + "email, address, occupation, branch, wecom_id, risk_level, risk_assessed_on, customer_since, employee, "
          + "status, updated_on. Perhaps \"mobile\" is meant."
      ])
  }

  @Test func `Says how a model does not fit the matching`() throws {
    #expect(
      try problems([("matching.yaml", "kind: date", "kind: category")]).map { $0.prefix(60) } == [
        "model.json: error [wrong_levels]: the model has other levels"
      ])
    let other = SmallModel.stored()
    var less = other
    less.comparisons.removeLast()
    #expect(
      try problems(adding: ["model.json": ModelFile.text(less)]) == [
        "model.json: error [missing_comparison]: the model has no comparison \"email_of_namesakes\", which the "
          + "matching makes; expected name, birth_date, mobile, email. Train a model with this matching, or give the "
          + "matching that it was trained with."
      ])
  }

  @Test func `Says what is wrong with the section`() throws {
    #expect(
      try problems([("resolve.yaml", "matching: matching.yaml", "matchings: matching.yaml")]) == [
        "resolve.yaml:6:3: error [unknown_key]: the linkage has no such key; found \"matchings\", expected matching, model, "
          + "join_from, review_from. Perhaps \"matching\" is meant."
      ])
    #expect(
      try problems([("resolve.yaml", "model: model.json", "model: model.json\n  join_from: high")]) == [
        "resolve.yaml:8:14: error [bad_number]: join_from is not a number of bits; found \"high\", expected -1000 to 1000."
      ])
    #expect(
      try problems([("resolve.yaml", "model: model.json", "model: model.json\n  join_from: 4\n  review_from: 5")]) == [
        "resolve.yaml:9:16: error [bad_number]: review_from is above join_from: what is joined needs no review; "
          + "found 5.0, expected at most 4.0."
      ])
    #expect(
      try problems([("resolve.yaml", "id: mobile_and_name", "id: model")]) == [
        "resolve.yaml:4:5: error [reserved_name]: a rule has the name by which pairs tell what the model joined; "
          + "found \"model\". Give the rule another id."
      ])
    #expect(
      try problems([
        ("matching.yaml", "sources_without_duplicates: auto", "sources_without_duplicates: [accounts, folk]")
      ]) == [
        "matching.yaml: error [unknown_source]: no such source is listed in pipeline.yaml; found \"folk\", expected people.",
        "matching.yaml: error [wrong_kind]: the source accounts is of the wrong kind; found holding, expected party.",
      ])
  }
}
