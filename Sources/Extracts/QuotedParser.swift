import Basics
import CLibCSV

/// Splits records in which a quote stands, each fed in parts that end behind a line end or at the record's end.
protocol QuotedParsing: AnyObject {
  /// The fields of the last record, as `Record` reads them.
  var base: UnsafePointer<UInt8> { get }
  var ends: UnsafePointer<UInt32> { get }
  var fieldCount: Int { get }
  /// Begins a record.
  func begin()
  /// Feeds a part of the record; gives where in it a quote stands that must not, or nil.
  func feed(_ bytes: UnsafeRawBufferPointer) -> Int?
  /// Ends the record; false where a quote is left open.
  func end() -> Bool
}

/// libcsv in strict mode, for separators of one byte.
///
/// Nothing is trimmed: libcsv sees neither spaces nor line ends, only separators and quotes. What it may allocate is
/// bounded by the longest record that the reader gives it.
final class QuotedParser: QuotedParsing {
  private let parser: UnsafeMutablePointer<csv_parser>
  private let fields: Growable<UInt8>
  private let fieldEnds: Growable<UInt32>

  var base: UnsafePointer<UInt8> { UnsafePointer(fields.base) }
  var ends: UnsafePointer<UInt32> { UnsafePointer(fieldEnds.base) }
  var fieldCount: Int { fieldEnds.count }

  init(separator: UInt8, quote: UInt8) throws(Problem) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: csv_parser())
    fields = Growable(capacity: 4096)
    fieldEnds = Growable(capacity: 256)
    guard csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI)) == 0 else {
      throw Problem("libcsv_failed", "libcsv cannot start")
    }
    csv_set_delim(parser, separator)
    csv_set_quote(parser, quote)
    csv_set_space_func(parser) { _ in 0 }
    csv_set_term_func(parser) { _ in 0 }
    csv_set_blk_size(parser, 4096)
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
  }

  /// Forgets what was fed, also after an error, from which libcsv does not recover by itself.
  func begin() {
    parser.pointee.pstate = 0
    parser.pointee.quoted = 0
    parser.pointee.spaces = 0
    parser.pointee.entry_pos = 0
    parser.pointee.status = 0
    fields.count = 0
    fieldEnds.count = 0
  }

  func feed(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard !bytes.isEmpty else { return nil }
    // A record's fields are no longer than the record, so that the callback never has to grow them.
    fields.reserve(bytes.count + Int(parser.pointee.entry_pos) + 2)
    fieldEnds.reserve(bytes.count + 1)
    let parsed = csv_parse(
      parser, bytes.baseAddress, bytes.count, Self.takeField, { _, _ in }, Unmanaged.passUnretained(self).toOpaque())
    return parsed == bytes.count ? nil : parsed
  }

  func end() -> Bool {
    fields.reserve(Int(parser.pointee.entry_pos) + 2)
    fieldEnds.reserve(1)
    return csv_fini(parser, Self.takeField, { _, _ in }, Unmanaged.passUnretained(self).toOpaque()) == 0
  }

  private static let takeField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
    bytes, count, this in
    guard let this else { return }
    Unmanaged<QuotedParser>.fromOpaque(this)._withUnsafeGuaranteedRef { parser in
      if let bytes { parser.fields.append(bytes.assumingMemoryBound(to: UInt8.self), count: count) }
      parser.fieldEnds.append(UInt32(parser.fields.count))
      parser.fields.append(0)
    }
  }
}
