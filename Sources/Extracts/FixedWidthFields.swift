import Basics
import CKernels

/// The fields of one fixed-width record: cut in the bytes as delivered, then decoded.
final class FixedWidthFields {
  enum Fault {
    /// Not what the encoding allows, at this byte of the record.
    case invalid(at: Int)
    /// The column of this index ends within a character.
    case cutCharacter(column: Int)
  }

  /// What the loop over columns needs of each.
  struct Cut: BitwiseCopyable {
    var width: Int
    var isRight: Bool
    var pad: UInt8

    init(_ column: FixedWidthColumn) {
      width = column.widthBytes
      isRight = column.alignment == .right
      pad = column.pad
    }

    /// Whether a value may be followed by blanks, which may have been stripped.
    var mayEndInBlanks: Bool { !isRight && pad == UInt8(ascii: " ") }
  }

  private let tables: GB18030?
  private let text = Growable<UInt8>(capacity: 4096)
  private let fieldEnds = Growable<UInt32>(capacity: 64)

  /// The fields of the last record, as `Record` reads them.
  var base: UnsafePointer<UInt8> { UnsafePointer(text.base) }
  var ends: UnsafePointer<UInt32> { UnsafePointer(fieldEnds.base) }

  /// - Throws: `encoding_unavailable`.
  init(_ encoding: TextEncoding) throws(Problem) {
    tables = encoding == .gb18030 ? try GB18030.shared() : nil
  }

  /// Takes the fields of a record; those beyond its end are empty.
  func take(_ raw: UnsafeRawBufferPointer, by cuts: [Cut]) -> Fault? {
    // Three bytes a byte of GB18030, and a byte between fields.
    text.count = 0
    text.reserve(3 * raw.count + cuts.count + 64)
    fieldEnds.count = 0
    fieldEnds.reserve(cuts.count)
    let (out, ends) = (text.base, fieldEnds.base)
    var written = 0
    var from = 0
    for index in cuts.indices {
      let cut = cuts[index]
      let to = min(from + cut.width, raw.count)
      var start = from
      if cut.isRight { skipPad(cut.pad, &start, until: to, in: raw) }
      let fieldStart = written
      guard let count = decode(UnsafeRawBufferPointer(rebasing: raw[start..<to]), to: out + written) else {
        return firstBadByte(raw).map { .invalid(at: $0) } ?? .cutCharacter(column: index)
      }
      written += count
      // In decoded text: the pad may be a later byte of a character of GB18030.
      if !cut.isRight {
        while written > fieldStart && out[written - 1] == cut.pad { written -= 1 }
      }
      ends[index] = UInt32(written)
      written += 1
      from = to
    }
    return nil
  }

  private func skipPad(_ pad: UInt8, _ start: inout Int, until end: Int, in raw: UnsafeRawBufferPointer) {
    let isZero = pad == UInt8(ascii: "0")
    while start < end && raw[start] == pad {
      if isZero && !(start + 1 < end && 0x30...0x39 ~= raw[start + 1]) { return }
      start += 1
    }
  }

  /// Writes a field as UTF-8 and gives the number of bytes; nil where it is not well encoded.
  private func decode(_ field: UnsafeRawBufferPointer, to out: UnsafeMutablePointer<UInt8>) -> Int? {
    guard let bytes = field.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    if let tables {
      let step = guiyi_gb18030_decode(bytes, field.count, tables.two, tables.four, out)
      return step.bad == 0 ? step.written : nil
    }
    guard guiyi_utf8_valid_prefix(bytes, field.count) == field.count else { return nil }
    out.update(from: bytes, count: field.count)
    return field.count
  }

  private func firstBadByte(_ raw: UnsafeRawBufferPointer) -> Int? {
    guard let bytes = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    if let tables {
      let step = guiyi_gb18030_decode(bytes, raw.count, tables.two, tables.four, text.base)
      return step.bad == 0 ? nil : step.consumed
    }
    let good = guiyi_utf8_valid_prefix(bytes, raw.count)
    return good == raw.count ? nil : good
  }
}
