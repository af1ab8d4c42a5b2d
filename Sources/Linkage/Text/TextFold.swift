/// Texts as they are compared: UTF-16 code units, letters in lower case and without accents.
///
/// Chinese characters stay as they are; a scalar beyond U+FFFF becomes one private-use unit by a hash (two such scalars share
/// a unit with probability 1/6400). No text has more units than its UTF-8 has bytes.
public enum TextFold {
  /// Appends the folded form of `bytes` to `units`.
  ///
  /// Letters are lower-cased and lose accents (é to e, ß to ss, ł to l, ё to е), combining marks are dropped, full-width
  /// forms become ASCII. Apostrophes and full stops are dropped; other punctuation becomes one blank, as blanks do; none is
  /// left at the ends. An ill-formed byte becomes U+FFFD. O(bytes).
  public static func fold(_ bytes: UnsafeRawBufferPointer, into units: inout [UInt16]) {
    append(bytes, to: &units, keepingPunctuation: false)
  }

  /// As `fold`, but punctuation stays (full-width forms as ASCII): for e-mail addresses and codes.
  public static func foldKeepingPunctuation(_ bytes: UnsafeRawBufferPointer, into units: inout [UInt16]) {
    append(bytes, to: &units, keepingPunctuation: true)
  }

  /// The folded form of one text. For tests and small data.
  public static func folded(_ text: String, keepingPunctuation: Bool = false) -> [UInt16] {
    var text = text
    var units: [UInt16] = []
    text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &units, keepingPunctuation: keepingPunctuation) }
    return units
  }

  private static func append(_ bytes: UnsafeRawBufferPointer, to units: inout [UInt16], keepingPunctuation: Bool) {
    guard bytes.count > 0 else { return }
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: bytes.count) { buffer in
      let count = write(bytes, to: buffer.baseAddress!, keepingPunctuation: keepingPunctuation)
      units.append(contentsOf: UnsafeBufferPointer(start: buffer.baseAddress!, count: count))
    }
  }

  /// Writes the folded form and returns how many units it has.
  ///
  /// - Parameter units: room for as many units as there are bytes.
  static func write(
    _ bytes: UnsafeRawBufferPointer, to units: UnsafeMutablePointer<UInt16>, keepingPunctuation: Bool
  ) -> Int {
    let table = keepingPunctuation ? asciiKept : asciiFolded
    return table.withUnsafeBufferPointer { table in
      var writer = FoldWriter(units: units, keepsPunctuation: keepingPunctuation)
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          writer.put(UInt16(table[Int(byte)]))
          index &+= 1
        } else {
          let (scalar, length) = decode(bytes, at: index)
          writer.putFolded(scalar)
          index &+= length
        }
      }
      return writer.finish()
    }
  }

  /// The scalar at `index`, whose byte is not ASCII, and its length; U+FFFD and 1 where the bytes are ill-formed.
  private static func decode(_ bytes: UnsafeRawBufferPointer, at index: Int) -> (UInt32, Int) {
    let lead = bytes[index]
    let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
    guard length > 1, index &+ length <= bytes.count else { return (0xFFFD, 1) }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = bytes[index &+ offset]
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard scalar >= least, scalar <= 0x10FFFF, scalar & 0xFFFF_F800 != 0xD800 else { return (0xFFFD, 1) }
    return (scalar, length)
  }

  /// By ASCII byte: its folded form, 0 where it is dropped.
  private static let asciiFolded: [UInt8] = (UInt8(0)..<128).map { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "."): 0
    default: 0x20
    }
  }

  private static let asciiKept: [UInt8] = (UInt8(0)..<128).map { byte in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case 0...0x20, 0x7F: 0x20
    default: byte
    }
  }
}
