import Definition
import Extracts

/// A sample decoded and split into lines.
struct SampleText {
  let encoding: ExtractEncoding
  /// Whether nothing but ASCII was seen, so that other encodings are as likely.
  let isASCII: Bool
  /// Whether it can be read as nothing that is known, and the encoding is only the likeliest.
  let isDoubtful: Bool
  let lineEnds: LineEnds
  /// Of the head, without line ends; a line that the head cuts is left out, and so are empty ones.
  let lines: [String]
  /// The lengths of the lines in bytes of the file's own encoding.
  let byteCounts: [Int]
  /// The lines as they stand in the file; of UTF-16, as UTF-8.
  let rawLines: [ArraySlice<UInt8>]
  /// The last line of the file, where it is known.
  let lastLine: String?

  init(_ sample: Sample) {
    let guess = Self.encoding(of: sample)
    (encoding, isDoubtful) = (guess.encoding, guess.isDoubtful)
    let head = Self.bytes(sample.head, guess)
    isASCII = head.allSatisfy { $0 < 0x80 } && encoding != .utf16
    let tail = Self.bytes(sample.tail, guess)
    lineEnds = Self.lineEnds(of: head)
    var lines = Self.lines(of: head, lineEnds)
    if !sample.isWhole && lines.count > 1 { lines.removeLast() }
    rawLines = lines
    byteCounts = lines.map(\.count)
    self.lines = lines.map { Self.decode($0, guess.encoding) }
    let last = sample.isWhole ? lines.last : Self.lines(of: tail, lineEnds).last
    lastLine = last.map { Self.decode($0, guess.encoding) }
  }

  private struct Guess {
    var encoding: ExtractEncoding
    var isDoubtful = false
    var isBigEndian = false
  }

  // MARK: Encoding

  private static func encoding(of sample: Sample) -> Guess {
    let head = sample.head
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return Guess(encoding: .utf8) }
    if head.starts(with: [0xFF, 0xFE]) { return Guess(encoding: .utf16) }
    if head.starts(with: [0xFE, 0xFF]) { return Guess(encoding: .utf16, isBigEndian: true) }
    // The head may end within a character.
    let whole = sample.isWhole ? head[...] : head[...(head.lastIndex(of: 10) ?? head.count - 1)]
    if String(validating: whole, as: UTF8.self) != nil { return Guess(encoding: .utf8) }
    let lost = decode(whole, .gb18030).unicodeScalars.count { $0 == "\u{FFFD}" }
    let other = whole.count { $0 >= 0x80 }
    if lost * 100 <= other { return Guess(encoding: .gb18030) }
    let lostAsUTF8 = decode(whole, .utf8).unicodeScalars.count { $0 == "\u{FFFD}" }
    return Guess(encoding: lostAsUTF8 < lost ? .utf8 : .gb18030, isDoubtful: true)
  }

  /// UTF-8 of UTF-16; other encodings as they are, without byte-order mark.
  private static func bytes(_ bytes: [UInt8], _ guess: Guess) -> [UInt8] {
    guard guess.encoding == .utf16 else {
      return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }
    let units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return guess.isBigEndian ? first << 8 | second : second << 8 | first
    }
    let text = String(decoding: units.first == 0xFEFF ? units.dropFirst() : units[...], as: UTF16.self)
    return Array(text.utf8)
  }

  static func decode(_ bytes: ArraySlice<UInt8>, _ encoding: ExtractEncoding) -> String {
    guard encoding == .gb18030 else { return String(decoding: bytes, as: UTF8.self) }
    let decoded = bytes.withUnsafeBytes { try? TextEncoding.gb18030.lossyText($0) }
    return decoded ?? String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Lines

  private static func lineEnds(of bytes: [UInt8]) -> LineEnds {
    var feeds = 0
    var returns = 0
    for (index, byte) in bytes.enumerated() {
      if byte == 10 { feeds += 1 }
      if byte == 13 && index + 1 < bytes.count && bytes[index + 1] != 10 { returns += 1 }
    }
    return returns * 10 > feeds ? .any : .feed
  }

  private static func lines(of bytes: [UInt8], _ ends: LineEnds) -> [ArraySlice<UInt8>] {
    bytes.split { $0 == 10 || ($0 == 13 && ends == .any) }
      .map { $0.last == 13 ? $0.dropLast() : $0 }
      .filter { !$0.isEmpty }
  }
}
