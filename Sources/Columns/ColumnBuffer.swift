import Glibc

/// One column of a batch that is filled before it is written, as plain memory that grows.
///
/// Who fills it reserves room, writes values, presence and texts through the pointers, and then adds the rows: nothing is
/// called for a value. Values lie side by side in the width of their type: one byte for booleans, Int32 for codes (numbers of
/// `dictionary`), and for texts, Int32, where each ends in `text`. Where a row has no value, 0 stands for it. Reserving moves
/// what the pointers point to.
public final class ColumnBuffer: @unchecked Sendable {
  public let spec: ColumnSpec
  let shape: ColumnShape
  /// Bytes of one value.
  let width: Int
  /// Rows so far.
  @exclusivity(unchecked)
  public private(set) var count = 0
  /// The value of row 0.
  @exclusivity(unchecked)
  public private(set) var values: UnsafeMutableRawPointer
  /// A byte a row whose lowest bit says whether it has a value; what the other bits say is the filler's.
  @exclusivity(unchecked)
  public private(set) var presence: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked)
  private var capacity = 0
  @exclusivity(unchecked)
  public private(set) var text: UnsafeMutableRawPointer
  /// Bytes of text so far.
  @exclusivity(unchecked)
  public private(set) var textCount = 0
  @exclusivity(unchecked)
  public private(set) var textCapacity = 0
  /// Texts of a code column by number, those it began with first.
  @exclusivity(unchecked)
  public private(set) var dictionary = ByteInterner()
  private let firstCodes: [String]
  /// Validity and booleans as they are written.
  @exclusivity(unchecked)
  var validity = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  @exclusivity(unchecked)
  var bits = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  /// Of texts, the 0 that Arrow has in front of the first end lies in front of `values`.
  private static let margin = Arrow.alignment
  var starts: UnsafeMutableRawPointer { values - 4 }

  /// - Parameter firstCodes: for code columns, texts that have the first numbers.
  public init(_ spec: ColumnSpec, firstCodes: [String] = []) {
    self.spec = spec
    self.firstCodes = firstCodes
    shape = ColumnShape(spec.type)
    width = Self.width(of: shape)
    values = Self.allocateValues(0)
    presence = .allocate(capacity: 1)
    text = .allocate(byteCount: 1, alignment: Arrow.alignment)
    for code in firstCodes { _ = dictionary.intern(code) }
  }

  deinit {
    (values - Self.margin).deallocate()
    validity.deallocate()
    bits.deallocate()
    presence.deallocate()
    text.deallocate()
  }

  private static func width(of shape: ColumnShape) -> Int {
    switch shape {
    case .bits, .one: 1
    case .two: 2
    case .four, .code, .text: 4
    case .eight: 8
    }
  }

  /// Makes room for so many rows more.
  public func reserve(rows: Int) {
    let needed = count + rows
    if needed <= capacity { return }
    let larger = max(needed, capacity * 2, 1_024)
    let values = Self.allocateValues(larger * width)
    values.copyMemory(from: self.values, byteCount: count * width)
    (self.values - Self.margin).deallocate()
    self.values = values
    let presence = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    presence.update(from: self.presence, count: count)
    self.presence.deallocate()
    self.presence = presence
    capacity = larger
  }

  /// Makes room for so many bytes of text behind `used`, which may be ahead of `textCount`.
  public func reserve(text bytes: Int, behind used: Int) {
    let needed = used + bytes
    if needed <= textCapacity { return }
    precondition(needed <= Int(Int32.max), "one batch holds more than 2 GiB of text")
    let larger = min(max(needed, textCapacity * 2, 4_096), Int(Int32.max))
    let text = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: Arrow.alignment)
    text.copyMemory(from: self.text, byteCount: used)
    self.text.deallocate()
    self.text = text
    textCapacity = larger
  }

  private static func allocateValues(_ bytes: Int) -> UnsafeMutableRawPointer {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: margin + bytes, alignment: Arrow.alignment)
    memset(raw, 0, margin)
    return raw + margin
  }

  /// Takes over rows that were written behind the last one; of texts, the last row's end says how many bytes there are.
  public func add(rows: Int) {
    precondition(count + rows <= capacity, "rows were written where no room was reserved")
    count += rows
    if shape == .text, count > 0 { textCount = Int(end(of: count - 1)) }
    precondition(textCount <= textCapacity, "text was written where no room was reserved")
  }

  /// Adds rows without values.
  public func addNulls(_ rows: Int) {
    reserve(rows: rows)
    (presence + count).update(repeating: 0, count: rows)
    if shape == .text {
      (values.assumingMemoryBound(to: Int32.self) + count).update(repeating: Int32(textCount), count: rows)
    } else {
      memset(values + count * width, 0, rows * width)
    }
    count += rows
  }

  /// Where the text of a row ends.
  @inline(__always)
  private func end(of row: Int) -> Int32 { values.load(fromByteOffset: row &* 4, as: Int32.self) }

  /// The text of a row, for text columns.
  public func bytes(_ row: Int) -> UnsafeRawBufferPointer {
    let start = row == 0 ? 0 : Int(end(of: row - 1))
    return UnsafeRawBufferPointer(start: text + start, count: Int(end(of: row)) - start)
  }

  /// Of the rows from `start` on, keeps those that `isKept` marks with other than 0.
  public func keep(from start: Int, _ isKept: UnsafePointer<UInt8>) {
    var kept = start
    var textEnd = shape == .text && start > 0 ? Int(end(of: start - 1)) : 0
    var from = textEnd
    for row in start..<count {
      let until = shape == .text ? Int(end(of: row)) : 0
      if isKept[row - start] != 0 {
        presence[kept] = presence[row]
        if shape == .text {
          memmove(text + textEnd, text + from, until - from)
          textEnd += until - from
          values.storeBytes(of: Int32(textEnd), toByteOffset: kept * 4, as: Int32.self)
        } else if kept != row {
          memcpy(values + kept * width, values + row * width, width)
        }
        kept += 1
      }
      from = until
    }
    count = kept
    textCount = textEnd
  }

  /// Forgets all rows, and all codes but the first ones.
  public func removeAll() {
    count = 0
    textCount = 0
    if dictionary.count > firstCodes.count {
      dictionary = ByteInterner()
      for code in firstCodes { _ = dictionary.intern(code) }
    }
  }
}
