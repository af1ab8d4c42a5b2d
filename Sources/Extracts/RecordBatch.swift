/// Sound records that a reader has come to, as views that are valid until the batch is filled again.
///
/// Made once and filled many times with `RecordReader.fill(_:)`; belongs to one reader at a time.
public final class RecordBatch {
  /// The most records that it holds.
  public let capacity: Int
  public private(set) var count = 0
  @usableFromInline let records: UnsafeMutablePointer<Record>
  private let arena = RecordArena()

  public init(capacity: Int = 1_024) {
    precondition(capacity > 0)
    self.capacity = capacity
    records = .allocate(capacity: capacity)
  }

  deinit { records.deallocate() }

  @inlinable
  public subscript(index: Int) -> Record {
    assert(index >= 0 && index < count)
    return records[index]
  }

  var isFull: Bool { count == capacity }

  func removeAll() {
    count = 0
    arena.reset()
  }

  /// Appends a view whose bytes stay where they are until the next fill.
  @inline(__always)
  func append(_ record: Record) {
    (records + count).initialize(to: record)
    count += 1
  }

  /// Appends a record of which all but `raw` is about to be overwritten.
  func append(copyingFieldsOf record: Record) { append(copied(record, raw: record.raw)) }

  /// Appends a record that is about to be overwritten.
  func append(copying record: Record) {
    let count = record.raw.count
    guard let raw = record.raw.baseAddress, count > 0 else { return append(copyingFieldsOf: record) }
    append(copied(record, raw: UnsafeRawBufferPointer(start: arena.copy(raw, count: count), count: count)))
  }

  private func copied(_ record: Record, raw: UnsafeRawBufferPointer) -> Record {
    let count = record.fieldCount
    let last = count == 0 ? record.start : record.ends[count - 1] & ~Record.absent
    let fields = arena.copy(record.base + Int(record.start), count: Int(last - record.start))
    let ends = arena.copy(record.ends, count: 4 * count).bindMemory(to: UInt32.self, capacity: count)
    for index in 0..<count { ends[index] -= record.start }
    return Record(
      base: UnsafePointer(fields.assumingMemoryBound(to: UInt8.self)), ends: UnsafePointer(ends), start: 0,
      separatorBytes: record.separatorBytes, fieldCount: count, line: record.line, byteOffset: record.byteOffset,
      raw: raw)
  }
}
