@testable import Extracts

/// A slow, obvious reader of UTF-8 delimited extracts, to hold the fast one to.
struct DelimitedReference {
  let format: DelimitedFormat
  var lines: [(offset: Int, whole: [UInt8])] = []

  enum Parse {
    case fields([[UInt8]])
    case stray(at: Int)
    case open
  }

  static func read(_ content: [UInt8], _ format: DelimitedFormat) -> [Outcome] {
    var reference = DelimitedReference(format: format)
    var start = content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < content.count {
      let end = content[start...].firstIndex(of: 10).map { $0 + 1 } ?? content.count
      reference.lines.append((start, Array(content[start..<end])))
      start = end
    }
    return reference.records()
  }

  func trimmed(_ whole: [UInt8]) -> [UInt8] {
    var line = whole
    if line.last == 10 { line.removeLast() }
    if line.last == 13 { line.removeLast() }
    return line
  }

  func records() -> [Outcome] {
    var result: [Outcome] = []
    var at = 0
    while at < lines.count {
      let line = trimmed(lines[at].whole)
      if line.isEmpty {
        at += 1
        continue
      }
      let (outcome, count) = record(at, line)
      result.append(outcome)
      at += count
    }
    return result
  }

  func damaged(_ at: Int, _ code: String, lines count: Int = 1) -> (Outcome, Int) {
    let raw = trimmed(lines[at..<at + count].flatMap(\.whole))
    return (.damaged(line: at + 1, byte: lines[at].offset, code, lines: count, raw: raw), count)
  }

  func record(_ at: Int, _ line: [UInt8]) -> (Outcome, Int) {
    if line.count > format.maxRecordBytes { return damaged(at, "record_too_long") }
    var count = 1
    while true {
      let whole = lines[at..<at + count].flatMap(\.whole)
      switch parse(trimmed(whole)) {
      case .fields(let fields): return judge(at, count, fields, raw: trimmed(whole))
      case .stray(let position): return damaged(at, position < lines[at].whole.count ? "stray_quote" : "unclosed_quote")
      case .open:
        let last = trimmed(lines[at + count - 1].whole)
        let looksLikeRecord =
          count > 1 && (format.fieldCount ?? 0) >= 6 && !last.contains(0) && !last.contains(format.quote!)
          && last.split(separator: format.separator, omittingEmptySubsequences: false).count == format.fieldCount
        let isLast = at + count == lines.count
        if looksLikeRecord || count == format.maxQuotedLines || wholeCount(at, count) > format.maxQuotedBytes || isLast
          || trimmed(lines[at + count].whole).count > format.maxRecordBytes
        {
          return damaged(at, "unclosed_quote")
        }
        count += 1
      }
    }
  }

  /// The file's last line counts as if it had its line end.
  func wholeCount(_ at: Int, _ count: Int) -> Int {
    lines[at..<at + count].map { $0.whole.last == 10 ? $0.whole.count : $0.whole.count + 1 }.reduce(0, +)
  }

  func judge(_ at: Int, _ count: Int, _ fields: [[UInt8]], raw: [UInt8]) -> (Outcome, Int) {
    if raw.count > format.maxRecordBytes { return damaged(at, "record_too_long", lines: count) }
    if raw.contains(0) { return damaged(at, "nul_byte", lines: count) }
    guard String(validating: raw, as: UTF8.self) != nil else { return damaged(at, "invalid_utf8", lines: count) }
    let texts = fields.map { String(decoding: $0, as: UTF8.self) }
    if format.controlMarks.contains(texts[0]) {
      return (.control(line: at + 1, byte: lines[at].offset, texts, raw: raw), count)
    }
    if let expected = format.fieldCount, texts.count != expected {
      return damaged(at, texts.count > expected ? "too_many_fields" : "too_few_fields", lines: count)
    }
    return (.record(line: at + 1, byte: lines[at].offset, texts, raw: raw), count)
  }

  func parse(_ text: [UInt8]) -> Parse {
    guard let quote = format.quote else {
      return .fields(text.split(separator: format.separator, omittingEmptySubsequences: false).map(Array.init))
    }
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
        if at < text.count && text[at] != format.separator { return .stray(at: at) }
      } else {
        while at < text.count && text[at] != format.separator {
          if text[at] == quote { return .stray(at: at) }
          field.append(text[at])
          at += 1
        }
      }
      fields.append(field)
      if at == text.count { return .fields(fields) }
      at += 1
    }
  }
}
