import Basics
import CKernels

/// Records in which a quote stands, and the lines that their quotes hold together.
extension DelimitedReader {
  enum Parsed {
    /// A record and the window's lines that it takes.
    case record(Record, Range<Int>)
    case damaged(Delivery)
    /// The window ends within the record and may not move.
    case cut
  }

  /// Has the record that begins on a line parsed, over as many lines as its quotes hold together. The window may move, and
  /// the line numbers with it. Where the record cannot be had, its first line alone is damaged.
  func parse(_ line: Int, with parser: any QuotedParsing, mayMove: Bool) throws(Problem) -> Parsed {
    var first = line
    var end = line + 1
    var isOpen = false
    parser.begin()
    while true {
      let last = end - 1
      let from = window.lines[last].start
      let text = UnsafeRawBufferPointer(start: window.text + Int(from), count: Int(window.lines[end].start - from))
      let isOddLine = quoteCount(text) % 2 == 1
      isOpen = isOpen != isOddLine
      let taken = isOpen ? text.count : Int(trimmedEnd(last) - from)
      if let bad = parser.feed(UnsafeRawBufferPointer(rebasing: text[..<taken])) {
        return .damaged(last == first ? stray(first, near: bad) : unclosed(first))
      }
      if !isOpen {
        return parser.end() ? .record(record(of: parser, first..<end), first..<end) : .damaged(unclosed(first))
      }
      if reachesLimit(first, end) { return .damaged(unclosed(first)) }
      if end == window.lineCount {
        if !mayMove { return .cut }
        let kept = end - first
        let extended = try extend(keepingFrom: first)
        first = 0
        end = kept
        guard case .lines = extended else { return .damaged(unclosed(first)) }
      }
      // A line that is too long ends it here as it does where the window cannot hold it.
      if isTooLong(end) { return .damaged(unclosed(first)) }
      end += 1
    }
  }

  private func record(of parser: any QuotedParsing, _ lines: Range<Int>) -> Record {
    Record(
      base: parser.base, ends: parser.ends, start: 0, fieldCount: parser.fieldCount,
      line: window.firstLine + lines.lowerBound, byteOffset: window.byteOffset(lines.lowerBound),
      raw: window.rawBytes(lines.lowerBound, until: lines.upperBound))
  }

  /// Whether a field that is open at the end of these lines may not go on.
  private func reachesLimit(_ first: Int, _ end: Int) -> Bool {
    end - first > 1 && looksLikeRecord(end - 1) || end - first == format.maxQuotedLines
      || Int(window.lines[end].start - window.lines[first].start) > format.maxQuotedBytes
  }

  private func looksLikeRecord(_ line: Int) -> Bool {
    guard let expected = expectedFields, expected >= Self.tellingFieldCount else { return false }
    return window.lines[line].flags == 0 && Int(window.lines[line + 1].tape - window.lines[line].tape) == expected
  }

  private func quoteCount(_ text: UnsafeRawBufferPointer) -> Int {
    guard let quote = format.quote, let base = text.baseAddress else { return 0 }
    return guiyi_count_byte(base, text.count, quote)
  }

  private func stray(_ line: Int, near byte: Int) -> Delivery {
    damaged(
      .strayQuote, line..<line + 1,
      found: "a quote that is neither doubled nor at a field's edge, near byte \(byte) of the line",
      expected: "fields that are quoted whole, with quotes inside doubled")
  }

  private func unclosed(_ line: Int) -> Delivery {
    damaged(
      .unclosedQuote, line..<line + 1, found: "a quoted field that is not closed",
      expected: "its closing quote within \(format.maxQuotedLines) lines and \(format.maxQuotedBytes) bytes")
  }
}
