import Basics
import CFuzzer
import Glibc

@testable import Extracts

private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

private func markCount(_ content: [UInt8], _ encoding: TextEncoding) -> Int {
  let marks: [[UInt8]] = encoding == .gb18030 ? [[0x84, 0x31, 0x95, 0x33]] : [[0xEF, 0xBB, 0xBF]]
  return marks.first { content.starts(with: $0) }?.count ?? 0
}

func fuzzDelimited(_ input: FuzzInput) {
  var format = DelimitedFormat(
    separator: input.option(0) ? "|!|" : ",", quote: input.option(1) ? nil : UInt8(ascii: "\""),
    encoding: [.utf8, .gb18030, .utf16, .utf8][input.options >> 2 & 3], fieldCount: input.option(4) ? 6 : nil,
    controlMarks: ["TRAILER"])
  if input.option(5) { format.lineTerminators = .any }
  if input.option(6) {
    format.maxRecordBytes = 60
    format.maxFieldBytes = 20
    format.maxQuotedLines = 3
    format.maxQuotedBytes = 50
  }
  format.hasHeader = input.option(7)
  let reading = readEveryWay(input) { bytes, blockBytes throws(Problem) in
    try DelimitedReader(bytes, format: format, blockBytes: blockBytes)
  }
  if format.encoding == .utf16 || format.hasHeader || reading.failure != nil { return }
  reading.checkRaw(of: input.content)
  reading.checkEveryByte(
    of: input.content, mark: markCount(input.content, format.encoding), filler: isLineEnd)
}

func fuzzElements(_ input: FuzzInput) {
  var format = ElementFormat(
    recordPath: "branches/branch/visit",
    fields: ["@id", "visitor/name", "visitor/document/@no", "../@code", "."],
    encoding: [nil, .utf8, .gb18030, nil][input.options & 3])
  if input.option(2) {
    format.maxDepth = 6
    format.maxTagBytes = 80
    format.maxAttributes = 4
    format.maxRecordBytes = 200
  }
  _ = readEveryWay(input) { bytes, _ throws(Problem) in try ElementRecords(bytes, format: format) }
}

func fuzzFixedWidth(_ input: FuzzInput) {
  var format = FixedWidthFormat(
    columns: [
      FixedWidthColumn("id", widthBytes: 3, alignment: .right, pad: UInt8(ascii: "0")),
      FixedWidthColumn("name", widthBytes: 6), FixedWidthColumn("sum", widthBytes: 4, alignment: .right),
      FixedWidthColumn("note", widthBytes: 2),
    ],
    encoding: input.option(0) ? .gb18030 : .utf8, lineEnds: [.feed, .any, .none, .none][input.options >> 1 & 3],
    shortLines: input.option(3) ? .accept : .refuse)
  if input.option(4) { format.controls = [FixedWidthControl("T"), FixedWidthControl("HDR", columns: nil)] }
  if input.option(5) { format.maxRecordBytes = 20 }
  let reading = readEveryWay(input) { bytes, blockBytes throws(Problem) in
    try FixedWidthReader(bytes, format: format, blockBytes: blockBytes)
  }
  guard reading.failure == nil else { return }
  reading.checkRaw(of: input.content)
  reading.checkEveryByte(
    of: input.content, mark: markCount(input.content, format.encoding), filler: isLineEnd)
  for item in reading.items where item.kind == "record" {
    expect(item.fields.count == 4, "a record has every column")
    expect(item.count == 15 || format.shortLines == .accept && item.count < 15, "a record has its length")
  }
}

func fuzzJSONLines(_ input: FuzzInput) {
  var format = JSONLinesFormat(fields: ["id", "customer/name", "documents/0/no", "a/b/c/d"])
  if input.option(0) { format.maxDepth = 3 }
  if input.option(1) { format.maxFieldBytes = 4 }
  if input.option(2) { format.maxRecordBytes = 40 }
  let reading = readEveryWay(input) { bytes, blockBytes throws(Problem) in
    try JSONLinesReader(bytes, format: format, blockBytes: blockBytes)
  }
  guard reading.failure == nil else { return }
  reading.checkRaw(of: input.content)
  reading.checkEveryByte(of: input.content, mark: markCount(input.content, .utf8), filler: isLineEnd)
  for item in reading.items where item.kind == "record" {
    expect(item.fields.count == format.fields.count, "a record has every field")
    expect(item.fields.allSatisfy { ($0?.count ?? 0) <= format.maxFieldBytes }, "fields keep their limit")
  }
}

/// Holds the decoder to the C library's.
func fuzzGB18030(_ input: FuzzInput) {
  let format = DelimitedFormat(separator: "\u{1}", quote: nil, encoding: .gb18030, fieldCount: nil)
  let reading = readEveryWay(input) { bytes, blockBytes throws(Problem) in
    try DelimitedReader(bytes, format: format, blockBytes: blockBytes)
  }
  for item in reading.items {
    let known = iconvGB18030(item.raw)
    if item.kind == "record" {
      let text = Array(item.fields.compactMap { $0 }.joined(separator: [1]))
      expect(known == text, "sound text is what the C library makes of it")
    } else if item.kind.hasPrefix("damaged invalidGB18030") {
      expect(known == nil, "what is refused is refused by the C library")
    }
  }
}

private func iconvGB18030(_ raw: [UInt8]) -> [UInt8]? {
  let converter = iconv_open("UTF-8", "GB18030")
  defer { iconv_close(converter) }
  var input = raw.map { CChar(bitPattern: $0) }
  var output = [CChar](repeating: 0, count: 4 * raw.count + 4)
  let capacity = output.count
  var left = capacity
  let failed = input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      var from = input.baseAddress
      var fromLeft = input.count
      var to = output.baseAddress
      return iconv(converter, &from, &fromLeft, &to, &left) == Int(bitPattern: UInt.max)
    }
  }
  return failed ? nil : output[..<(capacity - left)].map { UInt8(bitPattern: $0) }
}

/// The content stands in a file of memory, since compressed extracts are files.
func fuzzGzip(_ input: FuzzInput) {
  var limits = CompressionLimits()
  limits.bytes = input.option(0) ? 100 : 1 << 20
  let descriptor = memfd_create("fuzz.gz", 0)
  defer { close(descriptor) }
  input.content.withUnsafeBytes { _ = write(descriptor, $0.baseAddress, $0.count) }
  let format = DelimitedFormat(quote: nil)
  func open() throws(Problem) -> any RecordReader {
    let bytes = try ExtractBytes("/proc/self/fd/\(descriptor)", named: "f", compression: .gzip, limits: limits)
    return try DelimitedReader(bytes, format: format, blockBytes: 4096)
  }
  let first = Reading { () throws(Problem) in try open() }
  expect(first == Reading(byBatches: true) { () throws(Problem) in try open() }, "batches change nothing")
  first.checkOrder()
  guard first.failure == nil, let last = first.items.last else { return }
  expect(last.byteOffset + last.count <= limits.bytes, "content keeps its limit")
}
