/// Finds the end of a document type declaration without reading anything into it.
struct DocumentType {
  /// The length of the declaration at the beginning of `text`; nil where it is not complete.
  static func length(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var at = "<!DOCTYPE".utf8.count
    var isInSubset = false
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let end = text[(at + 1)...].firstIndex(of: text[at]) else { return nil }
        at = end
      case UInt8(ascii: "["): isInSubset = true
      case UInt8(ascii: "]"): isInSubset = false
      case UInt8(ascii: "<"):
        // Quotes in comments and instructions are none.
        for (beginning, end) in [("<!--", "-->"), ("<?", "?>")] where text[at...].starts(with: beginning.utf8) {
          guard let after = find(end, in: text, from: at + beginning.utf8.count) else { return nil }
          at = after - 1
          break
        }
      case UInt8(ascii: ">") where !isInSubset: return at + 1
      default: break
      }
      at += 1
    }
    return nil
  }

  /// Where the first occurrence of `word` ends.
  private static func find(_ word: String, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var at = start
    while at + word.utf8.count <= text.count {
      if text[at...].starts(with: word.utf8) { return at + word.utf8.count }
      at += 1
    }
    return nil
  }

  /// Whether the text begins with `<!DOCTYPE` and white space, as far as it goes.
  static func isBeginning(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let word = "<!DOCTYPE".utf8
    let isEnded = text.count <= word.count || [9, 10, 13, 32].contains(text[word.count])
    return isEnded && zip(word, text).allSatisfy { $0 == $1 }
  }
}
