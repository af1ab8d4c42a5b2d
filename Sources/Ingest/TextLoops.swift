import Columns
import Definition
import Glibc
import Standards

/// Loops over the values of one field and batch whose columns hold texts.
extension ConversionTarget {
  /// Texts that are taken as they are.
  func texts(bytes: Int) {
    var texts = TextAppender(buffer, room: bytes)
    let ends = values(Int32.self)
    for row in 0..<count {
      texts.append(views[row])
      ends[row] = texts.end
    }
  }

  func names(bytes: Int) {
    let order = converter.conventions.nameOrder
    standardise(bytes: bytes, isStandard: PersonName.isStandard) { row, text, output in
      batch.organisations[row] == 0
        ? PersonName.standardise(text, order: order, into: &output) : LineText.standardise(text, into: &output)
    }
  }

  func mobiles(bytes: Int) {
    let plans = converter.conventions.phones
    let isChinese = plans.first == .chinese
    standardise(bytes: bytes, isStandard: { isChinese && PhonePlan.isStandardChinese($0) }) { _, text, output in
      PhoneNumber.standardise(text, plans: plans, into: &output)
    }
  }

  func emails(bytes: Int) {
    standardise(bytes: bytes, isStandard: Email.isStandard) { _, text, output in Email.standardise(text, into: &output)
    }
  }

  func addresses(bytes: Int) {
    let divisions = converter.conventions.addressDivisions
    standardise(bytes: bytes, isStandard: { _ in false }) { _, text, output in
      divisions == .cn ? Address.standardise(text, into: &output) : LineText.standardise(text, into: &output)
    }
  }

  func bankCards(bytes: Int) {
    standardise(bytes: bytes, isStandard: { _ in false }) { _, text, output in
      BankCard.standardise(text, into: &output)
    }
  }

  /// Numbers of the row's type of document; as they stand where it is not known.
  func documentNumbers(bytes: Int) {
    var texts = TextAppender(buffer, room: bytes)
    let ends = values(Int32.self)
    let kinds = converter.conventions.documents
    let isResidentId = kinds.map { $0.checksum == .gb11643 && $0.pattern == nil && $0.onChecksumFailure == .doubt }
    for row in 0..<count {
      let text = views[row]
      let type = batch.documentTypes[row]
      if presence[row] != Presence.present || type == 0 {
        texts.append(text)
      } else if isResidentId[Int(type) - 1], let judged = ResidentId.judgeStandard(text) {
        batch.notes[row] |= judged.notes.rawValue
        texts.append(text)
      } else {
        append(&texts, row) {
          DocumentNumber.standardise(text, kind: kinds[Int(type) - 1], into: &$0)
        }
      }
      ends[row] = texts.end
    }
  }

  @inline(__always)
  private func standardise(
    bytes: Int, isStandard: (UnsafeRawBufferPointer) -> Bool,
    _ standard: (Int, UnsafeRawBufferPointer, inout [UInt8]) -> Standardised
  ) {
    var texts = TextAppender(buffer, room: bytes)
    let ends = values(Int32.self)
    for row in 0..<count {
      let text = views[row]
      if text.isEmpty || isStandard(text) {
        texts.append(text)
      } else {
        append(&texts, row) { standard(row, text, &$0) }
      }
      ends[row] = texts.end
    }
  }

  /// A value that its standard refuses is left out, not quarantined: a wrong phone must not cost the customer.
  @inline(__always)
  private func append(_ texts: inout TextAppender, _ row: Int, _ standard: (inout [UInt8]) -> Standardised) {
    guard presence[row] == Presence.present else { return }
    batch.standardised.removeAll(keepingCapacity: true)
    let result = standard(&batch.standardised)
    batch.notes[row] |= result.notes.rawValue
    if result.hasText {
      batch.standardised.withUnsafeBytes { texts.append(standardised: $0) }
    } else {
      let isCounted = result.status == .invalid && converter.field.onInvalid == .empty
      presence[row] = isCounted ? Presence.emptied : Presence.empty
    }
  }
}

/// Appends texts to a column whose room was reserved for all of a batch.
struct TextAppender {
  private let buffer: ColumnBuffer
  private let room: Int
  private var base: UnsafeMutableRawPointer
  private var used: Int

  /// - Parameter room: bytes of all texts of the batch as they came.
  init(_ buffer: ColumnBuffer, room: Int) {
    self.buffer = buffer
    self.room = room
    used = buffer.textCount
    buffer.reserve(text: room, behind: used)
    base = buffer.text
  }

  /// Where the last text ends.
  var end: Int32 { Int32(truncatingIfNeeded: used) }

  /// Appends a text as it came.
  @inline(__always)
  mutating func append(_ text: UnsafeRawBufferPointer) {
    guard let from = text.baseAddress else { return }
    let count = text.count
    let to = base + used
    used &+= count
    // A call for a few bytes would cost more than the copy.
    if count > 16 {
      memcpy(to, from, count)
    } else if count >= 8 {
      let last = from.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      to.storeBytes(of: from.loadUnaligned(as: UInt64.self), as: UInt64.self)
      to.storeBytes(of: last, toByteOffset: count &- 8, as: UInt64.self)
    } else if count >= 4 {
      let last = from.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      to.storeBytes(of: from.loadUnaligned(as: UInt32.self), as: UInt32.self)
      to.storeBytes(of: last, toByteOffset: count &- 4, as: UInt32.self)
    } else {
      for index in 0..<count {
        to.storeBytes(of: from.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
      }
    }
  }

  /// Appends a text that may be longer than it came; room for the rest of the batch stays.
  @inline(never)
  mutating func append(standardised text: UnsafeRawBufferPointer) {
    buffer.reserve(text: room + text.count, behind: used)
    base = buffer.text
    append(text)
  }
}
