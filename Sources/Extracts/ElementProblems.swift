import Basics

/// What is said of documents that cannot be read on and of records that are damaged.
extension ElementBuilder {
  private static let deliverAgain = "Ask the source system to deliver the file again"

  /// What became of everything before a failure.
  var account: String { "after \(soundCount) sound and \(damagedCount) damaged records" }

  private var fileName: String { text.bytes.name }

  private func place(_ line: Int32, at position: Int) -> Place {
    Place(fileName, line: Int(line), byteOffset: text.offsets.byteOffset(of: position))
  }

  var outOfStep: Problem {
    let line = tags.count > 0 ? tags.base[min(usedTags, tags.count - 1)].line : 1
    return Problem(
      "malformed_xml", "the document's tags cannot be followed, \(account)", at: Place(fileName, line: Int(line)),
      expected: "well-formed XML")
  }

  /// What libxml2 refuses.
  func malformed(_ words: String, line: Int, at position: Int) -> Problem {
    Problem(
      "malformed_xml", "the document is not well-formed, \(account)", at: place(Int32(line), at: position),
      found: words, expected: "well-formed XML", advice: Self.deliverAgain)
  }

  /// Without this, another document would pass for one without records.
  func otherDocument(_ name: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, at tag: Tag) -> Problem {
    let root = plan.nodes[1].name
    func element(_ name: String?, _ uri: String?) -> String {
      "<\(name ?? "")>" + (root.uri == nil ? "" : uri.map { " in the namespace \($0)" } ?? " in no namespace")
    }
    return Problem(
      "other_document", "the outermost element is not that of the records' path", at: place(tag.line, at: tag.start),
      found: element(name.map { String(cString: $0) }, uri.map { String(cString: $0) }),
      expected: element(root.local, root.uri),
      advice: Self.deliverAgain + ", or correct `record`")
  }

  /// A flaw outside of the records spoils the document.
  func outside(_ flaw: Flaw) -> Problem {
    let (found, expected) = words(for: flaw.code, detail: flaw.byteOffset)
    return Problem(
      "malformed_xml", "what stands outside the records is damaged, \(account)",
      at: Place(fileName, byteOffset: flaw.byteOffset), found: found, expected: expected, advice: Self.deliverAgain)
  }

  /// The end of the file came before that of the document.
  func truncated(_ scanner: TagScanner, expected: String) -> Problem {
    Problem(
      "truncated_xml", "the document ends too early, \(account)",
      at: Place(fileName, line: Int(scanner.line), byteOffset: text.byteCount), found: "the end of the file",
      expected: expected, advice: Self.deliverAgain)
  }

  func refused(_ refusal: TagScanner.Refusal, _ scanner: TagScanner) -> Problem {
    let place = place(scanner.startLine, at: scanner.complete)
    func limit(_ what: String, _ most: String) -> Problem {
      Problem("xml_limit", "\(what), \(account)", at: place, found: "more than \(most)", expected: "at most \(most)")
    }
    switch refusal {
    case .documentType:
      return Problem(
        "document_type_refused", "the document has a document type or other declaration, \(account)", at: place,
        expected: "a document without <!DOCTYPE>", advice: "Ask the source system to leave it out")
    case .tagTooLong: return limit("a tag is too long", "\(format.maxTagBytes) bytes")
    case .tooManyAttributes: return limit("a tag has too many attributes", "\(format.maxAttributes) attributes")
    case .nameTooLong: return limit("the name of an element or attribute is too long", "\(format.maxNameBytes) bytes")
    case .tooManyNames: return limit("the document has too many different names", "\(format.maxNames) names")
    case .tooManyNamespaces:
      return limit("too many namespaces are declared at once", "\(format.maxNamespaces) namespaces")
    case .tooDeep: return limit("elements are nested too deeply", "\(format.maxDepth) levels")
    case .commentTooLong: return limit("a comment or instruction is too long", "\(format.maxCommentBytes) bytes")
    case .documentTypeTooLong: return limit("the document type is too long", "\(format.maxCommentBytes) bytes")
    }
  }

  // MARK: Damaged records

  /// - Parameter kept: what is kept of its bytes.
  func damaged(_ record: Finished, _ code: DamagedRecord.Code, kept: [UInt8]) -> DamagedRecord {
    let (found, expected) = words(for: code, detail: record.detail)
    return DamagedRecord(
      code: code, place: Place(fileName, line: Int(record.line), byteOffset: record.byteOffset),
      lineCount: kept.count(where: { $0 == 10 }) + 1, found: found, expected: expected, raw: kept,
      rawCount: record.end - record.start)
  }

  private func words(for code: DamagedRecord.Code, detail: Int) -> (found: String, expected: String) {
    switch code {
    case .recordTooLong: ("\(detail) bytes", "at most \(format.maxRecordBytes) bytes")
    case .fieldTooLong:
      (
        detail >= 0 && detail < format.fields.count
          ? "a longer text of \(format.fields[detail])" : "a longer attribute",
        "at most \(format.maxTextBytes) bytes"
      )
    case .repeatedField: ("an element that stands more than once", "each wanted element at most once")
    case .undefinedEntity:
      ("an entity that is not declared at byte \(detail)", "&lt; &gt; &amp; &apos; &quot; or a character's number")
    case .strayAmpersand: ("an ampersand that begins no reference at byte \(detail)", "&amp;")
    case .forbiddenCharacter: ("a character that XML forbids at byte \(detail)", "characters that XML allows")
    case .nulByte: ("a NUL byte at byte \(detail)", "text without NUL bytes")
    default: ("an invalid sequence at byte \(detail)", "text in \((text.encoding ?? .utf8).rawValue)")
    }
  }
}
