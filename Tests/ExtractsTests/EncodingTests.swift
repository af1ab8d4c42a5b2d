import CKernels
import Glibc
import Testing

@testable import Extracts

@Suite struct EncodingTests {
  static let vectors: [(bytes: [UInt8], scalar: UInt32)] = [
    ([0xA1, 0xA4], 0x00B7), ([0xA6, 0xD9], 0xFE10), ([0xFE, 0x59], 0x9FB4), ([0xA8, 0xBC], 0x1E3F),
    ([0xFE, 0x9F], 0x4DAE), ([0x82, 0x32, 0x8D, 0x37], 0x3F06), ([0x95, 0x32, 0x90, 0x31], 0x20087),
    ([0xFE, 0x51], 0x20087), ([0x83, 0x7C], 0x5104), ([0xD6, 0xD0], 0x4E2D), ([0xA2, 0xE3], 0x20AC),
    ([0x90, 0x30, 0x81, 0x30], 0x10000),
    ([0xE3, 0x32, 0x9A, 0x35], 0x10FFFF), ([0x41], 0x41),
  ]

  func decode(_ raw: [UInt8]) throws -> (text: String, bad: Int32, consumed: Int) {
    let tables = try GB18030.shared()
    var out = [UInt8](repeating: 0, count: 3 * raw.count + 3)
    let step = guiyi_gb18030_decode(raw, raw.count, tables.two, tables.four, &out)
    return (String(decoding: out[..<step.written], as: UTF8.self), step.bad, step.consumed)
  }

  @Test(arguments: vectors.indices)
  func mapsAsPinned(_ index: Int) throws {
    let (bytes, scalar) = Self.vectors[index]
    let found = try decode(bytes)
    #expect(found.bad == 0)
    #expect(found.text.unicodeScalars.map(\.value) == [scalar])
  }

  /// Every character of one, two and four bytes that the C library knows, below the supplementary range.
  @Test func tablesAreWhole() throws {
    let tables = try GB18030.shared()
    var unassigned = 0
    var scalars: Set<UInt32> = []
    for lead in 0x81...0xFE {
      for trail in 0x40...0xFE where trail != 0x7F {
        if tables.two[lead << 8 | trail] == 0 {
          unassigned += 1
        } else {
          scalars.formUnion(try decode([UInt8(lead), UInt8(trail)]).text.unicodeScalars.map(\.value))
        }
      }
    }
    #expect(unassigned == 0)
    #expect(scalars.count == 126 * 190)
    #expect((0x4E00...0x9FA5).allSatisfy { scalars.contains($0) })
  }

  static let broken: [(bytes: [UInt8], bad: Int32)] = [
    ([0x80], 1), ([0xFF], 1), ([0x81, 0x20], 1), ([0x81, 0x7F], 1), ([0x81], -1), ([0x81, 0x30], -1),
    ([0x81, 0x30, 0x81], -1), ([0x81, 0x30, 0x20, 0x30], 1), ([0x81, 0x30, 0x81, 0x40], 1),
    ([0xE3, 0x32, 0x9A, 0x36], 4), ([0x85, 0x30, 0x81, 0x30], 4),
  ]

  @Test(arguments: broken.indices)
  func stopsAtWhatIsNoGB18030(_ index: Int) throws {
    let (bytes, bad) = Self.broken[index]
    let found = try decode([0x61] + bytes)
    #expect(found.text == "a")
    #expect(found.bad == bad)
    #expect(found.consumed == 1)
  }

  /// Long text, decoded at once by the C library.
  @Test func agreesWithTheConverterOnText() throws {
    let seed: UInt64 = 77
    var random = SeededRandom(seed)
    for _ in 0..<40 {
      var text = ""
      for _ in 0..<Int.random(in: 0...200, using: &random) {
        let plane: ClosedRange<UInt32> = [
          0x20...0x7E, 0x4E00...0x9FA5, 0x3400...0x4DB5, 0x20000...0x2A6D6, 0xA0...0x7FF,
        ]
        .randomElement(using: &random)!
        text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: plane, using: &random))!)
      }
      #expect(try decode(encodeGB18030(text)).text == text, "seed \(seed)")
    }
  }

  @Test func validatesUTF8AsTheStandardLibraryDoes() {
    let seed: UInt64 = 99
    var random = SeededRandom(seed)
    let parts: [[UInt8]] = [
      Array("abcdefghijklmnopqrst".utf8), Array("张伟".utf8), [0xC3], [0xA9], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xC0, 0x80], Array("𠂇é".utf8), [0x00],
      [0xEF, 0xBF, 0xBD],
    ]
    for round in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        bytes += parts[Int.random(in: 0..<(round % 2 == 0 ? 2 : parts.count), using: &random)]
      }
      let good = guiyi_utf8_valid_prefix(bytes, bytes.count)
      #expect(
        (good == bytes.count) == (String(validating: bytes, as: UTF8.self) != nil), "seed \(seed), round \(round)")
      #expect(String(validating: bytes[..<good], as: UTF8.self) != nil, "seed \(seed), round \(round)")
    }
  }

  @Test(arguments: ["gbk", "GB2312", "cp936", "GB18030"]) func oldNamesMeanGB18030(_ label: String) {
    #expect(TextEncoding(label: label) == .gb18030)
  }

  /// `|` is the second byte of 億: lines are cut first, separators found after decoding.
  @Test func separatorsAreFoundAfterDecoding() throws {
    let format = DelimitedFormat(separator: "|", quote: nil, encoding: .gb18030, fieldCount: 2)
    let name = encodeGB18030("東億墊")
    #expect(name.contains(UInt8(ascii: "|")))
    let content = name + Array("|x\n".utf8) + [0x80] + Array("|y\n".utf8) + name + Array("|z\r\n".utf8) + [0x81]
    for piece in 1...content.count {
      let list = try read(content, format, piece: piece, blockBytes: piece)
      #expect(
        list.map(\.description) == [
          "record 1@0 [\"東億墊\", \"x\"]", "damaged 2@9 invalid_gb18030 lines 1 raw 3", "record 3@13 [\"東億墊\", \"z\"]",
          "damaged 4@23 invalid_gb18030 lines 1 raw 1",
        ])
    }
  }

  @Test func badBytesBecomeReplacementCharactersForPeople() throws {
    let raw = encodeGB18030("東") + [0x80] + encodeGB18030("億") + [0x81]
    #expect(try raw.withUnsafeBytes { try TextEncoding.gb18030.lossyText($0) } == "東\u{FFFD}億\u{FFFD}")
    #expect(try raw[..<0].withUnsafeBytes { try TextEncoding.gb18030.lossyText($0) } == "")
  }

  @Test func quotedFieldsInGB18030() throws {
    let format = DelimitedFormat(encoding: .gb18030, fieldCount: 2)
    let content = Array("\"".utf8) + encodeGB18030("億\n,東") + Array("\",b\n".utf8)
    #expect(try read(content, format).map(\.fields) == [["億\n,東", "b"]])
  }
}

func encodeGB18030(_ text: String) -> [UInt8] {
  let converter = iconv_open("GB18030", "UTF-8")
  defer { iconv_close(converter) }
  var input = text.utf8.map { CChar(bitPattern: $0) }
  var output = [CChar](repeating: 0, count: 4 * input.count + 4)
  var inputLeft = input.count
  var outputLeft = output.count
  input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      var from = input.baseAddress
      var to = output.baseAddress
      iconv(converter, &from, &inputLeft, &to, &outputLeft)
    }
  }
  return output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
}
