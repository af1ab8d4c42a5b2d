import Basics
import CLibXML2

/// libxml2's push parser in a profile for documents from anybody: no network, no external entities, no document type.
///
/// Tried against external entities, nested entities and external document types by the tests. `NOENT`, `DTDLOAD` and
/// `HUGE` stay off; a document type stops the parser before its first declaration.
final class ElementParser {
  private let context: xmlParserCtxtPtr
  private let builder: ElementBuilder

  private static let sectionBreak = "]]><![CDATA["

  private static let library: Void = {
    xmlInitParser()
    xmlSetExternalEntityLoader { _, _, _ in nil }
  }()

  init(_ builder: ElementBuilder) throws(Problem) {
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
    handlers.cdataBlock = handlers.characters
    handlers.ignorableWhitespace = handlers.characters
    handlers.internalSubset = { builder, _, _, _ in
      ElementParser.with(builder) { $0.fail(Problem("document_type_refused", "the document has a document type")) }
    }
    handlers.serror = { builder, error in
      guard let error else { return }
      ElementParser.with(builder) { $0.fail(on: error.pointee) }
    }
    let context = xmlCreatePushParserCtxt(&handlers, Unmanaged.passUnretained(builder).toOpaque(), nil, 0, nil)
    guard let context else { throw Problem("libxml2_failed", "libxml2 cannot start") }
    self.context = context
    self.builder = builder
    // What is fed is UTF-8, whatever the document was and declares.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_IGNORE_ENC.rawValue
    xmlCtxtUseOptions(context, Int32(options))
    context.pointee.charset = Int32(XML_CHAR_ENCODING_UTF8.rawValue)
    builder.context = context
    builder.intern { name in xmlDictLookup(context.pointee.dict, name, -1) }
  }

  deinit {
    builder.context = nil
    xmlFreeParserCtxt(context)
  }

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
    // libxml2's words name tags and bytes, not values; an entity's name might be one (`AT&T;`).
    var words = "what libxml2 refuses"
    if error.code == Int32(XML_ERR_UNDECLARED_ENTITY.rawValue) {
      words = "an entity that is not declared"
    } else if let message = error.message {
      words = String(cString: message).split(separator: "\n").joined(separator: " ")
    }
    let position = position
    fail(malformed(words, line: max(1, Int(error.line)), at: position), at: position)
  }

  /// How far libxml2 has come in the document.
  private var position: Int {
    guard let context, let input = context.pointee.input else { return 0 }
    return Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base) - addedBytes
  }
}
