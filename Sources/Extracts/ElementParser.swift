import Basics
import CLibXML2

/// libxml2's push parser in a profile for documents from anybody: no network, no external entities, no document type.
///
/// Tried against external entities, nested entities and external document types by the tests. `NOENT`, `DTDLOAD` and
/// `HUGE` stay off; a document type stops the parser before its first declaration.
final class ElementParser {
  private let context: xmlParserCtxtPtr
  let builder: ElementBuilder

  private static let sectionBreak = "]]><![CDATA["

  private static let library: Void = {
    xmlInitParser()
    xmlSetExternalEntityLoader { _, _, _ in nil }
  }()

  init(_ format: ElementFormat, plan: ElementPlan, text: ElementText) throws(Problem) {
    Self.library
    var handlers = xmlSAXHandler()
    handlers.initialized = UInt32(XML_SAX2_MAGIC)
    handlers.startElementNs = { builder, name, _, uri, _, _, count, _, attributes in
      ElementParser.with(builder) { $0.start(name, uri, attributes: attributes, count: Int(count)) }
    }
    handlers.endElementNs = { builder, _, _, _ in ElementParser.with(builder) { $0.end() } }
    handlers.characters = { builder, bytes, count in
      guard let bytes else { return }
      ElementParser.with(builder) { $0.characters(bytes, count: Int(count)) }
    }
    handlers.cdataBlock = { builder, bytes, count in
      guard let bytes else { return }
      ElementParser.with(builder) { $0.section(bytes, count: Int(count)) }
    }
    handlers.ignorableWhitespace = handlers.characters
    handlers.internalSubset = { builder, _, _, _ in
      ElementParser.with(builder) { $0.fail(Problem("document_type_refused", "the document has a document type")) }
    }
    handlers.serror = { builder, error in
      guard let error else { return }
      ElementParser.with(builder) { $0.fail(on: error.pointee) }
    }
    let context = xmlCreatePushParserCtxt(&handlers, nil, nil, 0, nil)
    guard let context else { throw Problem("libxml2_failed", "libxml2 cannot start") }
    self.context = context
    builder = ElementBuilder(format, plan: plan, text: text, context: context)
    context.pointee.userData = Unmanaged.passUnretained(builder).toOpaque()
    // What is fed is UTF-8, whatever the document was and declares.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_IGNORE_ENC.rawValue
    xmlCtxtUseOptions(context, Int32(options))
    context.pointee.charset = Int32(XML_CHAR_ENCODING_UTF8.rawValue)
  }

  deinit { xmlFreeParserCtxt(context) }

  /// Parses more text; what comes of it is with the builder.
  func feed(_ text: UnsafeBufferPointer<UInt8>) {
    text.withMemoryRebound(to: CChar.self) { text in
      _ = xmlParseChunk(context, text.baseAddress, Int32(text.count), 0)
    }
  }

  /// Makes two CDATA sections of one that goes on: of a long one libxml2 takes 300 bytes a chunk and keeps the rest.
  func breakSection() {
    var between = Self.sectionBreak
    between.withUTF8 { feed($0) }
    builder.addedBytes += between.utf8.count
  }

  /// How many different names libxml2 holds; it keeps each to the end, in a table that does not grow with them.
  var nameCount: Int { Int(xmlDictSize(context.pointee.dict)) }

  /// How many namespace declarations are in scope; each name with a prefix is looked up among them one by one.
  var namespaceCount: Int { Int(context.pointee.nsNr) / 2 }

  /// Ends the document.
  func finish() { _ = xmlParseChunk(context, nil, 0, 1) }

  private static func with(_ builder: UnsafeMutableRawPointer?, _ act: (ElementBuilder) -> Void) {
    guard let builder else { return }
    Unmanaged<ElementBuilder>.fromOpaque(builder)._withUnsafeGuaranteedRef(act)
  }
}

extension ElementBuilder {
  /// Takes an error or a namespace or version error of libxml2 as the end; other warnings pass.
  fileprivate func fail(on error: xmlError) {
    let isVersion = error.code == Int32(XML_WAR_UNKNOWN_VERSION.rawValue)
    guard error.level.rawValue >= XML_ERR_ERROR.rawValue || isVersion else { return }
    // A namespace may have any name; libxml2 asks for a URI in ASCII.
    if error.code == Int32(XML_WAR_NS_URI.rawValue) { return }
    let words = words(for: error)
    let position = position
    // A flaw just where libxml2 objects is what it objects to.
    fail(malformed(words, line: max(1, Int(error.line)), at: position), at: position + 1)
  }

  /// libxml2's words where all names in them are known: in a damaged document a value may stand where a name should.
  private func words(for error: xmlError) -> String {
    let named = [error.str1, error.str2, error.str3].compactMap { $0.map { String(cString: $0) } }
    if let message = error.message, named.allSatisfy(plan.names) {
      return String(cString: message).split(separator: "\n").joined(separator: " ")
    }
    switch error.code {
    case Int32(XML_ERR_TAG_NAME_MISMATCH.rawValue): return "an end tag of another element than the open one"
    case Int32(XML_ERR_ATTRIBUTE_REDEFINED.rawValue): return "an attribute that stands twice"
    case Int32(XML_ERR_ATTRIBUTE_WITHOUT_VALUE.rawValue): return "an attribute without a value"
    case Int32(XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue): return "a prefix that is not declared"
    default: return "what libxml2 refuses by its error \(error.code)"
    }
  }
}
