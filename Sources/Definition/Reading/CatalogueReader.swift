import Basics

/// Reads the catalogue of products: CSV with a header row, a field quoted where it holds a comma or a quote.
struct CatalogueReader {
  static let header = ["code", "name", "class", "standard", "risk", "in_aum"]
  private static let risks = ["R1", "R2", "R3", "R4", "R5"]

  let path: String
  let problems: ProblemCollector

  /// Nil where the header or a row cannot be read, so that nothing is checked against half a catalogue.
  func products(in text: String) -> [Product]? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard checkHeader(fields(of: lines[0]) ?? []) else { return nil }
    var products: [Product] = []
    var isWhole = true
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      guard let product = product(line, line: index + 1) else {
        isWhole = false
        continue
      }
      if products.contains(where: { $0.code == product.code }) {
        problems.report(
          "duplicate_id", "the product \"\(product.code)\" stands twice in the catalogue", at: place(index + 1, "code"))
      }
      products.append(product)
    }
    return isWhole ? products : nil
  }

  private func place(_ line: Int, _ field: String? = nil) -> Place { Place(path, line: line, field: field) }

  private func checkHeader(_ found: [String]) -> Bool {
    if found == Self.header { return true }
    problems.report(
      "bad_catalogue", "the catalogue has other columns than it should", at: place(1),
      found: found.joined(separator: ","), expected: Self.header.joined(separator: ","))
    return false
  }

  private func product(_ text: Substring, line: Int) -> Product? {
    guard let fields = fields(of: text) else {
      problems.report("bad_catalogue", "a quote is not closed, or stands inside a field", at: place(line))
      return nil
    }
    guard fields.count == Self.header.count else {
      problems.report(
        "bad_catalogue", "the row has another number of fields than the header", at: place(line),
        found: "\(fields.count)", expected: "\(Self.header.count)")
      return nil
    }
    for (index, name) in ["code", "name"].enumerated() where fields[index].isEmpty {
      problems.report("bad_catalogue", "the product has no \(name)", at: place(line, name))
    }
    if !fields[2].isSnakeCase {
      problems.report(
        "bad_name", "class is not a name", at: place(line, "class"), found: "\"\(fields[2])\"",
        expected: "small letters, digits and _, beginning with a letter")
    }
    if !fields[4].isEmpty, !Self.risks.contains(fields[4]) {
      problems.reportUnknown(
        Word(text: fields[4], place: place(line, "risk"), isQuoted: false), "unknown_value",
        "risk has a value that is not known", valid: Self.risks)
    }
    return Product(
      code: fields[0], name: fields[1], productClass: fields[2], isStandard: yes(fields[3], line, "standard"),
      risk: fields[4], countsInAUM: yes(fields[5], line, "in_aum"))
  }

  private func yes(_ field: String, _ line: Int, _ name: String) -> Bool {
    if field != "yes" && field != "no" {
      problems.reportUnknown(
        Word(text: field, place: place(line, name), isQuoted: false), "unknown_value",
        "\(name) has a value that is not known", valid: ["yes", "no"])
    }
    return field == "yes"
  }

  /// The fields of one line, or nil where quotes do not match.
  private func fields(of line: Substring) -> [String]? {
    var fields = [""]
    var isInQuotes = false
    var wasQuoted = false
    for character in line {
      if isInQuotes {
        if character == "\"" {
          (isInQuotes, wasQuoted) = (false, true)
        } else {
          fields[fields.count - 1].append(character)
        }
      } else if character == "," {
        fields.append("")
        wasQuoted = false
      } else if character == "\"" {
        // A quote right after a closing one stands for itself.
        guard wasQuoted || fields[fields.count - 1].isEmpty else { return nil }
        if wasQuoted { fields[fields.count - 1].append(character) }
        isInQuotes = true
      } else {
        if wasQuoted { return nil }
        fields[fields.count - 1].append(character)
      }
    }
    return isInQuotes ? nil : fields
  }
}
