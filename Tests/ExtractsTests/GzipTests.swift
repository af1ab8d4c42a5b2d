import Basics
import CZlib
import TestSupport
import Testing

@testable import Extracts

@Suite struct GzipTests {
  static func gzip(_ content: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = content
    var output = [UInt8](repeating: 0, count: content.count + 1000)
    let capacity = UInt32(output.count)
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = capacity
        deflate(&stream, Z_FINISH)
      }
    }
    return Array(output[..<Int(capacity - stream.avail_out)])
  }

  static let text = Array((0..<30_000).map { "\($0),张伟,x\n" }.joined().utf8)

  func read(_ bytes: [UInt8], limits: CompressionLimits = .init()) throws -> Int {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "t.csv.gz")
    let extract = try ExtractBytes(path, compression: .gzip, limits: limits)
    let reader = try DelimitedReader(extract, format: DelimitedFormat(fieldCount: 3))
    while try reader.next() != nil {}
    return reader.recordCount
  }

  @Test func readsMembers() throws {
    let whole = Self.gzip(Self.text)
    #expect(try read(whole) == 30_000)
    #expect(try read(whole + whole) == 60_000)
  }

  @Test func refusesDamage() throws {
    let whole = Self.gzip(Self.text)
    var flipped = whole
    flipped[whole.count / 2] ^= 0x40
    var checksum = whole
    checksum[whole.count - 6] ^= 1
    let cases: [([UInt8], String)] = [
      (Array(whole.dropLast(9)), "it ends before its content does"),
      (Array(whole.prefix(5)), "it ends before its content does"),
      ([], "it ends before its content does"),
      (whole + Array("garbage".utf8), "what follows its end is not gzip"),
      (whole + [0, 0], "what follows its end is not gzip"),
      (Array("a,b,c\n".utf8), "it does not begin as gzip does"),
      (flipped, "its content or checksum is broken"),
      (checksum, "its content or checksum is broken"),
    ]
    for (bytes, reason) in cases {
      let found = problem { _ = try read(bytes) }
      #expect(found?.code == "damaged_gzip")
      #expect(found?.message == "the compressed file is damaged: \(reason)")
    }
  }

  @Test func boundsContent() throws {
    var small = CompressionLimits()
    small.bytes = 10_000
    let found = problem { _ = try read(Self.gzip(Self.text), limits: small) }
    #expect(found?.code == "gzip_too_large")
    #expect(found?.expected == "at most 10000 bytes")

    let bomb = Self.gzip([UInt8](repeating: 120, count: 40 << 20))
    #expect(problem { _ = try read(bomb) }?.message == "the compressed file expands beyond what is allowed")
  }
}
