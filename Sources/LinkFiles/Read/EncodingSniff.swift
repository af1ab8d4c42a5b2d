import Basics
import Extracts

/// Finds a file's encoding from its beginning.
enum EncodingSniff {
  /// - Parameter isWhole: Whether `head` is the file; if not, it may end within a character.
  /// - Throws: `missing_byte_order_mark`, `unknown_encoding`.
  static func encoding(of head: [UInt8], isWhole: Bool, _ path: String) throws(Problem) -> TextEncoding {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return .utf16 }
    if head.starts(with: [0x84, 0x31, 0x95, 0x33]) { return .gb18030 }
    if head.count(where: { $0 == 0 }) * 4 > head.count {
      throw Problem(
        "missing_byte_order_mark", "the file seems to be UTF-16 without its byte-order mark", at: Place(path),
        expected: "UTF-8, GB18030, or UTF-16 with its mark", advice: "Save it as UTF-8")
    }
    let whole = isWhole ? head[...] : head[...(head.lastIndex(of: 10) ?? head.count - 1)]
    if String(validating: whole, as: UTF8.self) != nil { return .utf8 }
    if isOneByteEach(whole) {
      throw Problem(
        "unknown_encoding", "the file is neither UTF-8 nor GB18030 nor UTF-16", at: Place(path),
        found: "what looks like ISO 8859-1 or Windows-1252",
        advice: "Save it as UTF-8, as `iconv -f WINDOWS-1252 -t UTF-8` does")
    }
    let lost = replacements(utf8(Array(whole), .gb18030))
    let lostAsUTF8 = replacements(Array(String(decoding: whole, as: UTF8.self).utf8))
    return lostAsUTF8 <= lost ? .utf8 : .gb18030
  }

  /// The text as UTF-8, with U+FFFD where it cannot be decoded, without a byte-order mark.
  static func utf8(_ bytes: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
    switch encoding {
    case .utf8: return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    case .gb18030:
      return bytes.withUnsafeBytes { raw in
        (try? TextEncoding.gb18030.lossyText(raw)).map { Array($0.utf8) } ?? bytes
      }
    case .utf16:
      let isBigEndian = bytes.first == 0xFE
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
        let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        return isBigEndian ? first << 8 | second : second << 8 | first
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    }
  }

  /// Whether four in five bytes beyond ASCII stand alone among letters, as accented letters of one byte do; in GB18030
  /// they come in pairs but for the characters whose second byte is ASCII.
  private static func isOneByteEach(_ bytes: ArraySlice<UInt8>) -> Bool {
    var alone = 0
    var all = 0
    var run = 0
    for byte in bytes {
      if byte >= 0x80 {
        run += 1
      } else {
        all += run
        if run == 1 { alone += 1 }
        run = 0
      }
    }
    return alone * 5 > (all + run) * 4
  }

  private static func replacements(_ text: [UInt8]) -> Int {
    var count = 0
    for index in text.indices.dropLast(2) where text[index] == 0xEF {
      if text[index + 1] == 0xBF && text[index + 2] == 0xBD { count += 1 }
    }
    return count
  }
}
