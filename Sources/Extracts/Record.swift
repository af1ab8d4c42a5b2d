import Basics

/// One record of an extract: its fields and where it stands. A view that is valid until the reader's next `next()`, in a
/// batch until the batch is filled again.
public struct Record {
  /// Set in the end of a field that is absent, as opposed to empty.
  static let absent: UInt32 = 1 << 31

  @usableFromInline let base: UnsafePointer<UInt8>
  /// Where each field ends in `base`; the next one begins behind a separator.
  @usableFromInline let ends: UnsafePointer<UInt32>
  @usableFromInline let start: UInt32
  @usableFromInline let separatorBytes: UInt32
  /// How many fields the record has.
  public let fieldCount: Int
  /// The physical line that the record begins on, from 1.
  public let line: Int
  /// Where the record begins, in bytes of the file as delivered (of its content, where it is compressed).
  public let byteOffset: Int
  /// The record as delivered, without its line end; elements, and lines of UTF-16, are given as UTF-8.
  public let raw: UnsafeRawBufferPointer

  init(
    base: UnsafePointer<UInt8>, ends: UnsafePointer<UInt32>, start: UInt32, separatorBytes: UInt32 = 1, fieldCount: Int,
    line: Int, byteOffset: Int, raw: UnsafeRawBufferPointer
  ) {
    self.base = base
    self.ends = ends
    self.start = start
    self.separatorBytes = separatorBytes
    self.fieldCount = fieldCount
    self.line = line
    self.byteOffset = byteOffset
    self.raw = raw
  }

  /// The field's bytes as valid UTF-8, quotes removed; empty where it is absent.
  @inlinable
  public func field(_ index: Int) -> UnsafeRawBufferPointer {
    assert(index >= 0 && index < fieldCount)
    let from = index == 0 ? start : (ends[index - 1] & 0x7FFF_FFFF) + separatorBytes
    let to = ends[index] & 0x7FFF_FFFF
    return UnsafeRawBufferPointer(start: base + Int(from), count: Int(to - from))
  }

  /// Whether an element or attribute was not there at all; fields of delimited files never are.
  @inlinable
  public func isAbsent(_ index: Int) -> Bool { ends[index] >> 31 != 0 }

  /// The field as a `String`, for edges and tests; nil where it is absent.
  public func string(_ index: Int) -> String? {
    isAbsent(index) ? nil : String(decoding: field(index), as: UTF8.self)
  }
}

/// A stretch of an extract that is no sound record: where it is, what was found and what was expected.
public struct DamagedRecord: Sendable, Equatable {
  public enum Code: String, Sendable, CaseIterable, BitwiseCopyable {
    case strayQuote = "stray_quote"
    case unclosedQuote = "unclosed_quote"
    case invalidUTF8 = "invalid_utf8"
    case invalidGB18030 = "invalid_gb18030"
    case invalidUTF16 = "invalid_utf16"
    case nulByte = "nul_byte"
    case recordTooLong = "record_too_long"
    case fieldTooLong = "field_too_long"
    case tooManyFields = "too_many_fields"
    case tooFewFields = "too_few_fields"
    case repeatedField = "repeated_field"
    /// Of fixed width: the record is shorter or longer than its columns.
    case wrongLength = "wrong_length"
    /// Of fixed width: a column ends within a character.
    case cutCharacter = "cut_character"
    /// The line is not one JSON object.
    case badJSON = "bad_json"
    /// Of JSON: an object or array stands where a text, number or truth value is wanted.
    case notAScalar = "not_a_scalar"
    /// Of XML: a reference to an entity that is none of the five.
    case undefinedEntity = "undefined_entity"
    /// Of XML: an ampersand that begins no reference.
    case strayAmpersand = "stray_ampersand"
    /// Of XML: a character that it does not allow, in itself or as a reference.
    case forbiddenCharacter = "forbidden_character"
  }

  /// The most that is kept of a damaged record's bytes.
  public static let rawLimit = 64 << 10

  public let code: Code
  /// File, line and byte offset of the record's beginning.
  public private(set) var place: Place
  /// How many physical lines it takes (of an element: of what is kept of it); reading goes on after them.
  public let lineCount: Int
  /// What was found, without the record's values.
  public let found: String
  public let expected: String
  /// What this record tells about mending it, beyond what its code says; a sentence without its full stop.
  public let advice: String?
  /// The bytes as delivered (of UTF-16, as UTF-8), up to `rawLimit`; what is beyond is only counted.
  public let raw: [UInt8]
  /// In bytes as delivered.
  public let rawCount: Int

  init(
    code: Code, place: Place, lineCount: Int, found: String, expected: String, advice: String? = nil, raw: [UInt8],
    rawCount: Int
  ) {
    self.code = code
    self.place = place
    self.lineCount = lineCount
    self.found = found
    self.expected = expected
    self.advice = advice
    self.raw = raw
    self.rawCount = rawCount
  }

  /// The same where `lines` more lines stand before it: readers of chunks count lines from the chunk's beginning.
  public func movedDown(by lines: Int) -> DamagedRecord {
    var moved = self
    if let line = place.line { moved.place.line = line + lines }
    return moved
  }
}

/// What a reader comes to next.
public enum Delivery {
  case record(Record)
  /// A header or trailer line, known by its mark; its number of fields is its own.
  case control(Record)
  indirect case damaged(DamagedRecord)
}

/// What reads an extract record by record.
///
/// Loop with `while let delivery = try reader.next()`. Damaged records are values and reading goes on after them; what is
/// thrown ends the extract: an unreadable file, a broken compressed stream, a malformed document.
public protocol RecordReader: AnyObject {
  /// The next record, or nil at the end of the extract. What is thrown is thrown each time again.
  func next() throws(Problem) -> Delivery?
  /// Replaces what is in `batch` with the sound records that come next, and gives what follows them if that is no sound
  /// record. An empty batch with nothing following is the end of the extract; both are valid until the next fill.
  func fill(_ batch: RecordBatch) throws(Problem) -> Delivery?
  /// Sound and control records delivered so far.
  var recordCount: Int { get }
  /// Damaged records delivered so far.
  var damagedCount: Int { get }
}

extension RecordReader {
  /// Fills by `next()`, with copies.
  public func fill(_ batch: RecordBatch) throws(Problem) -> Delivery? {
    batch.removeAll()
    while !batch.isFull {
      let delivery: Delivery?
      do throws(Problem) {
        delivery = try next()
      } catch {
        // What came before it is given first; the reader throws it again.
        if batch.count > 0 { return nil }
        throw error
      }
      guard let delivery else { return nil }
      guard case .record(let record) = delivery else { return delivery }
      batch.append(copying: record)
    }
    return nil
  }
}
