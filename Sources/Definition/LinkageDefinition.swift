import Basics
import Linkage

/// How records that no rule joins are linked by a stored model: the section `linkage` of resolve.yaml.
public struct LinkageDefinition: Sendable {
  public var matching: MatchingDefinition
  public var model: StoredModel
  /// Both files, relative to the pipeline's folder.
  public var matchingFile: String
  public var modelFile: String
  /// Customers are joined from this average weight on, in bits.
  public var joinFrom: Double
  /// Pairs of at least this weight, in bits, that are not joined go to review.
  public var reviewFrom: Double

  /// The least average weight, in bits, at which customers are joined unless a person decides otherwise: odds of 256 to 1.
  ///
  /// The model's own threshold gives the best F1, for which a wrong join costs no more than a missed one. In a bank it
  /// shows somebody another person's money.
  public static let leastJoin = 8.0

  public init(
    matching: MatchingDefinition, model: StoredModel, matchingFile: String, modelFile: String, joinFrom: Double? = nil,
    reviewFrom: Double? = nil
  ) {
    self.matching = matching
    self.model = model
    self.matchingFile = matchingFile
    self.modelFile = modelFile
    self.joinFrom = joinFrom ?? matching.threshold ?? max(Self.leastJoin, model.clusterThreshold)
    self.reviewFrom = min(self.joinFrom, reviewFrom ?? 0)
  }

  /// What pairs call the cause of a join by the model; no rule may be called so.
  public static let cause = "model"

  /// The columns of party records that may be evidence.
  public static let columns = RecordKind.party.columns.map(\.name).filter { $0 != "key" && $0 != "notes" }

  /// Columns of a matching that party records do not have.
  /// - Parameter file: what messages call the matching.
  public static func unknownColumns(of matching: Matching, file: String) -> [Problem] {
    matching.fields.flatMap { field in
      field.columns.filter { !columns.contains($0) }.map { column in
        Problem(
          "unknown_column", "the field \"\(field.id)\" is made of a column that party records do not have",
          at: Place(file), found: "\"\(column)\"", expected: columns.joined(separator: ", "),
          advice: nearest(column, among: columns).map { "Perhaps \"\($0)\" is meant" })
      }
    }
  }
}
