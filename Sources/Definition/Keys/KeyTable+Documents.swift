extension KeyTable {
  /// The table of docs/formats.md, a line each.
  var documentation: [String] {
    let head = ["| key | type | default | meaning |", "|---|---|---|---|"]
    return head
      + keys.map { key in
        // A bar would end the cell.
        let cells = ["`\(key.name)`", key.shape.documentation, key.absence, key.meaning].map {
          $0.replacing("|", with: "\\|")
        }
        return "| " + cells.joined(separator: " | ") + " |"
      }
  }
}

extension KeyTable.Shape {
  /// What the column "type" of docs/formats.md says.
  var documentation: String {
    switch self {
    case .text: "text"
    case .name: "name"
    case .form(let meaning, _), .decimal(let meaning), .pairs(let meaning, _), .called(let meaning, _): meaning
    case .wholeNumber(let range):
      range.upperBound <= 1_000 ? "\(range.lowerBound) to \(range.upperBound)" : "whole number"
    case .boolean: "yes or no"
    case .choice(let values): values.map { "`\($0)`" }.joined(separator: ", ")
    case .bilingual: "bilingual"
    case .list(.text): "texts"
    case .list(.name): "names"
    case .list(.form(let meaning, _)): meaning + "s"
    case .list(.choice(let values)): "list of " + values.map { "`\($0)`" }.joined(separator: ", ")
    case .list: "list"
    case .part: "keys"
    case .either(let shapes): shapes.map(\.documentation).joined(separator: ", or ")
    }
  }
}
