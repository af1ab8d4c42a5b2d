import Basics
import CLibXML2

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
    /// For an invalid sequence: where in the file. For a repeated element: its field or -1.
    var detail: Int
  }

  private struct Node: BitwiseCopyable {
    var name: UnsafePointer<UInt8>?
    /// Where its children and attributes stand in the lists below, up to and without the ends.
    var firstChild: Int32
    var endChild: Int32
    var firstAttribute: Int32
    var endAttribute: Int32
    var textField: Int32
    var isRecord: Bool
    var isAbove: Bool
  }

  private struct Attribute: BitwiseCopyable {
    var name: UnsafePointer<UInt8>?
    var field: Int32
    var isAbove: Bool
  }

  private struct OpenElement: BitwiseCopyable {
    var name: UnsafePointer<UInt8>?
    /// In the plan; -1 for elements that nobody asked for.
    var node: Int32
  }

  private let format: ElementFormat
  private let text: ElementText
  private let nodes: Growable<Node>
  private let children = Growable<Int32>(capacity: 16)
  private let attributes = Growable<Attribute>(capacity: 16)

  /// Tags found ahead of the parser, in document order, and how many it has come to.
  let tags = Growable<Tag>(capacity: 1024)
  private(set) var usedTags = 0
  private var openIsEmpty = false

  private let stack = Growable<OpenElement>(capacity: 64)
  private var values: [Growable<UInt8>] = []
  private var isPresent: [Bool]
  private var isFromAbove: [Bool]
  private var seen: [Bool]

  private(set) var openRecord: Tag?
  private var openByteOffset = 0
  private var recordDepth = 0
  private var collected = 0
  private var isRepeated = false

  let finished = Growable<Finished>(capacity: 256)
  let fields = Growable<UInt8>(capacity: 16 << 10)
  let ends = Growable<UInt32>(capacity: 1024)
  /// Records completed in the document so far.
  private(set) var finishedCount = 0
  /// What stopped the parser, if something did.
  private(set) var failure: Problem?
  var context: xmlParserCtxtPtr?
  var fileName: String { text.bytes.name }

  init(_ format: ElementFormat, plan: ElementPlan, text: ElementText) {
    self.format = format
    self.text = text
    nodes = Growable(capacity: plan.nodes.count)
    isPresent = Array(repeating: false, count: plan.fieldCount)
    isFromAbove = isPresent
    seen = Array(repeating: false, count: plan.nodes.count)
    for _ in 0..<plan.fieldCount { values.append(Growable(capacity: 64)) }
    for node in plan.nodes {
      let firstChild = Int32(children.count)
      for child in node.children { children.append(Int32(child)) }
      let firstAttribute = Int32(attributes.count)
      for attribute in node.attributes {
        attributes.append(Attribute(name: nil, field: Int32(attribute.field), isAbove: node.isAbove))
        isFromAbove[attribute.field] = node.isAbove
      }
      nodes.append(
        Node(
          name: nil, firstChild: firstChild, endChild: Int32(children.count), firstAttribute: firstAttribute,
          endAttribute: Int32(attributes.count), textField: Int32(node.textField ?? -1), isRecord: node.isRecord,
          isAbove: node.isAbove))
    }
  }

  /// Takes the parser's own copies of the wanted names: the same name is then the same pointer.
  func intern(_ plan: ElementPlan, _ lookUp: (String) -> UnsafePointer<UInt8>?) {
    var attribute = 0
    for (index, node) in plan.nodes.enumerated() {
      nodes.base[index].name = lookUp(node.name)
      for wanted in node.attributes {
        attributes.base[attribute].name = lookUp(wanted.name)
        attribute += 1
      }
    }
  }

  // MARK: What the parser reports

  func start(
    _ name: UnsafePointer<UInt8>?, attributes found: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int
  ) {
    guard failure == nil else { return }
    guard usedTags < tags.count, tags.base[usedTags].kind != .end else { return fail(outOfStep) }
    let tag = tags.base[usedTags]
    usedTags += 1
    openIsEmpty = tag.kind == .empty
    if stack.count >= format.maxDepth {
      return fail(
        limit(
          "elements are nested too deeply", at: tag, "more than \(format.maxDepth) levels", "at most \(format.maxDepth)"
        ))
    }
    let parent: Int32 = stack.count == 0 ? 0 : stack.base[stack.count - 1].node
    let node = parent < 0 ? -1 : child(named: name, of: parent)
    if stack.count == 0 && node < 0 { return fail(otherDocument(name, at: tag)) }
    stack.append(OpenElement(name: name, node: node))
    guard node >= 0 else { return }
    let plan = nodes.base[Int(node)]
    if plan.isRecord { begin(tag) }
    if !plan.isAbove {
      if seen[Int(node)] { isRepeated = true }
      seen[Int(node)] = true
      if plan.textField >= 0 { isPresent[Int(plan.textField)] = true }
    }
    take(plan.firstAttribute..<plan.endAttribute, from: found, count: count)
  }

  func end() {
    guard failure == nil else { return }
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
  }

  func characters(_ bytes: UnsafePointer<UInt8>, count: Int) {
    guard recordDepth > 0, stack.count > 0 else { return }
    let node = stack.base[stack.count - 1].node
    guard node >= 0 else { return }
    let field = nodes.base[Int(node)].textField
    guard field >= 0, collected + count <= format.maxRecordBytes else { return }
    collected += count
    values[Int(field)].append(bytes, count: count)
  }

  func fail(_ problem: Problem) {
    if failure != nil { return }
    failure = problem
    if let context { xmlStopParser(context) }
  }

  // MARK: Records

  private func child(named name: UnsafePointer<UInt8>?, of parent: Int32) -> Int32 {
    let plan = nodes.base[Int(parent)]
    for index in plan.firstChild..<plan.endChild {
      let child = children.base[Int(index)]
      if nodes.base[Int(child)].name == name { return child }
    }
    return -1
  }

  private func begin(_ tag: Tag) {
    openRecord = tag
    openByteOffset = text.byteOffset(ofAngleAt: tag.start)
    recordDepth = stack.count
    collected = 0
    isRepeated = false
    for node in seen.indices { seen[node] = false }
    for field in isPresent.indices where !isFromAbove[field] {
      isPresent[field] = false
      values[field].count = 0
    }
  }

  /// libxml2 gives five pointers an attribute: local name, prefix, namespace, beginning and end of its value.
  private func take(
    _ wanted: Range<Int32>, from found: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int
  ) {
    for index in wanted {
      let attribute = attributes.base[Int(index)]
      let field = Int(attribute.field)
      if attribute.isAbove {
        isPresent[field] = false
        values[field].count = 0
      }
      guard let found else { continue }
      for k in 0..<count where found[5 * k] == attribute.name && found[5 * k + 1] == nil {
        guard let from = found[5 * k + 3], let to = found[5 * k + 4] else { continue }
        isPresent[field] = true
        values[field].count = 0
        append(from, count: to - from, to: values[field])
      }
    }
  }

  /// Without entity replacement libxml2 leaves each `&` of an attribute, however written, as `&#38;`.
  private func append(_ value: UnsafePointer<UInt8>, count: Int, to target: Growable<UInt8>) {
    let ampersand = UInt8(ascii: "&")
    var at = 0
    while at < count {
      target.append(value[at])
      at += value[at] == ampersand ? 5 : 1
    }
  }

  private func finish(_ open: Tag, end: Int) {
    var record = Finished(
      fields: fields.count, ends: ends.count, start: open.start, end: end, byteOffset: openByteOffset, line: open.line,
      damage: nil, detail: 0)
    if let first = text.bad.first {
      if first.text < open.start { return fail(badText(first.byteOffset)) }
      if first.text < end {
        record.damage = text.encoding == .gb18030 ? .invalidGB18030 : .invalidUTF8
        record.detail = first.byteOffset
        text.forgetBad(before: end)
      }
    }
    if end - open.start > format.maxRecordBytes {
      record.damage = .recordTooLong
      record.detail = end - open.start
    } else if record.damage == nil && isRepeated {
      record.damage = .repeatedField
    }
    if record.damage == nil {
      for field in isPresent.indices {
        let value = values[field]
        fields.append(value.base, count: value.count)
        ends.append(UInt32(fields.count) | (isPresent[field] ? 0 : Record.absent))
        fields.append(0)
      }
    }
    finished.append(record)
    finishedCount += 1
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

  /// Where the first tag begins that the parser has not come to.
  var nextTagStart: Int { usedTags < tags.count ? tags.base[usedTags].start : Int.max }

  /// The innermost element that is open.
  var openElement: String? {
    guard stack.count > 0, let name = stack.base[stack.count - 1].name else { return nil }
    return String(cString: name)
  }

  // MARK: Problems

  private var outOfStep: Problem {
    Problem(
      "malformed_xml", "the document's tags cannot be followed, after \(finishedCount) records",
      at: Place(text.bytes.name, line: tags.count > 0 ? Int(tags.base[min(usedTags, tags.count - 1)].line) : 1),
      expected: "well-formed XML")
  }

  /// Without this, another document would pass for one without records.
  private func otherDocument(_ name: UnsafePointer<UInt8>?, at tag: Tag) -> Problem {
    let root = format.recordPath.split(separator: "/").first.map(String.init) ?? format.recordPath
    return Problem(
      "other_document", "the outermost element is not that of the records' path",
      at: Place(text.bytes.name, line: Int(tag.line)), found: name.map { "<\(String(cString: $0))>" },
      expected: "<\(root)>", advice: "Ask the source system to deliver the file again, or correct `record`")
  }

  private func limit(_ what: String, at tag: Tag, _ found: String, _ expected: String) -> Problem {
    Problem(
      "xml_limit", "\(what), after \(finishedCount) records", at: Place(text.bytes.name, line: Int(tag.line)),
      found: found, expected: expected)
  }

  func badText(_ byteOffset: Int) -> Problem {
    Problem(
      "malformed_xml", "text outside the records is not well encoded, after \(finishedCount) records",
      at: Place(text.bytes.name, byteOffset: byteOffset), expected: "text in \((text.encoding ?? .utf8).rawValue)")
  }
}
