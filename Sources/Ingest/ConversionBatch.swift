import Columns
import Extracts

/// Why a value breaks its contract.
enum Rejection: UInt8 {
  case missingRequired = 1
  case badInteger, badAmount, badDate, badTimestamp, unknownCode, outOfRange, patternMismatch
}

/// What stands in the presence byte of a value; the lowest bit says whether there is one.
enum Presence {
  static let empty: UInt8 = 0
  static let present: UInt8 = 1
  /// Left out because it could not be read, as its field's contract allows.
  static let emptied: UInt8 = 2
  /// Could not be read, so its record is rejected.
  static let unreadable: UInt8 = 4
}

/// One batch of records while it is converted, column by column.
///
/// Rows are the records' numbers in the batch. All memory is made once and used for every batch.
final class ConversionBatch {
  let records: RecordBatch
  /// Texts of the field at hand: trimmed, empty where a null word stood.
  let views: UnsafeMutablePointer<UnsafeRawBufferPointer>
  /// The first rejection of each row as a raw value, 0 for none, and the number of its field.
  let rejections: UnsafeMutablePointer<UInt8>
  let rejectedFields: UnsafeMutablePointer<UInt16>
  /// Bits of `StandardNotes`.
  let notes: UnsafeMutablePointer<Int32>
  /// What the row's document is, as one more than its number among the pipeline's; 0 where that is not known.
  let documentTypes: UnsafeMutablePointer<UInt8>
  /// 1 where the row is an organisation.
  let organisations: UnsafeMutablePointer<UInt8>
  /// Of the row's currency.
  let decimals: UnsafeMutablePointer<UInt8>
  /// Hashes of the fields that together stand once in the extract.
  let keys: UnsafeMutablePointer<UInt64>
  /// 1 where a row stays in the batch.
  let kept: UnsafeMutablePointer<UInt8>
  /// Fields put together of several; only as long as one field is at hand.
  var joined: [UInt8] = []
  /// Where standardised texts are put together.
  var standardised: [UInt8] = []

  var count: Int { records.count }

  init() {
    records = RecordBatch()
    let rows = records.capacity
    views = .allocate(capacity: rows)
    rejections = .allocate(capacity: rows)
    rejectedFields = .allocate(capacity: rows)
    notes = .allocate(capacity: rows)
    documentTypes = .allocate(capacity: rows)
    organisations = .allocate(capacity: rows)
    decimals = .allocate(capacity: rows)
    keys = .allocate(capacity: rows)
    kept = .allocate(capacity: rows)
  }

  deinit {
    views.deallocate()
    rejections.deallocate()
    rejectedFields.deallocate()
    notes.deallocate()
    documentTypes.deallocate()
    organisations.deallocate()
    decimals.deallocate()
    keys.deallocate()
    kept.deallocate()
  }

  /// Begins with the records that were filled in.
  /// - Parameter own: decimals of amounts whose row names no currency.
  func begin(decimals own: UInt8) {
    decimals.update(repeating: own, count: count)
    rejections.update(repeating: 0, count: count)
    notes.update(repeating: 0, count: count)
    documentTypes.update(repeating: 0, count: count)
    organisations.update(repeating: 0, count: count)
    keys.update(repeating: 0, count: count)
  }

  func reject(_ row: Int, _ rejection: Rejection, field: Int) {
    if rejections[row] != 0 { return }
    rejections[row] = rejection.rawValue
    rejectedFields[row] = UInt16(field)
  }
}
