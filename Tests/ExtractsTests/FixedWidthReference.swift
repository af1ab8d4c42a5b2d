@testable import Extracts

/// A slow, obvious reader of fixed-width extracts without control records, to hold the fast one to.
struct FixedWidthReference {
  let format: FixedWidthFormat

  static func read(_ content: [UInt8], _ format: FixedWidthFormat) -> [Outcome] {
    let reference = FixedWidthReference(format: format)
    var list: [Outcome] = []
    for (line, (offset, raw)) in reference.lines(content).enumerated() where !raw.isEmpty {
      list.append(reference.record(line: line + 1, offset: offset, raw))
    }
    return list
  }

  func lines(_ content: [UInt8]) -> [(offset: Int, raw: [UInt8])] {
    var result: [(Int, [UInt8])] = []
    var start = 0
    while start < content.count {
      var end = min(content.count, start + format.recordBytes)
      var next = end
      if format.lineEnds == .feed {
        end = content[start...].firstIndex(of: 10) ?? content.count
        next = end + 1
        if end > start && content[end - 1] == 13 { end -= 1 }
      } else if [[10], [13, 10]].contains(Array(content[start..<end])) && format.recordBytes > end - start {
        break
      }
      result.append((start, Array(content[start..<end])))
      start = next
    }
    return result
  }

  func record(line: Int, offset: Int, _ raw: [UInt8]) -> Outcome {
    func damaged(_ code: String) -> Outcome { .damaged(line: line, byte: offset, code, lines: 1, raw: raw) }
    if raw.count > format.maxRecordBytes { return damaged("record_too_long") }
    if raw.contains(0) { return damaged("nul_byte") }
    if format.lineEnds == .none && (raw.contains(10) || raw.contains(13)) { return damaged("wrong_length") }
    var whole = raw
    if raw.count != format.recordBytes {
      guard format.lineEnds == .feed, format.shortLines == .accept, raw.count < format.recordBytes else {
        return damaged("wrong_length")
      }
      whole += [UInt8](repeating: 32, count: format.recordBytes - raw.count)
    }
    var missing = false
    var fields: [String?] = []
    var cut = false
    var start = 0
    for column in format.columns {
      let bytes = Array(whole[start..<start + column.widthBytes])
      let isPartial = start < raw.count && start + column.widthBytes > raw.count
      if isPartial && (column.alignment == .right || column.pad != 32) { return damaged("wrong_length") }
      missing = start >= raw.count
      start += column.widthBytes
      guard let text = decode(bytes) else {
        cut = true
        continue
      }
      fields.append(missing ? "" : trim(text, column))
    }
    if decode(whole) == nil { return damaged(format.encoding == .utf8 ? "invalid_utf8" : "invalid_gb18030") }
    return cut ? damaged("cut_character") : .record(line: line, byte: offset, fields, raw: raw)
  }

  func trim(_ text: String, _ column: FixedWidthColumn) -> String {
    var characters = Array(text.unicodeScalars)
    let pad = Unicode.Scalar(column.pad)
    if column.alignment == .left {
      while characters.last == pad { characters.removeLast() }
    } else {
      func mayGo() -> Bool {
        guard characters.first == pad else { return false }
        return pad != "0" || (characters.count > 1 && "0"..."9" ~= characters[1])
      }
      while mayGo() { characters.removeFirst() }
    }
    return String(String.UnicodeScalarView(characters))
  }

  func decode(_ bytes: [UInt8]) -> String? {
    if format.encoding == .utf8 { return String(validating: bytes, as: UTF8.self) }
    var text = ""
    var rest = bytes[...]
    while let lead = rest.first {
      let isFour = lead >= 0x81 && rest.count > 1 && 0x30...0x39 ~= rest[rest.startIndex + 1]
      let length = lead < 0x80 ? 1 : isFour ? 4 : 2
      guard rest.count >= length else { return nil }
      let character = Array(rest.prefix(length))
      let decoded = character.withUnsafeBytes { try? TextEncoding.gb18030.lossyText($0) } ?? "\u{FFFD}"
      if decoded == "\u{FFFD}" || decoded.unicodeScalars.count > 1 { return nil }
      text += decoded
      rest = rest.dropFirst(length)
    }
    return text
  }
}
