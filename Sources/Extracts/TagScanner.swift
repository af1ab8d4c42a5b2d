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
  private var previous: UInt8 = 0
  private var beforePrevious: UInt8 = 0

  init(maxTagBytes: Int, maxSectionBytes: Int, maxAttributes: Int) {
    self.maxTagBytes = maxTagBytes
    self.maxSectionBytes = maxSectionBytes
    self.maxAttributes = maxAttributes
  }

  /// Whether the text ended within a tag, a comment or the like.
  var isInside: Bool { state != .text }

  /// Looks at more text; `text[0]` is at `origin`, and `position` is within it.
  mutating func scan(
    _ text: UnsafeBufferPointer<UInt8>, origin: Int, into tags: Growable<Tag>
  ) throws(Refusal) {
    let end = origin + text.count
    while position < end {
      let byte = text[position - origin]
      position += 1
      if byte == 10 { line += 1 }
      if byte == 0 { throw .nulByte }
      switch state {
      case .text:
        if byte == UInt8(ascii: "<") { open() }
      case .declaration:
        try declaration(byte)
      case .tag, .endTag:
        try inTag(byte, into: tags)
      case .comment, .section, .instruction:
        if byte == UInt8(ascii: ">") && isTerminated { close() }
        if position - complete > maxSectionBytes { throw .sectionTooLong }
      }
      beforePrevious = previous
      previous = byte
    }
    if state == .text { complete = position }
  }

  private var isTerminated: Bool {
    switch state {
    case .comment:
      previous == UInt8(ascii: "-") && beforePrevious == UInt8(ascii: "-") && position - complete >= 7  // <!-->
    case .section: previous == UInt8(ascii: "]") && beforePrevious == UInt8(ascii: "]")
    default: previous == UInt8(ascii: "?")
    }
  }

  private mutating func open() {
    complete = position - 1
    startLine = line
    state = .declaration
    attributes = 0
    openQuote = 0
  }

  private mutating func close() {
    state = .text
    complete = position
  }

  /// Behind `<`: what kind of thing it is.
  private mutating func declaration(_ byte: UInt8) throws(Refusal) {
    switch position - complete {
    case 2:
      switch byte {
      case UInt8(ascii: "/"): state = .endTag
      case UInt8(ascii: "?"): state = .instruction
      case UInt8(ascii: "!"): break
      case UInt8(ascii: ">"): close()
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

  private mutating func inTag(_ byte: UInt8, into tags: Growable<Tag>) throws(Refusal) {
    if openQuote != 0 {
      if byte == openQuote { openQuote = 0 }
    } else if byte == UInt8(ascii: ">") {
      let kind: Tag.Kind = state == .endTag ? .end : previous == UInt8(ascii: "/") ? .empty : .start
      tags.append(Tag(kind: kind, line: startLine, start: complete, end: position))
      return close()
    } else if state == .tag && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")) {
      openQuote = byte
      attributes += 1
      if attributes > maxAttributes { throw .tooManyAttributes }
    }
    if position - complete > maxTagBytes { throw .tagTooLong }
  }
}
