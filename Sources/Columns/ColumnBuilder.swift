/// How a column's values lie in memory.
@usableFromInline
enum ColumnShape: UInt8, Sendable {
  case bits, one, two, four, eight, text, code

  init(_ type: ColumnType) {
    switch type {
    case .boolean: self = .bits
    case .int8: self = .one
    case .int16: self = .two
    case .int32, .date: self = .four
    case .int64, .timestamp, .money: self = .eight
    case .utf8: self = .text
    case .code: self = .code
    }
  }

  /// Bytes of `count` values, without the texts themselves.
  func byteCount(_ count: Int) -> Int {
    switch self {
    case .bits: (count + 7) / 8
    case .one: count
    case .two: count * 2
    case .four, .code: count * 4
    case .eight: count * 8
    case .text: count == 0 ? 0 : (count + 1) * 4
    }
  }
}

/// What changes with every row, behind a pointer: a class's own fields would be checked for overlapping access each time.
@usableFromInline
struct BuilderState {
  @usableFromInline var count = 0
  @usableFromInline var nullCount = 0
  @usableFromInline var capacity: Int
  @usableFromInline var values: UnsafeMutableRawPointer
  @usableFromInline var validity: UnsafeMutablePointer<UInt8>
  @usableFromInline var text: UnsafeMutableRawPointer
  @usableFromInline var textCount = 0
  @usableFromInline var textCapacity: Int

  init(capacity: Int, shape: ColumnShape) {
    self.capacity = capacity
    let valueBytes = max(8, shape.byteCount(capacity))
    values = .allocate(byteCount: valueBytes, alignment: Arrow.alignment)
    values.initializeMemory(as: UInt8.self, repeating: 0, count: valueBytes)
    validity = .allocate(capacity: (capacity + 7) / 8)
    validity.initialize(repeating: 0xFF, count: (capacity + 7) / 8)
    textCapacity = shape == .text ? max(64, capacity * 8) : 0
    text = .allocate(byteCount: max(1, textCapacity), alignment: Arrow.alignment)
  }
}

/// Takes one value a row for one column of a `TableWriter`.
///
/// A value that does not fit the column's type, and a second value in one row, are bugs of the caller and trap.
public final class ColumnBuilder: @unchecked Sendable {
  public let spec: ColumnSpec
  @usableFromInline let shape: ColumnShape
  @usableFromInline let state: UnsafeMutablePointer<BuilderState>
  /// The texts of a code column; empty for other types.
  public let dictionary: ByteInterner
  /// A batch whose text grows beyond this is written before it is full: offsets are 32 bits wide.
  static let textLimit = 256 << 20
  private let textLimit: Int

  init(_ spec: ColumnSpec, capacity: Int, textLimit: Int) {
    self.spec = spec
    self.textLimit = textLimit
    shape = ColumnShape(spec.type)
    state = .allocate(capacity: 1)
    state.initialize(to: BuilderState(capacity: capacity, shape: shape))
    dictionary = ByteInterner()
  }

  deinit {
    state.pointee.values.deallocate()
    state.pointee.validity.deallocate()
    state.pointee.text.deallocate()
    state.deallocate()
  }

  /// Values since the last batch was written.
  @usableFromInline var count: Int { state.pointee.count }

  /// For every type but texts: dates in days, timestamps in seconds, money in minor units, booleans as 0 or 1.
  @inlinable
  public func append(_ integer: Int64) {
    let row = nextRow()
    let values = state.pointee.values
    switch shape {
    case .eight: values.storeBytes(of: integer, toByteOffset: row &* 8, as: Int64.self)
    case .four: values.storeBytes(of: Int32(integer), toByteOffset: row &* 4, as: Int32.self)
    case .two: values.storeBytes(of: Int16(integer), toByteOffset: row &* 2, as: Int16.self)
    case .one: values.storeBytes(of: Int8(integer), toByteOffset: row, as: Int8.self)
    case .bits:
      precondition(integer == 0 || integer == 1, "a boolean column takes 0 or 1")
      setBit(row, integer)
    case .text, .code: preconditionFailure("column \(spec.name) takes texts, not numbers")
    }
    state.pointee.count = row &+ 1
  }

  @inlinable
  public func append(_ value: Bool) {
    precondition(shape == .bits, "only a boolean column takes true and false")
    let row = nextRow()
    setBit(row, value ? 1 : 0)
    state.pointee.count = row &+ 1
  }

  /// For texts and codes; the bytes are UTF-8 and are copied.
  @inlinable
  public func append(utf8 bytes: UnsafeRawBufferPointer) {
    if shape == .code { return append(code: dictionary.intern(bytes)) }
    precondition(shape == .text, "only a text or code column takes texts")
    let row = nextRow()
    let start = state.pointee.textCount
    let end = start &+ bytes.count
    if end > state.pointee.textCapacity { growText(end) }
    if let base = bytes.baseAddress {
      (state.pointee.text + start).copyMemory(from: base, byteCount: bytes.count)
    }
    state.pointee.values.storeBytes(of: Int32(truncatingIfNeeded: end), toByteOffset: (row &+ 1) &* 4, as: Int32.self)
    state.pointee.textCount = end
    state.pointee.count = row &+ 1
  }

  @inlinable
  public func append(_ text: String) {
    var text = text
    text.withUTF8 { append(utf8: UnsafeRawBufferPointer($0)) }
  }

  /// Appends the text, or null where it is nil.
  @inlinable
  public func append(_ text: String?) {
    if let text { append(text) } else { appendNull() }
  }

  /// For code columns: the number of `text` in the dictionary, a new one where it is not there yet.
  public func intern(_ text: String) -> Int32 { dictionary.intern(text) }

  /// For code columns: a number that `intern` gave, or -1 for null.
  @inlinable
  public func append(code: Int32) {
    precondition(shape == .code, "only a code column takes codes")
    if code < 0 { return appendNull() }
    precondition(Int(code) < dictionary.count, "a code that was never given out")
    let row = nextRow()
    state.pointee.values.storeBytes(of: code, toByteOffset: row &* 4, as: Int32.self)
    state.pointee.count = row &+ 1
  }

  @inlinable
  public func appendNull() {
    precondition(spec.isNullable, "a column that is not nullable takes no null")
    let row = nextRow()
    let values = state.pointee.values
    switch shape {
    case .eight: values.storeBytes(of: 0, toByteOffset: row &* 8, as: Int64.self)
    case .four, .code: values.storeBytes(of: 0, toByteOffset: row &* 4, as: Int32.self)
    case .two: values.storeBytes(of: 0, toByteOffset: row &* 2, as: Int16.self)
    case .one: values.storeBytes(of: 0, toByteOffset: row, as: Int8.self)
    case .bits: setBit(row, 0)
    case .text:
      let end = Int32(truncatingIfNeeded: state.pointee.textCount)
      values.storeBytes(of: end, toByteOffset: (row &+ 1) &* 4, as: Int32.self)
    }
    state.pointee.validity[row >> 3] &= ~(1 << UInt8(truncatingIfNeeded: row & 7))
    state.pointee.nullCount &+= 1
    state.pointee.count = row &+ 1
  }

  /// Copies the value at `row` of a column of the same type.
  @inlinable
  public func append(_ column: Column, row: Int) {
    if column.isNull(row) {
      appendNull()
    } else if shape == .text || shape == .code {
      append(utf8: column.bytes(row))
    } else {
      append(column.integer(row))
    }
  }

  @usableFromInline @inline(__always)
  func nextRow() -> Int {
    let row = state.pointee.count
    precondition(row < state.pointee.capacity, "more than one value in one row")
    return row
  }

  @usableFromInline @inline(__always)
  func setBit(_ row: Int, _ bit: Int64) {
    let mask: UInt8 = 1 << UInt8(truncatingIfNeeded: row & 7)
    let bytes = state.pointee.values.assumingMemoryBound(to: UInt8.self)
    if bit == 0 { bytes[row >> 3] &= ~mask } else { bytes[row >> 3] |= mask }
  }

  @usableFromInline
  func growText(_ needed: Int) {
    precondition(needed <= Int(Int32.max), "one batch holds more than 2 GiB of text")
    let capacity = max(needed, state.pointee.textCapacity * 2)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: Arrow.alignment)
    larger.copyMemory(from: state.pointee.text, byteCount: state.pointee.textCount)
    state.pointee.text.deallocate()
    state.pointee.text = larger
    state.pointee.textCapacity = capacity
  }

  // MARK: Writing

  /// Adds this column's node and buffers; the bits behind the last row are cleared, so that equal rows are equal bytes.
  func put(into body: inout ArrowBody) {
    let count = state.pointee.count
    body.addNode(count: count, nulls: state.pointee.nullCount)
    if state.pointee.nullCount > 0 {
      clearBits(from: count, in: state.pointee.validity)
      body.add(UnsafeRawBufferPointer(start: state.pointee.validity, count: (count + 7) / 8))
    } else {
      body.add(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    if shape == .bits { clearBits(from: count, in: state.pointee.values.assumingMemoryBound(to: UInt8.self)) }
    body.add(UnsafeRawBufferPointer(start: state.pointee.values, count: shape.byteCount(count)))
    if shape == .text { body.add(UnsafeRawBufferPointer(start: state.pointee.text, count: state.pointee.textCount)) }
  }

  private func clearBits(from count: Int, in bytes: UnsafeMutablePointer<UInt8>) {
    if count & 7 != 0 { bytes[count >> 3] &= UInt8((1 << (count & 7)) - 1) }
  }

  func reset() {
    if state.pointee.nullCount > 0 {
      state.pointee.validity.update(repeating: 0xFF, count: (state.pointee.count + 7) / 8)
    }
    state.pointee.count = 0
    state.pointee.nullCount = 0
    state.pointee.textCount = 0
  }

  /// Whether the batch should be written though it is not full.
  var isHeavy: Bool { state.pointee.textCount > textLimit }
}
