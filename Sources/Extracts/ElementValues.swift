/// The values of the fields of the record that is open; reused from record to record.
struct ElementValues {
  struct Value {
    fileprivate var bytes: UnsafeMutablePointer<UInt8>
    fileprivate var capacity: Int
    fileprivate(set) var count = 0
    var isPresent = false
    /// Whether it comes from around the record and holds for the next one too.
    var isFromAbove = false
  }

  let count: Int
  private let values: UnsafeMutablePointer<Value>

  init(count: Int) {
    self.count = count
    values = .allocate(capacity: max(1, count))
    for index in 0..<count {
      (values + index).initialize(to: Value(bytes: .allocate(capacity: 64), capacity: 64))
    }
  }

  func deallocate() {
    for index in 0..<count { values[index].bytes.deallocate() }
    values.deallocate()
  }

  subscript(index: Int) -> Value {
    @inline(__always) get { values[index] }
    nonmutating _modify { yield &values[index] }
  }

  /// Begins a value, or goes on behind a semicolon where elements are joined.
  func begin(_ index: Int) {
    if values[index].isPresent { append(UInt8(ascii: ";"), to: index) }
    values[index].isPresent = true
  }

  func clear(_ index: Int) {
    values[index].count = 0
    values[index].isPresent = false
  }

  /// Clears what belongs to one record.
  func clearRecord() {
    for index in 0..<count where !values[index].isFromAbove { clear(index) }
  }

  @inline(__always)
  func append(_ source: UnsafePointer<UInt8>, count added: Int, to index: Int) {
    let value = values + index
    if value.pointee.count + added > value.pointee.capacity { grow(value, added) }
    (value.pointee.bytes + value.pointee.count).update(from: source, count: added)
    value.pointee.count += added
  }

  @inline(__always)
  func append(_ byte: UInt8, to index: Int) { withUnsafePointer(to: byte) { append($0, count: 1, to: index) } }

  private func grow(_ value: UnsafeMutablePointer<Value>, _ added: Int) {
    let capacity = max(value.pointee.capacity * 2, value.pointee.count + added)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    moved.update(from: value.pointee.bytes, count: value.pointee.count)
    value.pointee.bytes.deallocate()
    value.pointee.bytes = moved
    value.pointee.capacity = capacity
  }

  /// Writes all values behind each other with their ends, as a `Record` has them.
  func write(to fields: Growable<UInt8>, _ ends: Growable<UInt32>) {
    for index in 0..<count {
      let value = values[index]
      fields.append(value.bytes, count: value.count)
      ends.append(UInt32(fields.count) | (value.isPresent ? 0 : Record.absent))
      fields.append(0)
    }
  }
}
