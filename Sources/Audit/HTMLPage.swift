import Basics

/// Builds one self-contained page; every text is escaped here and nowhere else.
struct HTMLPage {
  private(set) var body = ""

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A heading in both languages.
  mutating func section(_ id: String, zh: String, en: String) {
    body += "<h2 id=\"\(id)\">\(bilingual(zh, en))</h2>\n"
  }

  mutating func paragraph(zh: String, en: String, style: String? = nil) {
    let attribute = style.map { " class=\"\($0)\"" } ?? ""
    body += "<p\(attribute)><span lang=\"zh\">\(HTMLPage.escaped(zh))</span><br>\(HTMLPage.escaped(en))</p>\n"
  }

  mutating func list(_ items: [String]) {
    body += "<ul>\n" + items.map { "<li>\(HTMLPage.escaped($0))</li>\n" }.joined() + "</ul>\n"
  }

  /// A heading of a table's column; numbers stand to the right.
  struct Heading {
    var zh: String
    var en: String
    var isNumber = false

    init(_ zh: String, _ en: String, number: Bool = false) {
      self.zh = zh
      self.en = en
      isNumber = number
    }
  }

  mutating func table(captionZh: String, _ captionEn: String, _ headings: [Heading], _ rows: [[Cell]]) {
    body += "<table>\n<caption>\(bilingual(captionZh, captionEn))</caption>\n<thead><tr>"
    for heading in headings {
      let style = heading.isNumber ? " class=\"number\"" : ""
      body += "<th scope=\"col\"\(style)>\(bilingual(heading.zh, heading.en))</th>"
    }
    body += "</tr></thead>\n<tbody>\n"
    for row in rows {
      body += "<tr>"
      for (index, cell) in row.enumerated() { body += index == 0 ? cell.html(tag: "th") : cell.html(tag: "td") }
      body += "</tr>\n"
    }
    body += "</tbody>\n</table>\n"
  }

  /// One cell of a table's body.
  enum Cell {
    case text(String)
    /// Names, hashes and paths, in a fixed pitch.
    case code(String)
    case number(Int)
    case amount(minorUnits: Int64)
    /// A number with a bar that shows its share.
    case share(Int, of: Int)

    func html(tag: String) -> String {
      let scope = tag == "th" ? " scope=\"row\"" : ""
      switch self {
      case .text(let text): return "<\(tag)\(scope)>\(HTMLPage.escaped(text))</\(tag)>"
      case .code(let text): return "<\(tag)\(scope)><code>\(HTMLPage.escaped(text))</code></\(tag)>"
      case .number(let value):
        return "<\(tag)\(scope) class=\"number\">\(HTMLPage.grouped(Int64(value)))</\(tag)>"
      case .amount(let value):
        return "<\(tag)\(scope) class=\"number\">\(HTMLPage.amount(value))</\(tag)>"
      case .share(let value, let total):
        // Tenths of a percent in integers: the same text on every machine.
        let tenths = total == 0 ? 0 : value * 1000 / total
        let percent = "\(tenths / 10).\(tenths % 10)"
        return "<\(tag)\(scope) class=\"number\">\(HTMLPage.grouped(Int64(value))) <span class=\"share\">"
          + "<span style=\"width:\(percent)%\"></span></span> \(percent) %</\(tag)>"
      }
    }
  }

  /// `1,234,567`
  static func grouped(_ value: Int64) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + text
  }

  /// `1,234.50`
  static func amount(_ minorUnits: Int64) -> String {
    let (units, cents) = minorUnits.magnitude.quotientAndRemainder(dividingBy: 100)
    return (minorUnits < 0 ? "-" : "") + grouped(Int64(units)) + "." + (cents < 10 ? "0" : "") + String(cents)
  }

  private func bilingual(_ zh: String, _ en: String) -> String {
    "<span lang=\"zh\">\(HTMLPage.escaped(zh))</span> <span class=\"en\">\(HTMLPage.escaped(en))</span>"
  }

  /// The whole document.
  func document(titleZh: String, titleEn: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTMLPage.escaped(titleZh)) · \(HTMLPage.escaped(titleEn))</title>
    <style>
    \(HTMLPage.style)
    </style>
    </head>
    <body>
    <main>
    <h1>\(bilingual(titleZh, titleEn))</h1>
    \(body)</main>
    </body>
    </html>

    """
  }

  private static let style = """
    :root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --page: #ffffff;
      --band: #f6f8fa; --good: #116329; --bad: #a40e26; --bar: #2f6fb3; }
    @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --quiet: #9aa4af; --line: #3d444d;
      --page: #0d1117; --band: #161b22; --good: #57c76a; --bad: #ff8a80; --bar: #6cb0f5; } }
    body { margin: 0; background: var(--page); color: var(--text);
      font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
    main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
    .en, caption .en { color: var(--quiet); font-weight: normal; }
    table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-variant-numeric: tabular-nums; }
    caption { text-align: left; color: var(--quiet); padding: .3rem 0; }
    th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
    thead th { background: var(--band); } tbody th { font-weight: normal; }
    .number { text-align: right; } td.number { white-space: nowrap; } code { font-size: .85em; overflow-wrap: anywhere; }
    .status { padding: .6rem .9rem; border-left: .4rem solid var(--good); background: var(--band); }
    .attention { border-left-color: var(--bad); }
    .share { display: inline-block; width: 6rem; height: .6rem; background: var(--band); }
    .share span { display: block; height: 100%; background: var(--bar); }
    @media (max-width: 40rem) { main { padding: .8rem; } th, td { padding: .3rem .3rem; } .share { display: none; } }
    @media print { main { max-width: none; padding: 0; } table { break-inside: avoid; } }
    """
}
