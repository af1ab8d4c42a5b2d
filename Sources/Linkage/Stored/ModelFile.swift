import Basics
import Foundation

/// Writes and reads `model.json`.
public enum ModelFile {
  private static let kind = "guiyi linkage model"

  // MARK: Writing

  /// Equal models are equal bytes, and every number is read back as the same.
  public static func text(_ model: StoredModel) -> String {
    JSON.object([
      ("kind", .string(kind)), ("version", .integer(StoredModel.version)), ("made_by", .string(model.madeBy)),
      ("training", training(model.training)), ("match_share", .number(model.matchShare)),
      ("household_share", .number(model.householdShare)), ("pair_threshold", .number(model.pairThreshold)),
      ("cluster_threshold", .number(model.clusterThreshold)),
      (
        "groups",
        .array(
          model.groups.map {
            .object([
              ("group", .string($0.group)), ("kept", .number($0.kept)), ("household_kept", .number($0.householdKept)),
            ])
          })
      ),
      ("comparisons", .array(model.comparisons.map(comparison))),
    ]).pretty
  }

  /// - Throws: `Problem` `unwritable_file`.
  public static func write(_ model: StoredModel, to path: String) throws(Problem) {
    try Files.write(text(model), to: path)
  }

  private static func training(_ training: StoredModel.Training) -> JSON {
    .object([
      ("sha256", .string(training.sha256)), ("records", .integer(training.records)),
      ("seed", .integer(training.seed)), ("samples", .integer(training.samples)),
      ("pairs_by_rule", .array(training.pairsByRule.map(JSON.integer))), ("iterations", .integer(training.iterations)),
      ("first_log_likelihood", .number(training.firstLogLikelihood)),
      ("last_log_likelihood", .number(training.lastLogLikelihood)),
    ])
  }

  private static func comparison(_ comparison: StoredModel.Comparison) -> JSON {
    let levels = comparison.levels.map { level in
      JSON.object([
        ("level", .string(level.level)), ("m", .number(level.m)), ("u", .number(level.u)), ("h", .number(level.h)),
        ("weight", .number(level.weight)), ("mean_frequency", .number(level.meanFrequency)),
        ("links", .integer(level.links)),
      ])
    }
    return .object([("id", .string(comparison.id)), ("levels", .array(levels))])
  }

  /// What stands for the training data: the SHA-256 of the one file, or of the lines of the files' own.
  public static func trainingHash(of paths: [String]) throws(Problem) -> String {
    var hashes: [String] = []
    for path in paths { hashes.append(try SHA256.ofFile(path).hex) }
    return hashes.count == 1 ? hashes[0] : SHA256.of(hashes.map { $0 + "\n" }.joined())
  }

  // MARK: Reading

  private struct Head: Decodable {
    var kind: String?
    var version: Int?
  }

  private struct Document: Decodable {
    var made_by: String
    var training: StoredModel.Training
    var match_share: Double
    var household_share: Double
    var pair_threshold: Double
    var cluster_threshold: Double
    var groups: [StoredModel.Group]
    var comparisons: [StoredModel.Comparison]

    var model: StoredModel {
      StoredModel(
        madeBy: made_by, training: training, matchShare: match_share, householdShare: household_share,
        pairThreshold: pair_threshold, clusterThreshold: cluster_threshold, groups: groups, comparisons: comparisons)
    }
  }

  /// - Throws: What is wrong with the file, of kind `.definition`.
  public static func read(_ path: String) throws(Problems) -> StoredModel {
    try read(text: Files.definitionText(of: path), file: path)
  }

  /// - Parameter file: what messages call the text.
  public static func read(text: String, file: String) throws(Problems) -> StoredModel {
    let data = Data(text.utf8)
    let place = Place(file)
    let head: Head
    let document: Document
    do {
      head = try JSONDecoder().decode(Head.self, from: data)
      if head.kind == kind, head.version == StoredModel.version {
        document = try JSONDecoder().decode(Document.self, from: data)
      } else {
        throw Problems(.definition, [wrongVersion(head, place)])
      }
    } catch let error as Problems {
      throw error
    } catch let error as DecodingError {
      throw Problems(.definition, [problem(error, place)])
    } catch {
      throw Problems(.definition, [Problem("invalid_json", "the file is not JSON", at: place)])
    }
    let model = document.model
    let problems = check(model, place)
    if !problems.isEmpty { throw Problems(.definition, problems) }
    return model
  }

  private static func wrongVersion(_ head: Head, _ place: Place) -> Problem {
    guard head.kind == kind else {
      return Problem(
        "no_model", "the file is not a model", at: place, found: head.kind.map { "kind \"\($0)\"" } ?? "no kind",
        expected: "kind \"\(kind)\"", advice: "Name a model.json that guiyi link wrote")
    }
    return Problem(
      "wrong_version", "the model is of another version", at: place, found: head.version.map(String.init) ?? "none",
      expected: "\(StoredModel.version)", advice: "Train it anew with this guiyi, or use the one that wrote it")
  }

  /// With the path of what is wrong: `comparisons[2].levels[0].m`.
  private static func problem(_ error: DecodingError, _ place: Place) -> Problem {
    func path(_ keys: [any CodingKey]) -> String {
      keys.reduce("") { text, key in
        if let index = key.intValue { return text + "[\(index)]" }
        return text + (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    switch error {
    case .keyNotFound(let key, let context):
      return Problem("missing_key", "the model lacks \(path(context.codingPath + [key]))", at: place)
    case .typeMismatch(let type, let context):
      return Problem(
        "wrong_shape", "\(path(context.codingPath)) is of the wrong shape", at: place, expected: word(for: type))
    case .valueNotFound(let type, let context):
      return Problem(
        "wrong_shape", "\(path(context.codingPath)) is of the wrong shape", at: place, found: "null",
        expected: word(for: type))
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return Problem("bad_number", "\(path(context.codingPath)) cannot be read", at: place)
    default:
      return Problem("invalid_json", "the file is not JSON", at: place, advice: "Take a model.json as it was written")
    }
  }

  private static func word(for type: any Any.Type) -> String {
    if type == String.self { return "a text" }
    if type == Double.self { return "a number" }
    if type == Int.self || type == UInt64.self { return "a whole number" }
    return "\(type)".hasPrefix("Array") ? "a list" : "keys with values"
  }
}
