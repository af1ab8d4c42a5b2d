import Basics

/// Reads elements of an XML document as records.
///
/// A wanted field that is not there is absent (`Record.isAbsent`), one without text is empty. A wanted element that stands
/// twice in a record makes that record damaged. Prefixes of element names are not looked at. Memory holds a block of the
/// document and the record that is open, whatever the size of the file.
public final class ElementRecords: RecordReader {
  public private(set) var recordCount = 0
  public private(set) var damagedCount = 0

  private let format: ElementFormat
  private let text: ElementText
  private let builder: ElementBuilder
  private let parser: ElementParser
  private var scanner: TagScanner
  /// How much of the text libxml2 has been given.
  private var fed = 0
  private var nextFinished = 0
  private var hasEnded = false
  private var failure: Problem?
  /// The beginning of an open record that is longer than is allowed.
  private var longBeginning: [UInt8]?

  /// - Throws: `bad_record_path`, `bad_field_path`.
  public init(_ bytes: ExtractBytes, format: ElementFormat) throws(Problem) {
    let plan = try ElementPlan(format)
    self.format = format
    text = ElementText(bytes, encoding: format.encoding)
    builder = ElementBuilder(format, plan: plan, text: text)
    parser = try ElementParser(builder, plan: plan)
    scanner = TagScanner(
      maxTagBytes: format.maxTagBytes, maxSectionBytes: format.maxRecordBytes, maxAttributes: format.maxAttributes)
  }

  /// - Throws: `malformed_xml`, `truncated_xml`, `document_type_refused`, `xml_limit`, `encoding_mismatch`,
  ///   `unsupported_encoding`, and what reading the file throws; each time again.
  public func next() throws(Problem) -> Delivery? {
    while nextFinished == builder.finished.count {
      if let failure { throw failure }
      if hasEnded { return nil }
      do throws(Problem) { try advance() } catch { failure = error }
    }
    let record = builder.finished.base[nextFinished]
    nextFinished += 1
    if let code = record.damage {
      damagedCount += 1
      return .damaged(damaged(record, code))
    }
    recordCount += 1
    let view = text.view(from: record.start, to: record.end)
    return .record(
      Record(
        base: UnsafePointer(builder.fields.base), ends: UnsafePointer(builder.ends.base + record.ends),
        start: UInt32(record.fields), fieldCount: format.fields.count, line: Int(record.line),
        byteOffset: record.byteOffset, raw: UnsafeRawBufferPointer(view)))
  }

  /// Reads a block and has it parsed.
  private func advance() throws(Problem) {
    builder.reset()
    nextFinished = 0
    var kept = min(builder.nextTagStart, fed)
    if let open = builder.openRecord {
      if text.end - open.start <= format.maxRecordBytes {
        kept = min(kept, open.start)
      } else if longBeginning == nil {
        let end = min(text.end, open.start + DamagedRecord.rawLimit)
        longBeginning = Array(text.view(from: open.start, to: end))
      }
    }
    try text.extend(keepingFrom: kept)
    var refusal: TagScanner.Refusal?
    do throws(TagScanner.Refusal) {
      let start = text.origin
      try scanner.scan(text.view(from: start, to: text.end), origin: start, into: builder.tags)
    } catch { refusal = error }
    if scanner.complete > fed {
      parser.feed(text.view(from: fed, to: scanner.complete))
      fed = scanner.complete
    }
    if builder.failure == nil, let refusal { builder.fail(problem(refusal)) }
    if builder.failure == nil && text.isAtEnd { end() }
    failure = builder.failure
  }

  private func end() {
    hasEnded = true
    let place = Place(text.bytes.name, line: Int(scanner.line))
    let after = "after \(builder.finishedCount) records"
    if let open = builder.openElement {
      return builder.fail(
        Problem(
          "truncated_xml", "the document ends too early, \(after)", at: place, found: "the end of the file",
          expected: "</\(open)>", advice: "Ask the source system to deliver the file again"))
    }
    if scanner.isInside || scanner.position == 0 {
      return builder.fail(
        Problem(
          "truncated_xml", "the document ends too early, \(after)", at: place, found: "the end of the file",
          expected: scanner.isInside ? "the end of a tag or comment" : "an XML document",
          advice: "Ask the source system to deliver the file again"))
    }
    parser.finish()
    if let bad = text.bad.first { builder.fail(builder.badText(bad.byteOffset)) }
  }

  private func problem(_ refusal: TagScanner.Refusal) -> Problem {
    let place = Place(text.bytes.name, line: Int(scanner.line))
    let after = "after \(builder.finishedCount) records"
    func limit(_ what: String, _ most: String) -> Problem {
      Problem("xml_limit", "\(what), \(after)", at: place, found: "more than \(most)", expected: "at most \(most)")
    }
    switch refusal {
    case .documentType:
      return Problem(
        "document_type_refused", "the document has a document type or other declaration, \(after)", at: place,
        expected: "a document without <!DOCTYPE>", advice: "Ask the source system to leave it out")
    case .nulByte:
      return Problem(
        "malformed_xml", "the document is not well-formed, \(after)", at: place, found: "a NUL byte",
        expected: "well-formed XML")
    case .tagTooLong: return limit("a tag is too long", "\(format.maxTagBytes) bytes")
    case .tooManyAttributes: return limit("a tag has too many attributes", "\(format.maxAttributes) attributes")
    case .sectionTooLong:
      return limit("a comment, CDATA section or instruction is too long", "\(format.maxRecordBytes) bytes")
    }
  }

  private func damaged(_ record: ElementBuilder.Finished, _ code: DamagedRecord.Code) -> DamagedRecord {
    // Where a beginning was put aside, the record is the first to be completed since.
    let kept =
      longBeginning ?? Array(text.view(from: record.start, to: min(record.end, record.start + DamagedRecord.rawLimit)))
    longBeginning = nil
    let found: String
    let expected: String
    switch code {
    case .recordTooLong:
      found = "\(record.detail) bytes"
      expected = "at most \(format.maxRecordBytes) bytes"
    case .repeatedField:
      found = "an element that stands more than once"
      expected = "each wanted element at most once"
    default:
      found = "an invalid sequence at byte \(record.detail)"
      expected = "text in \((text.encoding ?? .utf8).rawValue)"
    }
    return DamagedRecord(
      code: code, place: Place(text.bytes.name, line: Int(record.line), byteOffset: record.byteOffset),
      lineCount: kept.count(where: { $0 == 10 }) + 1, found: found, expected: expected, raw: kept,
      rawCount: record.end - record.start)
  }
}
