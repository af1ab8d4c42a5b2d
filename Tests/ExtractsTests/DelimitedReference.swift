import Glibc
import Synchronization

@testable import Extracts

/// A slow, obvious reader of delimited extracts, to hold the fast one to.
struct DelimitedReference {
  struct Line {
    /// Where it begins in the file.
    var offset: Int
    /// As delivered and as UTF-8, each with its line end if it has one.
    var raw: [UInt8]
    var text: [UInt8]
    var isBad: Bool
  }

  enum Parse {
    case fields([[UInt8]])
    case stray(at: Int)
    case open
  }

  let format: DelimitedFormat
  let separator: [UInt8]
  let lines: [Line]

  static func read(_ content: [UInt8], _ format: DelimitedFormat) -> [Outcome] {
    let lines = ReferenceLines(content, format.encoding, format.lineTerminators).lines
    return DelimitedReference(format: format, separator: Array(format.separator.utf8), lines: lines).records()
  }

  func trimmed(_ whole: [UInt8]) -> [UInt8] {
    if whole.last == 10 { return whole.dropLast(whole.dropLast().last == 13 ? 2 : 1) }
    return whole.last == 13 ? whole.dropLast() : whole
  }

  /// Lines together as delivered, without the last line end.
  func rawCount(_ at: Int, _ count: Int) -> Int {
    let all = lines[at..<at + count].flatMap(\.raw)
    if format.encoding != .utf16 { return trimmed(all).count }
    let text = lines[at + count - 1].text
    return all.count - 2 * (text.count - trimmed(text).count)
  }

  func raw(_ at: Int, _ count: Int) -> [UInt8] {
    trimmed(lines[at..<at + count].flatMap { format.encoding == .utf16 ? $0.text : $0.raw })
  }

  func records() -> [Outcome] {
    var result: [Outcome] = []
    var at = 0
    while at < lines.count {
      if trimmed(lines[at].text).isEmpty {
        at += 1
        continue
      }
      let (outcome, count) = record(at)
      result.append(outcome)
      at += count
    }
    return result
  }

  func damaged(_ at: Int, _ code: String, lines count: Int = 1) -> (Outcome, Int) {
    (.damaged(line: at + 1, byte: lines[at].offset, code, lines: count, raw: raw(at, count)), count)
  }

  func record(_ at: Int) -> (Outcome, Int) {
    if rawCount(at, 1) > format.maxRecordBytes { return damaged(at, "record_too_long") }
    var count = 1
    while true {
      switch parse(trimmed(lines[at..<at + count].flatMap(\.text))) {
      case .fields(let fields): return judge(at, count, fields)
      case .stray(let position): return damaged(at, position < lines[at].text.count ? "stray_quote" : "unclosed_quote")
      case .open:
        let isLast = at + count == lines.count
        if count > 1 && looksLikeRecord(lines[at + count - 1]) || count == format.maxQuotedLines
          || wholeCount(at, count) > format.maxQuotedBytes || isLast
          || rawCount(at + count, 1) > format.maxRecordBytes
        {
          return damaged(at, "unclosed_quote")
        }
        count += 1
      }
    }
  }

  func looksLikeRecord(_ line: Line) -> Bool {
    guard let expected = format.fieldCount, expected >= 6, let quote = format.quote else { return false }
    return !line.text.contains(0) && !line.text.contains(quote) && split(trimmed(line.text)).count == expected
  }

  /// The file's last line counts as if it had its line end.
  func wholeCount(_ at: Int, _ count: Int) -> Int {
    lines[at..<at + count].map { line in
      let isEnded = line.text.last == 10 || line.text.last == 13 && format.lineTerminators == .any
      return line.text.count + (isEnded ? 0 : 1)
    }.reduce(0, +)
  }

  func judge(_ at: Int, _ count: Int, _ fields: [[UInt8]]) -> (Outcome, Int) {
    if rawCount(at, count) > format.maxRecordBytes { return damaged(at, "record_too_long", lines: count) }
    let whole = lines[at..<at + count]
    if whole.contains(where: { $0.text.contains(0) }) { return damaged(at, "nul_byte", lines: count) }
    if whole.contains(where: \.isBad) { return damaged(at, format.encoding.damageCode.rawValue, lines: count) }
    let texts = fields.map { String(decoding: $0, as: UTF8.self) }
    if format.controlMarks.contains(texts[0]) {
      return (.control(line: at + 1, byte: lines[at].offset, texts, raw: raw(at, count)), count)
    }
    if let expected = format.fieldCount, texts.count != expected {
      return damaged(at, texts.count > expected ? "too_many_fields" : "too_few_fields", lines: count)
    }
    if fields.contains(where: { $0.count > format.maxFieldBytes }) {
      return damaged(at, "field_too_long", lines: count)
    }
    return (.record(line: at + 1, byte: lines[at].offset, texts, raw: raw(at, count)), count)
  }

  func isSeparator(_ text: [UInt8], _ at: Int) -> Bool { text[at...].starts(with: separator) }

  func split(_ text: [UInt8]) -> [[UInt8]] {
    var fields: [[UInt8]] = [[]]
    var at = 0
    while at < text.count {
      if isSeparator(text, at) {
        fields.append([])
        at += separator.count
      } else {
        fields[fields.count - 1].append(text[at])
        at += 1
      }
    }
    return fields
  }

  func parse(_ text: [UInt8]) -> Parse {
    guard let quote = format.quote, text.contains(quote) else { return .fields(split(text)) }
    var fields: [[UInt8]] = []
    var at = 0
    while true {
      var field: [UInt8] = []
      if at < text.count && text[at] == quote {
        at += 1
        while true {
          if at == text.count { return .open }
          if text[at] == quote && at + 1 < text.count && text[at + 1] == quote {
            field.append(quote)
            at += 2
          } else if text[at] == quote {
            at += 1
            break
          } else {
            field.append(text[at])
            at += 1
          }
        }
        if at < text.count && !isSeparator(text, at) { return .stray(at: at) }
      } else {
        while at < text.count && !isSeparator(text, at) {
          if text[at] == quote { return .stray(at: at) }
          field.append(text[at])
          at += 1
        }
      }
      fields.append(field)
      if at == text.count { return .fields(fields) }
      at += separator.count
    }
  }
}

/// The lines of a file, cut code unit by code unit and decoded character by character.
struct ReferenceLines {
  private(set) var lines: [DelimitedReference.Line] = []
  private var isBigEndian = false

  init(_ content: [UInt8], _ encoding: TextEncoding, _ terminators: LineTerminators) {
    var start = encoding.marks.first { content.starts(with: $0) }?.count ?? 0
    isBigEndian = content.starts(with: [0xFE, 0xFF])
    let width = encoding == .utf16 ? 2 : 1
    while start < content.count {
      var end = start
      while end < content.count {
        let unit = unit(content, end, width)
        let following = self.unit(content, end + width, width)
        end = min(end + width, content.count)
        if unit == 10 || unit == 13 && following != 10 && terminators == .any { break }
      }
      let raw = Array(content[start..<end])
      let (text, isBad) = decoded(raw, encoding)
      lines.append(.init(offset: start, raw: raw, text: text, isBad: isBad))
      start = end
    }
  }

  /// Nil for half a code unit and beyond the end.
  private func unit(_ bytes: [UInt8], _ at: Int, _ width: Int) -> UInt16? {
    guard at + width <= bytes.count else { return nil }
    if width == 1 { return UInt16(bytes[at]) }
    let (a, b) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
    return isBigEndian ? a << 8 | b : b << 8 | a
  }

  private func decoded(_ raw: [UInt8], _ encoding: TextEncoding) -> (text: [UInt8], isBad: Bool) {
    switch encoding {
    case .utf8: return (raw, String(validating: raw, as: UTF8.self) == nil)
    case .utf16:
      let units = stride(from: 0, to: raw.count, by: 2).map { unit(raw, $0, 2) ?? 0xD800 }
      return (Array(String(decoding: units, as: UTF16.self).utf8), String(validating: units, as: UTF16.self) == nil)
    case .gb18030:
      var text: [UInt8] = []
      var isBad = false
      var at = 0
      while at < raw.count {
        let length = ReferenceGB18030.length(raw[at...])
        let scalar = length.map { ReferenceGB18030.shared.utf8(Array(raw[at..<at + $0])) } ?? nil
        isBad = isBad || scalar == nil
        text += scalar ?? [0xEF, 0xBF, 0xBD]
        at += length ?? 1
      }
      return (text, isBad)
    }
  }
}

/// GB18030, a character at a time, by the C library.
final class ReferenceGB18030: Sendable {
  static let shared = ReferenceGB18030()

  /// How many bytes the first character takes by its form; nil where it has none.
  static func length(_ bytes: ArraySlice<UInt8>) -> Int? {
    let bytes = Array(bytes.prefix(4))
    let lead: ClosedRange<UInt8> = 0x81...0xFE
    let digit: ClosedRange<UInt8> = 0x30...0x39
    if bytes[0] < 0x80 { return 1 }
    guard bytes.count > 1, lead.contains(bytes[0]) else { return nil }
    if bytes[1] >= 0x40 && bytes[1] != 0x7F && bytes[1] != 0xFF { return 2 }
    guard bytes.count == 4, digit.contains(bytes[1]), lead.contains(bytes[2]), digit.contains(bytes[3]) else {
      return nil
    }
    return 4
  }

  private let known = Mutex<[[UInt8]: [UInt8]?]>([:])

  func utf8(_ character: [UInt8]) -> [UInt8]? {
    known.withLock { known in
      if let result = known[character] { return result }
      let result = convert(character)
      known[character] = .some(result)
      return result
    }
  }

  private func convert(_ character: [UInt8]) -> [UInt8]? {
    if character.count == 1 { return character }
    let converter = iconv_open("UTF-8", "GB18030")
    defer { iconv_close(converter) }
    var input = character.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: 8)
    var inputLeft = input.count
    var outputLeft = output.count
    let result = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var from = input.baseAddress
        var to = output.baseAddress
        return iconv(converter, &from, &inputLeft, &to, &outputLeft)
      }
    }
    return result == Int(bitPattern: UInt.max)
      ? nil : output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
  }
}
