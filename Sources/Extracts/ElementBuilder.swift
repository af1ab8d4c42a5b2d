import Basics
import CLibXML2
import Glibc

/// Puts records together from what libxml2 reports; one document.
final class ElementBuilder {
  /// A record that is complete and waits to be delivered.
  struct Finished: BitwiseCopyable {
    /// Where its fields begin in `fields`, and their ends in `ends`.
    var fields: Int
    var ends: Int
    /// Where its element stands in the text.
    var start: Int
    var end: Int
    var byteOffset: Int
    var line: Int32
    var damage: DamagedRecord.Code?
    /// Where in the file the flaw is; of a field that is too long its number; of a long record its bytes.
    var detail: Int
  }

  private struct OpenElement: BitwiseCopyable {
    var name: UnsafePointer<UInt8>?
    /// Where the nodes that it stands for begin in `matches`; they go up to those of the next element.
    var firstMatch: Int
  }

  let format: ElementFormat
  let text: ElementText
  let plan: ElementPlan
  private let matcher: ElementMatcher
  private let context: xmlParserCtxtPtr

  /// Tags found ahead of the parser, in document order, and how many it has come to.
  let tags = Growable<Tag>(capacity: 1024)
  private(set) var usedTags = 0
  private var openIsEmpty = false

  private let stack = Growable<OpenElement>(capacity: 64)
  private let matches = Growable<Int32>(capacity: 64)
  private let values: ElementValues

  private(set) var openRecord: Tag?
  private var openByteOffset = 0
  private var recordDepth = 0
  private var collected = 0
  private var isRepeated = false
  private var longField = -1

  let finished = Growable<Finished>(capacity: 256)
  let fields = Growable<UInt8>(capacity: 16 << 10)
  let ends = Growable<UInt32>(capacity: 1024)
  /// Records completed in the document so far.
  private(set) var soundCount = 0
  private(set) var damagedCount = 0
  /// What stopped the parser, if something did.
  private(set) var failure: Problem?
  private var hasFailed = false
  /// How much libxml2 was given that does not stand in the text.
  var addedBytes = 0

  /// - Parameter context: the parser that reports to it, which outlives it.
  init(_ format: ElementFormat, plan: ElementPlan, text: ElementText, context: xmlParserCtxtPtr) {
    self.format = format
    self.context = context
    matcher = ElementMatcher(plan) { name in xmlDictLookup(context.pointee.dict, name, -1) }
    self.plan = plan
    self.text = text
    values = ElementValues(count: format.fields.count)
    for node in plan.nodes where node.isAbove {
      for attribute in node.attributes { values[attribute.field].isFromAbove = true }
    }
  }

  deinit { values.deallocate() }

  // MARK: What the parser reports

  func start(
    _ name: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, attributes found: ElementMatcher.Found?, count: Int
  ) {
    if hasFailed { return }
    guard usedTags < tags.count, tags.base[usedTags].kind != .end else { return fail(outOfStep) }
    let tag = tags.base[usedTags]
    usedTags += 1
    openIsEmpty = tag.kind == .empty
    let first = matches.count
    if stack.count == 0 {
      matcher.match(name, uri, below: 0, found, count: count, into: matches)
      if matches.count == first { return fail(otherDocument(name, uri, at: tag), at: tag.start) }
    } else {
      for parent in stack.base[stack.count - 1].firstMatch..<first {
        matcher.match(name, uri, below: matches.base[parent], found, count: count, into: matches)
      }
    }
    stack.append(OpenElement(name: name, firstMatch: first))
    // A failure stops libxml2, which lets go of the attributes at once.
    for match in first..<matches.count where !hasFailed { enter(matches.base[match], tag, found, count) }
  }

  func end() {
    if hasFailed { return }
    var tagEnd = 0
    if openIsEmpty {
      openIsEmpty = false
      tagEnd = tags.base[usedTags - 1].end
    } else {
      guard usedTags < tags.count, tags.base[usedTags].kind == .end else { return fail(outOfStep) }
      tagEnd = tags.base[usedTags].end
      usedTags += 1
    }
    guard stack.count > 0 else { return fail(outOfStep) }
    if recordDepth == stack.count, let open = openRecord { finish(open, end: tagEnd) }
    stack.count -= 1
    matches.count = stack.base[stack.count].firstMatch
  }

  func characters(_ bytes: UnsafePointer<UInt8>, count: Int) {
    guard recordDepth > 0, stack.count > 0 else { return }
    for match in stack.base[stack.count - 1].firstMatch..<matches.count {
      let field = Int(matcher.nodes[Int(matches.base[match])].textField)
      if field >= 0 && hasRoom(for: count, in: field) { values.append(bytes, count: count, to: field) }
    }
  }

  /// A CDATA section, in which libxml2 leaves line ends as they are: a lone carriage return does not come this far.
  func section(_ bytes: UnsafePointer<UInt8>, count: Int) {
    var rest = bytes
    let end = bytes + count
    while let found = memchr(rest, 13, end - rest) {
      let carriageReturn = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      if carriageReturn > rest { characters(rest, count: carriageReturn - rest) }
      rest = carriageReturn + 1
    }
    if rest < end { characters(rest, count: end - rest) }
  }

  /// Takes a failure, or that of a flaw outside the records where one stands before it; `position` is in the text.
  func fail(_ problem: Problem, at position: Int = .max) {
    if hasFailed { return }
    hasFailed = true
    failure = problem
    if let flaw = flawOutside(before: position) { failure = outside(flaw) }
    xmlStopParser(context)
  }

  /// Fails where a flaw stands in what was read and in no record.
  func failOnFlawOutside(before position: Int) {
    guard !hasFailed, let flaw = flawOutside(before: position) else { return }
    fail(outside(flaw))
  }

  private func flawOutside(before position: Int) -> Flaw? {
    guard text.flaws.firstText < position, let flaw = text.flaws.first,
      flaw.text < min(position, openRecord?.start ?? .max)
    else { return nil }
    return flaw
  }

  // MARK: Records

  private func enter(_ match: Int32, _ tag: Tag, _ found: ElementMatcher.Found?, _ count: Int) {
    let node = matcher.nodes[Int(match)]
    if node.firstChild < node.endChild { matcher.resetChildren(of: match) }
    if node.isRecord {
      begin(tag)
      if hasFailed { return }
    } else if !node.isAbove && matcher.isRepeated(match) {
      isRepeated = true
    }
    if node.textField >= 0 { values.begin(Int(node.textField)) }
    for index in node.firstAttribute..<node.endAttribute {
      let attribute = matcher.attributes.base[Int(index)]
      let field = Int(attribute.field)
      if node.isAbove { values.clear(field) }
      guard let value = matcher.find(attribute, found, count) else { continue }
      values.begin(field)
      if hasRoom(for: value.count, in: field) { append(value.from, count: value.count, to: field) }
    }
  }

  private func begin(_ tag: Tag) {
    if text.flaws.firstText < tag.start, let flaw = text.flaws.first { return fail(outside(flaw)) }
    openRecord = tag
    openByteOffset = text.offsets.byteOffset(of: tag.start)
    recordDepth = stack.count
    collected = 0
    isRepeated = false
    longField = -1
    values.clearRecord()
  }

  /// Whether a value may grow; what does not fit spoils the record.
  @inline(__always)
  private func hasRoom(for count: Int, in field: Int) -> Bool {
    collected += count
    if values[field].count + count > format.maxTextBytes {
      if longField < 0 { longField = field }
      return false
    }
    return collected <= format.maxRecordBytes
  }

  private func append(_ value: UnsafePointer<UInt8>, count: Int, to field: Int) {
    var at = 0
    while let found = memchr(value + at, Int32(UInt8(ascii: "&")), count - at) {
      let next = UnsafeRawPointer(found) - UnsafeRawPointer(value) + 1
      values.append(value + at, count: next - at, to: field)
      at = next + ElementMatcher.referenceBytes - 1
    }
    values.append(value + at, count: count - at, to: field)
  }

  private func finish(_ open: Tag, end: Int) {
    var record = Finished(
      fields: fields.count, ends: ends.count, start: open.start, end: end, byteOffset: openByteOffset, line: open.line,
      damage: nil, detail: 0)
    if text.flaws.firstText < end, let flaw = text.flaws.first {
      record.damage = flaw.code
      record.detail = flaw.code == .fieldTooLong ? -1 : flaw.byteOffset
      text.flaws.forget(before: end)
    }
    if end - open.start > format.maxRecordBytes {
      record.damage = .recordTooLong
      record.detail = end - open.start
    } else if record.damage == nil && longField >= 0 {
      record.damage = .fieldTooLong
      record.detail = longField
    } else if record.damage == nil && isRepeated {
      record.damage = .repeatedField
    }
    if record.damage == nil {
      values.write(to: fields, ends)
      soundCount += 1
    } else {
      damagedCount += 1
    }
    finished.append(record)
    openRecord = nil
    recordDepth = 0
  }

  /// Forgets delivered records and used tags.
  func reset() {
    finished.count = 0
    fields.count = 0
    ends.count = 0
    tags.dropFirst(usedTags)
    usedTags = 0
    openIsEmpty = false
  }

  /// How far libxml2 has come in the text.
  var position: Int {
    guard let input = context.pointee.input else { return 0 }
    return Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base) - addedBytes
  }

  /// Where the first tag begins that the parser has not come to.
  var nextTagStart: Int { usedTags < tags.count ? tags.base[usedTags].start : Int.max }

  /// The end tag of the innermost element that is open; in a damaged document its name may be somebody's.
  var expectedEndTag: String? {
    guard stack.count > 0, let name = stack.base[stack.count - 1].name else { return nil }
    let text = String(cString: name)
    return plan.names(text) ? "</\(text)>" : "an end tag"
  }
}
