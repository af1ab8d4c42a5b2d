import Basics

/// One line of a CSV list, built as bytes and quoted as `CSVText` quotes.
struct ListRow {
  /// For machines cells are exact; for people a cell that a spreadsheet would run as a formula is neutralised.
  let isForPeople: Bool
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  init(isForPeople: Bool) {
    self.isForPeople = isForPeople
    bytes.reserveCapacity(1024)
  }

  mutating func start() {
    bytes.removeAll(keepingCapacity: true)
    isFirst = true
  }

  mutating func append(_ cell: UnsafeRawBufferPointer) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    let isFormula = isForPeople && cell.first.map(Self.startsFormula) ?? false
    if !Self.mustQuote(cell) {
      if isFormula { bytes.append(UInt8(ascii: "'")) }
      bytes.append(contentsOf: cell)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in cell {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func append(_ cell: [UInt8]) { cell.withUnsafeBytes { append($0) } }

  mutating func append(_ cell: String) {
    var cell = cell
    cell.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  mutating func end() { bytes.append(UInt8(ascii: "\n")) }

  private static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: true
    default: false
    }
  }

  private static func mustQuote(_ cell: UnsafeRawBufferPointer) -> Bool {
    for byte in cell where byte <= UInt8(ascii: ",") {
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13 { return true }
    }
    return false
  }
}
