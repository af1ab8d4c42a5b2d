import Basics

/// What pipeline.yaml itself says.
struct PipelineHead {
  var name = ""
  var title = BilingualText(zh: "", en: "")
  var timeZone = ""
  var currency = ""
  var rates: [CurrencyRate] = []
  var extracts = ""
  var products: Word?
  var sources: [Word]?
  var conventions = Conventions.chinese

  /// - Parameter folder: absolute; the folder of extracts is named relative to it.
  init?(_ document: Value, folder: String) {
    guard let section = Section(document, .pipeline) else { return nil }
    name = section["pipeline"]?.identifier()?.text ?? ""
    title = section.bilingual("title")
    timeZone = section["time_zone"].flatMap(Self.timeZone) ?? ""
    currency = section["currency"]?.word().flatMap { Self.currency($0, section.problems) } ?? ""
    rates = section["rates"].map(readRates) ?? []
    let path = section["extracts"]?.text() ?? ""
    extracts = path.hasPrefix("/") ? path : Self.normalised("\(folder)/\(path)")
    products = section["products"]?.word()
    sources = section["sources"]?.identifiers()
    conventions = ConventionsReader(problems: section.problems).conventions(section)
  }

  private func readRates(_ value: Value) -> [CurrencyRate] {
    (value.pairs() ?? []).compactMap { key, value in
      guard let code = Self.currency(key, value.problems) else { return nil }
      if code == currency {
        value.problems.report(
          "useless_rate", "\(code) is the pipeline's own currency", at: key.place, advice: "Remove its rate")
      }
      guard let (units, decimals) = value.decimal(maxDecimals: 8, example: "7.1000") else { return nil }
      if units == 0 {
        value.problems.report("bad_decimal", "the rate of \(code) is nought", at: value.place)
      }
      return CurrencyRate(currency: code, units: units, decimals: decimals)
    }
  }

  static func currency(_ word: Word, _ problems: ProblemCollector) -> String? {
    if word.text.count == 3, word.text.allSatisfy({ ("A"..."Z").contains($0) }) { return word.text }
    problems.report(
      "bad_currency", "this is not a currency", at: word.place, found: "\"\(word.text)\"",
      expected: "a code of ISO 4217 such as CNY")
    return nil
  }

  /// Checked against the system's list of zones where there is one, else by its form only.
  private static func timeZone(_ value: Value) -> String? {
    guard let word = value.word() else { return nil }
    let zones = "/usr/share/zoneinfo"
    let parts = word.text.split(separator: "/", omittingEmptySubsequences: false)
    let wellFormed = parts.allSatisfy { part in
      part.first?.isASCII == true && part.first?.isLetter == true
        && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isASCIIDigit || "_-+".contains($0)) }
    }
    let exists =
      !Files.isFolder(zones) || Files.exists("\(zones)/\(word.text)") && !Files.isFolder("\(zones)/\(word.text)")
    if wellFormed && exists { return word.text }
    let folder = parts.dropLast().joined(separator: "/")
    let names = (try? Files.names(in: "\(zones)/\(folder)")) ?? []
    let valid = names.map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
    value.problems.report(
      "unknown_time_zone", "time_zone names no time zone", at: word.place, found: "\"\(word.text)\"",
      expected: "an IANA name such as Asia/Shanghai",
      advice: nearest(word.text, among: valid).map { "Perhaps \"\($0)\" is meant" })
    return nil
  }

  /// An absolute path without `.` and `..`, which need not exist.
  static func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
