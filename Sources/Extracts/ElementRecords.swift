import Basics

/// Reads elements of an XML document as records.
///
/// A wanted field that is not there is absent (`Record.isAbsent`), one without text is empty. What spoils a record alone
/// makes that record damaged and reading goes on: bytes that are not in the encoding, characters that XML forbids, entities
/// that are none of the five, values or records beyond the limits, elements that may stand once and stand twice. Anything
/// else that is not well-formed, and any flaw outside the records, ends the document. Memory holds a block of the document
/// and the record that is open, whatever the size of the file.
///
/// The raw text of a record is UTF-8, with U+FFFD for what is not well encoded and a line feed for a lone carriage return.
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

  /// - Throws: `bad_record_path`, `bad_field_path`, `unknown_namespace`.
  public convenience init(_ bytes: ExtractBytes, format: ElementFormat) throws(Problem) {
    try self.init(ElementText(bytes, encoding: format.encoding), format: format)
  }

  init(_ text: ElementText, format: ElementFormat) throws(Problem) {
    self.format = format
    self.text = text
    parser = try ElementParser(format, plan: try ElementPlan(format), text: text)
    builder = parser.builder
    scanner = TagScanner(format)
  }

  /// - Throws: `malformed_xml`, `truncated_xml`, `document_type_refused`, `xml_limit`, `other_document`,
  ///   `encoding_mismatch`, `unsupported_encoding`, and what reading the file throws; each time again.
  public func next() throws(Problem) -> Delivery? {
    while nextFinished == builder.finished.count {
      if try !advance() { return nil }
    }
    let finished = builder.finished.base[nextFinished]
    nextFinished += 1
    if let code = finished.damage { return .damaged(damaged(finished, code)) }
    recordCount += 1
    return .record(record(finished))
  }

  public func fill(_ batch: RecordBatch) throws(Problem) -> Delivery? {
    batch.removeAll()
    while nextFinished == builder.finished.count {
      if try !advance() { return nil }
    }
    while nextFinished < builder.finished.count && !batch.isFull {
      let finished = builder.finished.base[nextFinished]
      nextFinished += 1
      if let code = finished.damage { return .damaged(damaged(finished, code)) }
      recordCount += 1
      batch.append(record(finished))
    }
    return nil
  }

  @inline(__always)
  private func record(_ finished: ElementBuilder.Finished) -> Record {
    Record(
      base: UnsafePointer(builder.fields.base), ends: UnsafePointer(builder.ends.base + finished.ends),
      start: UInt32(finished.fields), fieldCount: format.fields.count, line: Int(finished.line),
      byteOffset: finished.byteOffset,
      raw: UnsafeRawBufferPointer(text.view(from: finished.start, to: finished.end)))
  }

  private func damaged(_ record: ElementBuilder.Finished, _ code: DamagedRecord.Code) -> DamagedRecord {
    damagedCount += 1
    // Where a beginning was put aside, the record is the first to be completed since.
    let kept =
      longBeginning ?? Array(text.view(from: record.start, to: min(record.end, record.start + DamagedRecord.rawLimit)))
    longBeginning = nil
    return builder.damaged(record, code, kept: kept)
  }

  // MARK: Reading on

  /// Reads a block and has it parsed; false at the end of the document.
  private func advance() throws(Problem) -> Bool {
    if let failure { throw failure }
    if hasEnded { return false }
    do throws(Problem) { try parseBlock() } catch { failure = error }
    return true
  }

  private func parseBlock() throws(Problem) {
    let kept = keptStart()
    builder.reset()
    nextFinished = 0
    try text.extend(keepingFrom: kept)
    var refusal: TagScanner.Refusal?
    do throws(TagScanner.Refusal) { try scanner.scan(text, into: builder.tags) } catch { refusal = error }
    if scanner.complete > fed {
      parser.feed(UnsafeBufferPointer(text.view(from: fed, to: scanner.complete)))
      if scanner.isInSection { parser.breakSection() }
      fed = scanner.complete
    }
    if parser.nameCount > format.maxNames { refusal = .tooManyNames }
    if parser.namespaceCount > format.maxNamespaces { refusal = .tooManyNamespaces }
    text.unmask(before: fed)
    builder.failOnFlawOutside(before: min(builder.nextTagStart, fed))
    if let refusal { builder.fail(builder.refused(refusal, scanner), at: scanner.complete) }
    if builder.failure == nil && text.isAtEnd { end() }
    text.flaws.thin(before: min(builder.nextTagStart, fed))
    failure = builder.failure
  }

  /// From where on the text is still needed.
  private func keptStart() -> Int {
    let kept = min(builder.nextTagStart, fed)
    guard let open = builder.openRecord else { return kept }
    if text.end - open.start <= format.maxRecordBytes { return min(kept, open.start) }
    if longBeginning == nil {
      let end = min(text.end, open.start + DamagedRecord.rawLimit)
      longBeginning = Array(text.view(from: open.start, to: end))
    }
    return kept
  }

  private func end() {
    hasEnded = true
    if let expected = builder.expectedEndTag { return builder.fail(builder.truncated(scanner, expected: expected)) }
    if scanner.isInside || scanner.position == 0 {
      let expected = scanner.isInside ? "the end of a tag or comment" : "an XML document"
      return builder.fail(builder.truncated(scanner, expected: expected))
    }
    parser.finish()
    builder.failOnFlawOutside(before: .max)
  }
}
