import Basics
import Definition
import Standards

/// What a file's name says: its pattern, and what a source of such files may be called.
struct SampleName {
  /// Below the extracts folder, the business date replaced.
  let pattern: String
  let hasDate: Bool
  /// In snake case.
  let id: String

  /// - Parameter extracts: the pipeline's extracts folder, where there is one.
  init(_ path: String, extracts: String?) {
    let absolute = Files.absolute(path)
    var parts = absolute.split(separator: "/").map(String.init)
    if let extracts, absolute.hasPrefix(extracts + "/") {
      parts = absolute.dropFirst(extracts.count + 1).split(separator: "/").map(String.init)
    } else {
      let folder = parts.dropLast().last ?? ""
      parts = Array(parts.suffix(Self.dated(folder) == nil ? 1 : 2))
    }
    let dated = parts.map { Self.dated($0) }
    hasDate = dated.contains { $0 != nil }
    let name = zip(parts, dated).map { $1 ?? $0 }.joined(separator: "/")
    pattern = hasDate ? name : "{date:yyyyMMdd}/" + name
    id = Self.identifier(dated.last.flatMap { $0 } ?? parts.last ?? "source")
  }

  /// The text with the first day in it replaced, or nil where there is none.
  private static func dated(_ text: String) -> String? {
    let characters = Array(text)
    for (length, format, mark) in [
      (10, CalendarDate.Format.dashed, "{date:yyyy-MM-dd}"), (8, CalendarDate.Format.compact, "{date:yyyyMMdd}"),
    ] {
      for start in characters.indices where start + length <= characters.count {
        let word = String(characters[start..<start + length])
        guard let date = CalendarDate(word, format: format), (1990...2100).contains(date.year) else { continue }
        // The same day may stand twice.
        return text.replacing(word, with: mark)
      }
    }
    return nil
  }

  private static func identifier(_ pattern: String) -> String {
    var name = pattern
    for mark in ["{date:yyyy-MM-dd}", "{date:yyyyMMdd}"] { name = name.replacing(mark, with: "_") }
    name = String(name.prefix { $0 != "." })
    let parts = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let joined = parts.joined(separator: "_")
    return joined.first?.isLetter == true ? joined : "source" + (joined.isEmpty ? "" : "_" + joined)
  }
}
