import CKernels

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

/// Walks over the text of an XML document ahead of libxml2 to find tags, to hold back what is incomplete, to refuse what
/// libxml2 must not see (what would take it long, document types), and to mask references to entities that are none.
///
/// It knows just enough of XML to tell tags from comments, CDATA and processing instructions; whether the document is
/// well-formed is libxml2's to say.
struct TagScanner {
  enum Refusal: Error {
    case documentType
    case documentTypeTooLong
    case tagTooLong
    case tooManyAttributes
    case nameTooLong
    case tooDeep
    /// These two are asked of libxml2 after each block: a block holds too few to matter.
    case tooManyNames
    case tooManyNamespaces
    /// A comment or processing instruction.
    case commentTooLong
  }

  private enum State {
    case text, tag, endTag, declaration, documentType
    case comment, section, instruction
  }

  /// How much of a CDATA section is held back for its end.
  private static let sectionBytes = 64 << 10

  let format: ElementFormat
  /// How far everything is complete: tags that began before this have ended before it.
  private(set) var complete = 0
  /// The line at the position reached, and where a tag or comment is open, that of its beginning.
  private(set) var line: Int32 = 1
  private(set) var startLine: Int32 = 1
  /// How far the text was looked at.
  private(set) var position = 0
  /// Where the text that is looked at begins.
  private var origin = 0
  private var state = State.text
  private var openQuote: UInt8 = 0
  private var attributes = 0
  /// Where in the text the name or value in the open tag begins.
  private var tokenStart = 0
  private var sectionStart = 0
  private var depth = 0
  private var hasRoot = false
  private var hasDocumentType = false

  init(_ format: ElementFormat) { self.format = format }

  /// Whether the text ended within a tag, a comment or the like.
  var isInside: Bool { state != .text }

  /// Whether a CDATA section goes on at `complete`.
  var isInSection: Bool { state == .section && complete > sectionStart }

  /// Looks at what was added to the text; `complete` is within it or at its end.
  mutating func scan(_ source: ElementText, into tags: Growable<Tag>) throws(Refusal) {
    origin = source.origin
    let text = source.view(from: origin, to: source.end)
    guard let base = text.baseAddress else { return }
    let end = base + text.count
    var at = base + (position - origin)
    defer { position = origin + (at - base) }
    while at < end {
      let before = at
      switch state {
      case .text: at = skipText(at, end, base, source)
      case .declaration:
        at += 1
        try declaration(base + (complete - origin), at)
      case .documentType: at = try skipDocumentType(base + (complete - origin), end)
      case .tag, .endTag: at = try tag(at, end, from: base + (complete - origin), source, into: tags)
      case .comment, .section, .instruction:
        at = try section(at, end, from: base + (complete - origin), base, source)
      }
      // A reference or a document type that is not complete.
      if at == before { break }
    }
    if state == .text { complete = origin + (at - base) }
    if state == .section { releaseSection(source, position: origin + (at - base)) }
  }

  /// Goes to beyond the next `<`, to an incomplete reference, or to the end.
  private mutating func skipText(
    _ from: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ base: UnsafeMutablePointer<UInt8>,
    _ source: ElementText
  ) -> UnsafeMutablePointer<UInt8> {
    var at = from
    while true {
      at += guiyi_skip_text(at, end - at, UInt8(ascii: "<"), UInt8(ascii: "&"), &line)
      if at == end { return at }
      if at.pointee == UInt8(ascii: "<") {
        open(at: origin + (at - base))
        return at + 1 < end ? enter(at + 1) : at + 1
      }
      let length = reference(at, end, base, source)
      if length == 0 { return at }
      at += length
    }
  }

  /// Goes on behind `<` where a tag follows, which is the rule.
  @inline(__always)
  private mutating func enter(_ at: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    switch at.pointee {
    case UInt8(ascii: "/"):
      state = .endTag
      return at + 1
    case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ">"), 10: return at
    default:
      state = .tag
      return at + 1
    }
  }

  /// Masks the reference at an ampersand if it is flawed; gives its length, 0 where it is not complete.
  private func reference(
    _ at: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ base: UnsafeMutablePointer<UInt8>,
    _ source: ElementText
  ) -> Int {
    switch EntityReference(UnsafeBufferPointer(start: at, count: end - at)) {
    case .sound(let length): return length
    case .incomplete where !source.isAtEnd: return 0
    case .incomplete: return mask(at, .strayAmpersand, at: origin + (at - base), source)
    case .flawed(let code): return mask(at, code, at: origin + (at - base), source)
    }
  }

  @inline(never)
  private func mask(
    _ at: UnsafeMutablePointer<UInt8>, _ code: DamagedRecord.Code, at offset: Int, _ source: ElementText
  ) -> Int {
    source.flaws.add(Flaw(text: offset, byteOffset: source.offsets.byteOffset(of: offset), code: code), by: .markup)
    source.flaws.mask(&at.pointee, at: offset)
    return 1
  }

  private mutating func open(at start: Int) {
    complete = start
    startLine = line
    state = .declaration
    attributes = 0
    openQuote = 0
    tokenStart = start + 1
  }

  private mutating func close(at end: Int) {
    state = .text
    complete = end
  }

  // MARK: Comments and the like

  /// Behind `<`: what kind of thing it is; `at` is behind the byte that may tell.
  private mutating func declaration(
    _ start: UnsafeMutablePointer<UInt8>, _ at: UnsafeMutablePointer<UInt8>
  ) throws(Refusal) {
    let byte = at[-1]
    line += byte == 10 ? 1 : 0
    switch at - start {
    case 2:
      switch byte {
      case UInt8(ascii: "/"): state = .endTag
      case UInt8(ascii: "?"): state = .instruction
      case UInt8(ascii: "!"): break
      case UInt8(ascii: ">"): close(at: complete + 2)
      default: state = .tag
      }
    case 3:
      switch byte {
      case UInt8(ascii: "-"): break
      case UInt8(ascii: "["):
        state = .section
        sectionStart = complete
      case UInt8(ascii: "D") where format.allowsDocumentType && !hasRoot && !hasDocumentType: state = .documentType
      default: throw .documentType
      }
    default: state = .comment
    }
  }

  private mutating func section(
    _ from: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, from start: UnsafeMutablePointer<UInt8>,
    _ base: UnsafeMutablePointer<UInt8>, _ source: ElementText
  ) throws(Refusal) -> UnsafeMutablePointer<UInt8> {
    let byte = UInt8(ascii: ">")
    var at = from + guiyi_skip_text(from, end - from, byte, byte, &line)
    if at < end { at += 1 }
    if state != .section, at - start > format.maxCommentBytes { throw .commentTooLong }
    if at[-1] == byte && isTerminated(at, from: start) { close(at: origin + (at - base)) }
    return at
  }

  /// Lets go of a long CDATA section before its end, but for a character and what may begin its end.
  private mutating func releaseSection(_ source: ElementText, position: Int) {
    guard position - complete >= Self.sectionBytes else { return }
    var end = position - 2
    while source.view(from: end, to: end + 1)[0] & 0xC0 == 0x80 { end -= 1 }
    complete = end
  }

  /// Whether the `>` before `at` ends the section that began at `start`.
  private func isTerminated(_ at: UnsafeMutablePointer<UInt8>, from start: UnsafeMutablePointer<UInt8>) -> Bool {
    switch state {
    // The shortest is `<!---->`.
    case .comment: at - start >= 7 && at[-2] == UInt8(ascii: "-") && at[-3] == UInt8(ascii: "-")
    case .section: at[-2] == UInt8(ascii: "]") && at[-3] == UInt8(ascii: "]")
    default: at - start >= 4 && at[-2] == UInt8(ascii: "?")
    }
  }

  /// Blanks a document type once it is complete, so that libxml2 sees white space where it stood.
  private mutating func skipDocumentType(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>
  ) throws(Refusal) -> UnsafeMutablePointer<UInt8> {
    let text = UnsafeBufferPointer(start: UnsafePointer(start), count: end - start)
    guard DocumentType.isBeginning(text) else { throw .documentType }
    let length = DocumentType.length(text)
    if (length ?? text.count) > format.maxCommentBytes { throw .documentTypeTooLong }
    guard let length else { return end }
    for index in 0..<length where start[index] != 10 { start[index] = UInt8(ascii: " ") }
    line = startLine + Int32(text[..<length].count { $0 == 10 })
    hasDocumentType = true
    close(at: complete + length)
    return start + length
  }

  // MARK: Tags

  /// Goes on in a tag that began at `start`, to its end, to an incomplete reference, or to the end of the text.
  private mutating func tag(
    _ from: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>,
    from start: UnsafeMutablePointer<UInt8>, _ source: ElementText, into tags: Growable<Tag>
  ) throws(Refusal) -> UnsafeMutablePointer<UInt8> {
    let limit = min(end, start + format.maxTagBytes)
    var at = from
    while at < limit {
      if openQuote == 0 {
        at = skipName(at, limit)
        if complete + (at - start) - tokenStart > format.maxNameBytes { throw .nameTooLong }
        if at == limit { break }
        let byte = at.pointee
        at += 1
        if byte == UInt8(ascii: ">") { return try finish(start, at, into: tags) }
        openQuote = byte
        attributes += 1
        if attributes > format.maxAttributes { throw .tooManyAttributes }
      } else {
        at += guiyi_skip_text(at, limit - at, openQuote, UInt8(ascii: "&"), &line)
        if at == limit { break }
        if at.pointee == UInt8(ascii: "&") {
          let length = reference(at, end, start - (complete - origin), source)
          if length == 0 { return at }
          at += length
          continue
        }
        at += 1
        endValue(at: complete + (at - start), source)
      }
      tokenStart = complete + (at - start)
    }
    if at < end { throw .tagTooLong }
    return at
  }

  private mutating func endValue(at end: Int, _ source: ElementText) {
    openQuote = 0
    guard end - 1 - tokenStart > format.maxTextBytes else { return }
    let offset = source.offsets.byteOffset(of: complete)
    source.flaws.add(Flaw(text: tokenStart, byteOffset: offset, code: .fieldTooLong), by: .markup)
  }

  /// Goes to the next quote of a start tag or to its `>`, counting lines.
  @inline(__always)
  private mutating func skipName(
    _ from: UnsafeMutablePointer<UInt8>, _ limit: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let mayHaveQuotes = state == .tag
    var at = from
    var lines: Int32 = 0
    while at < limit {
      let byte = at.pointee
      if byte == UInt8(ascii: ">") { break }
      if mayHaveQuotes && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")) { break }
      if byte == 10 { lines += 1 }
      at += 1
    }
    line += lines
    return at
  }

  /// Takes the tag from `start` to `end`.
  private mutating func finish(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, into tags: Growable<Tag>
  ) throws(Refusal) -> UnsafeMutablePointer<UInt8> {
    let kind: Tag.Kind = state == .endTag ? .end : end[-2] == UInt8(ascii: "/") ? .empty : .start
    hasRoot = true
    switch kind {
    case .end: depth = max(0, depth - 1)
    case .empty: if depth + 1 > format.maxDepth { throw .tooDeep }
    case .start:
      if depth + 1 > format.maxDepth { throw .tooDeep }
      depth += 1
    }
    tags.append(Tag(kind: kind, line: startLine, start: complete, end: complete + (end - start)))
    close(at: complete + (end - start))
    return end
  }
}
