/// Where a tag stands in the document's text as UTF-8, and in the file.
struct Tag: BitwiseCopyable {
  enum Kind: UInt8 { case start, empty, end }

  var kind: Kind
  /// On which line it begins, from 1.
  var line: Int32
  /// From its `<` to beyond its `>`.
  var start: Int
  var end: Int
}

/// Walks over the text of an XML document ahead of libxml2 to find tags, to hold back what is incomplete, and to refuse
/// what libxml2 must not see: tags that would take it long, document types, NUL bytes.
///
/// It knows just enough of XML to tell tags from comments, CDATA and processing instructions; whether the document is
/// well-formed is libxml2's to say.
struct TagScanner {
  enum Refusal: Error {
    case documentType
    case nulByte
    case tagTooLong
    case tooManyAttributes
    /// A comment, CDATA section or processing instruction.
    case sectionTooLong
  }

  private enum State {
    case text, tag, endTag, declaration
    case comment, section, instruction
  }

  let maxTagBytes: Int
  let maxSectionBytes: Int
  let maxAttributes: Int

  /// How far everything is complete: tags that began before this have ended before it.
  private(set) var complete = 0
  /// The line at the position reached.
  private(set) var line: Int32 = 1
  /// How far the text was looked at.
  private(set) var position = 0
  private var state = State.text
  private var startLine: Int32 = 1
  private var openQuote: UInt8 = 0
  private var attributes = 0

  init(maxTagBytes: Int, maxSectionBytes: Int, maxAttributes: Int) {
    self.maxTagBytes = maxTagBytes
    self.maxSectionBytes = maxSectionBytes
    self.maxAttributes = maxAttributes
  }

  /// Whether the text ended within a tag, a comment or the like.
  var isInside: Bool { state != .text }

  /// Looks at more text; `text[0]` is at `origin`, which is at or before `complete`, and `position` is within it.
  mutating func scan(
    _ text: UnsafeBufferPointer<UInt8>, origin: Int, into tags: Growable<Tag>
  ) throws(Refusal) {
    guard let base = text.baseAddress else { return }
    let end = base + text.count
    var at = base + (position - origin)
    defer { position = origin + (at - base) }
    while at < end {
      switch state {
      case .text:
        at = try skip(to: UInt8(ascii: "<"), at, end)
        if at == end { break }
        at += 1
        open(at: origin + (at - base) - 1)
      case .declaration:
        let byte = at.pointee
        at = try skip(to: byte, at, end) + 1
        line += byte == 10 ? 1 : 0
        try declaration(byte, at: origin + (at - base))
      case .tag, .endTag:
        at = try tag(at, end, from: base + (complete - origin), into: tags)
      case .comment, .section, .instruction:
        at = try skip(to: UInt8(ascii: ">"), at, end)
        if at < end {
          at += 1
          if isTerminated(at, from: base + (complete - origin)) { close(at: origin + (at - base)) }
        }
        if origin + (at - base) - complete > maxSectionBytes { throw .sectionTooLong }
      }
    }
    if state == .text { complete = origin + text.count }
  }

  /// Counts lines up to the next `byte`, or to the end.
  private mutating func skip(
    to byte: UInt8, _ from: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) throws(Refusal) -> UnsafePointer<UInt8> {
    var at = from
    var lines: Int32 = 0
    while at < end, at.pointee != byte {
      if at.pointee == 10 { lines += 1 }
      if at.pointee == 0 { break }
      at += 1
    }
    line += lines
    if at < end && at.pointee == 0 { throw .nulByte }
    return at
  }

  /// Whether the `>` before `at` ends the section that began at `start`.
  private func isTerminated(_ at: UnsafePointer<UInt8>, from start: UnsafePointer<UInt8>) -> Bool {
    switch state {
    // The shortest is `<!---->`.
    case .comment: at - start >= 7 && at[-2] == UInt8(ascii: "-") && at[-3] == UInt8(ascii: "-")
    case .section: at[-2] == UInt8(ascii: "]") && at[-3] == UInt8(ascii: "]")
    default: at[-2] == UInt8(ascii: "?")
    }
  }

  private mutating func open(at start: Int) {
    complete = start
    startLine = line
    state = .declaration
    attributes = 0
    openQuote = 0
  }

  private mutating func close(at end: Int) {
    state = .text
    complete = end
  }

  /// Behind `<`: what kind of thing it is.
  private mutating func declaration(_ byte: UInt8, at position: Int) throws(Refusal) {
    switch position - complete {
    case 2:
      switch byte {
      case UInt8(ascii: "/"): state = .endTag
      case UInt8(ascii: "?"): state = .instruction
      case UInt8(ascii: "!"): break
      case UInt8(ascii: ">"): close(at: position)
      default: state = .tag
      }
    case 3:
      switch byte {
      case UInt8(ascii: "-"): break
      case UInt8(ascii: "["): state = .section
      default: throw .documentType
      }
    default: state = .comment
    }
  }

  /// Goes on in a tag that began at `start`, to its end or the end of the text.
  private mutating func tag(
    _ from: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, from start: UnsafePointer<UInt8>,
    into tags: Growable<Tag>
  ) throws(Refusal) -> UnsafePointer<UInt8> {
    let limit = min(end, start + maxTagBytes)
    let double = UInt8(ascii: "\"")
    let single = UInt8(ascii: "'")
    var at = from
    while at < limit {
      if openQuote != 0 {
        at = try skip(to: openQuote, at, limit)
        if at == limit { break }
        openQuote = 0
        at += 1
      }
      var lines: Int32 = 0
      while at < limit {
        let byte = at.pointee
        if byte == UInt8(ascii: ">") || byte == 0 || (state == .tag && (byte == double || byte == single)) { break }
        if byte == 10 { lines += 1 }
        at += 1
      }
      line += lines
      if at == limit { break }
      let byte = at.pointee
      if byte == 0 { throw .nulByte }
      at += 1
      if byte == UInt8(ascii: ">") {
        let kind: Tag.Kind = state == .endTag ? .end : at[-2] == UInt8(ascii: "/") ? .empty : .start
        tags.append(Tag(kind: kind, line: startLine, start: complete, end: complete + (at - start)))
        close(at: complete + (at - start))
        return at
      }
      openQuote = byte
      attributes += 1
      if attributes > maxAttributes { throw .tooManyAttributes }
    }
    if at < end { throw .tagTooLong }
    return at
  }
}
