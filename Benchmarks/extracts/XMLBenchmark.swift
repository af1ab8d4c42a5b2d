import Basics
import CLibXML2
import Extracts
import Glibc

/// Records of an XML extract with their fields, held against libxml2's push parser that calls back and does nothing else.
///
/// The two take turns, and the least of five rounds counts. The aim is a ratio of at most 2.
enum XMLBenchmark {
  static let rounds = 5

  static func run(_ arguments: [String]) throws {
    guard arguments.count >= 2 else { throw BenchmarkUsage() }
    let path = arguments[0]
    let format = ElementFormat(recordPath: arguments[1], fields: Array(arguments.dropFirst(2)))
    var bare = Double.infinity
    var ours = Double.infinity
    var elements = 0
    var records = 0
    for _ in 0..<rounds {
      bare = min(bare, try seconds { elements = try parse(path) })
      ours = min(ours, try seconds { records = try read(path, format) })
    }
    print("       MiB  libxml2  records    ratio")
    print(
      decimal(Double(try Files.size(path)) / 1_048_576, width: 10) + decimal(bare, width: 9) + decimal(ours, width: 9)
        + decimal(ours / bare, width: 9))
    print("\(elements) elements, \(records) records, peak memory \(peakMemoryMiB()) MiB")
  }

  private static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = cpuSeconds()
    try work()
    return cpuSeconds() - start
  }

  private static func read(_ path: String, _ format: ElementFormat) throws -> Int {
    let reader = try ElementRecords(ExtractBytes(path), format: format)
    let batch = RecordBatch()
    var bytes = 0
    while true {
      let delivery = try reader.fill(batch)
      if delivery == nil && batch.count == 0 { break }
      for index in 0..<batch.count {
        let record = batch[index]
        for field in 0..<record.fieldCount { bytes += record.field(field).count }
      }
    }
    return bytes == 0 ? 0 : reader.recordCount
  }

  /// Gives the number of elements.
  private static func parse(_ path: String) throws -> Int {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem.unreadable(path) }
    defer { close(descriptor) }
    var handlers = xmlSAXHandler()
    handlers.initialized = UInt32(XML_SAX2_MAGIC)
    handlers.startElementNs = { count, _, _, _, _, _, _, _, _ in
      count?.assumingMemoryBound(to: Int.self).pointee += 1
    }
    handlers.endElementNs = { _, _, _, _ in }
    handlers.characters = { _, _, _ in }
    handlers.cdataBlock = handlers.characters
    handlers.ignorableWhitespace = handlers.characters
    var count = 0
    let block = UnsafeMutablePointer<CChar>.allocate(capacity: 64 << 10)
    defer { block.deallocate() }
    try withUnsafeMutablePointer(to: &count) { count throws in
      guard let context = xmlCreatePushParserCtxt(&handlers, count, nil, 0, nil) else {
        throw Problem("libxml2_failed", "libxml2 cannot start")
      }
      defer { xmlFreeParserCtxt(context) }
      xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue))
      while true {
        let read = Glibc.read(descriptor, block, 64 << 10)
        if read <= 0 { break }
        guard xmlParseChunk(context, block, Int32(read), 0) == 0 else {
          throw Problem("malformed_xml", "libxml2 refuses the document", at: Place(path))
        }
      }
      xmlParseChunk(context, nil, 0, 1)
    }
    return count
  }
}
