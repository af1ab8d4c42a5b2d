import Basics
import Columns
import Definition
import Standards

/// Where the values of one field of one batch go: row 0 is the batch's first. The loops by type stand in extensions.
struct ConversionTarget {
  let converter: FieldConverter
  let batch: ConversionBatch
  let buffer: ColumnBuffer
  let count: Int
  let views: UnsafeMutablePointer<UnsafeRawBufferPointer>
  let presence: UnsafeMutablePointer<UInt8>
  private let values: UnsafeMutableRawPointer
  private let type: ColumnType

  /// The buffer has room for the batch's rows.
  init(_ converter: FieldConverter, _ batch: ConversionBatch, _ buffer: ColumnBuffer) {
    self.converter = converter
    self.batch = batch
    self.buffer = buffer
    count = batch.count
    views = batch.views
    presence = buffer.presence + buffer.count
    type = buffer.spec.type
    let width =
      switch buffer.spec.type {
      case .boolean: 1
      case .date, .code, .utf8: 4
      default: 8
      }
    values = buffer.values + buffer.count * width
  }

  func values<T>(_ type: T.Type) -> UnsafeMutablePointer<T> { values.assumingMemoryBound(to: type) }

  func integer(_ row: Int) -> Int64 {
    switch type {
    case .boolean: Int64(values(UInt8.self)[row])
    case .date: Int64(values(Int32.self)[row])
    default: values(Int64.self)[row]
    }
  }

  /// What happens to a value that cannot be read: its record is rejected, or the value is left out.
  @inline(never)
  func invalid(_ row: Int, _ rejection: Rejection) {
    if converter.field.onInvalid == .empty {
      presence[row] = Presence.emptied
    } else {
      presence[row] = Presence.unreadable
      batch.reject(row, rejection, field: converter.number)
    }
  }

  /// The same for a value that can be read: amounts of rejected records are counted.
  func invalidReadable(_ row: Int, _ rejection: Rejection) {
    guard converter.field.onInvalid == .empty else {
      return batch.reject(row, rejection, field: converter.number)
    }
    presence[row] = Presence.emptied
    switch type {
    case .boolean: values(UInt8.self)[row] = 0
    case .date: values(Int32.self)[row] = 0
    default: values(Int64.self)[row] = 0
    }
  }

  func check(_ pattern: TextPattern) {
    for row in 0..<count where presence[row] == Presence.present && !pattern.matches(views[row]) {
      invalid(row, .patternMismatch)
      // A text that is left out is empty; that of a rejected record is not looked at again, but for amounts.
      if presence[row] == Presence.emptied { views[row] = UnsafeRawBufferPointer(start: nil, count: 0) }
    }
  }

  func checkRequired() {
    for row in 0..<count where presence[row] == Presence.empty {
      batch.reject(row, .missingRequired, field: converter.number)
    }
  }
}
