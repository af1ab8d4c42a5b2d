import Columns

/// One row on its way into a table: a value for every column, written only once all of them are known to be good.
///
/// Values lie in memory of its own, since a row is cleared and filled millions of times.
final class StagedRow {
  enum Value {
    case null
    case integer(Int64)
    case code(Int32)
    /// A stretch of the record itself.
    case view(UnsafeRawBufferPointer)
    /// A stretch of `scratch`, which may still move.
    case scratch(start: Int, count: Int)
  }

  /// Where standardised texts are put together.
  var scratch: [UInt8] = []
  private let values: UnsafeMutablePointer<Value>
  private let blank: UnsafeMutablePointer<Value>
  private let count: Int

  init(blank: [Value]) {
    count = blank.count
    self.blank = .allocate(capacity: count)
    values = .allocate(capacity: count)
    for (index, value) in blank.enumerated() {
      (self.blank + index).initialize(to: value)
      (values + index).initialize(to: value)
    }
    scratch.reserveCapacity(4096)
  }

  deinit {
    blank.deallocate()
    values.deallocate()
  }

  func clear() {
    values.update(from: blank, count: count)
    scratch.removeAll(keepingCapacity: true)
  }

  subscript(column: Int) -> Value {
    get { values[column] }
    set { values[column] = newValue }
  }

  func isNull(_ column: Int) -> Bool {
    if case .null = values[column] { return true }
    return false
  }

  func code(_ column: Int) -> Int32? {
    if case .code(let value) = values[column] { return value }
    return nil
  }

  /// The bytes of a text value, for as long as `body` runs.
  func withBytes<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    switch values[column] {
    case .view(let bytes): body(bytes)
    case .scratch(let start, let count):
      scratch.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
    case .null, .integer, .code: nil
    }
  }

  /// Appends the row's values to the builders of the same columns, from column `first` on.
  func append(to builders: [ColumnBuilder], from first: Int) {
    scratch.withUnsafeBytes { scratch in
      for column in first..<count {
        switch values[column] {
        case .null: builders[column].appendNull()
        case .integer(let value): builders[column].append(value)
        case .code(let value): builders[column].append(code: value)
        case .view(let bytes): builders[column].append(utf8: bytes)
        case .scratch(let start, let count):
          builders[column].append(utf8: UnsafeRawBufferPointer(rebasing: scratch[start..<start + count]))
        }
      }
    }
  }
}
