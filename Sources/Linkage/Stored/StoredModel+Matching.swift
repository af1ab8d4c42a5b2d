import Basics

/// Whether a model and a matching belong together can be told before there are any records.
extension StoredModel {
  private static let acrossScripts = "_across_scripts"

  /// Ids of the fields of whole names that the model weighs in two comparisons, within a script and across.
  public var fieldsAcrossScripts: [String] {
    comparisons.filter { $0.id.hasSuffix(Self.acrossScripts) }.map { String($0.id.dropLast(Self.acrossScripts.count)) }
  }

  /// Every comparison, level and group in which model and matching differ.
  /// - Parameter file: what messages call the model.
  public func problems(with matching: Matching, file: String) -> [Problem] {
    let shape = matching.shape(acrossScripts: fieldsAcrossScripts)
    do throws(Problems) {
      _ = try matchModel(
        comparisons: shape.comparisons.map { ($0.id, ["missing"] + $0.ladder.levels.map(\.id)) },
        groups: shape.groups.map(\.group), file: file)
      return []
    } catch {
      return error.list
    }
  }
}

extension Matching {
  /// The comparisons that it makes of records of which those fields hold names in several scripts.
  func shape(acrossScripts ids: [String]) -> ModelShape {
    let mixed = fields.indices.filter { fields[$0].kind == .wholeName && ids.contains(fields[$0].id) }
    return ModelShape(Comparison.all(self, mixed: mixed))
  }
}
