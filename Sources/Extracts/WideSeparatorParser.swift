/// Splits quoted records whose separators are longer than one byte, which libcsv cannot, by the rules of its strict mode: a
/// quote opens at a field's beginning only, is doubled inside, and closes before a separator or the record's end only.
final class WideSeparatorParser: QuotedParsing {
  private enum State { case fieldStart, unquoted, quoted, behindQuote }

  private let separator: [UInt8]
  private let quote: UInt8
  private var state = State.fieldStart
  private let fields = Growable<UInt8>(capacity: 4096)
  private let fieldEnds = Growable<UInt32>(capacity: 256)

  var base: UnsafePointer<UInt8> { UnsafePointer(fields.base) }
  var ends: UnsafePointer<UInt32> { UnsafePointer(fieldEnds.base) }
  var fieldCount: Int { fieldEnds.count }

  init(separator: [UInt8], quote: UInt8) {
    self.separator = separator
    self.quote = quote
  }

  func begin() {
    state = .fieldStart
    fields.count = 0
    fieldEnds.count = 0
  }

  func feed(_ bytes: UnsafeRawBufferPointer) -> Int? {
    fields.reserve(2 * bytes.count + 1)
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      switch state {
      case .quoted:
        if byte == quote { state = .behindQuote } else { fields.append(byte) }
      case .behindQuote where byte == quote:
        fields.append(quote)
        state = .quoted
      case .fieldStart where byte == quote:
        state = .quoted
      case .fieldStart, .unquoted, .behindQuote:
        if isSeparator(bytes, at) {
          endField()
          at += separator.count
          continue
        }
        if byte == quote || state == .behindQuote { return at }
        fields.append(byte)
        state = .unquoted
      }
      at += 1
    }
    return nil
  }

  func end() -> Bool {
    if state == .quoted { return false }
    endField()
    return true
  }

  private func isSeparator(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Bool {
    guard bytes[at] == separator[0], at + separator.count <= bytes.count else { return false }
    return separator.indices.allSatisfy { bytes[at + $0] == separator[$0] }
  }

  private func endField() {
    fieldEnds.append(UInt32(fields.count))
    // One byte between fields, as after libcsv.
    fields.append(0)
    state = .fieldStart
  }
}
