import Basics
import CZlib
import TestSupport
import Testing

@testable import Extracts

@Suite struct GzipTests {
  static func gzip(_ content: [UInt8]) -> [UInt8] { Gzip.compressed(content) }

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

  /// What is wrong with a compressed file, and the byte of it at which that shows.
  static let damaged: [(name: String, bytes: [UInt8], reason: String, at: Int)] = {
    let whole = gzip(text)
    let short = gzip(Array("a,b,c\n".utf8))
    func changed(_ at: Int, _ bits: UInt8, in bytes: [UInt8] = whole) -> [UInt8] {
      var copy = bytes
      copy[at] ^= bits
      return copy
    }
    let cut = "it ends before its content does"
    let trailing = "what follows its end is not gzip"
    return [
      ("empty file", [], cut, 0),
      ("cut in the header", Array(whole.prefix(5)), cut, 5),
      ("cut in the content", Array(whole.prefix(1_000)), cut, 1_000),
      ("cut before the checksum", Array(whole.dropLast(8)), cut, whole.count - 8),
      ("cut before the length", Array(whole.dropLast(4)), cut, whole.count - 4),
      ("cut by a byte", Array(whole.dropLast()), cut, whole.count - 1),
      ("cut in the second member", short + whole.dropLast(), cut, short.count + whole.count - 1),
      ("not compressed", Array("a,b,c\n".utf8), "it does not begin as gzip does", 2),
      ("another method", changed(2, 1), "it is compressed by a method that gzip does not know", 4),
      ("reserved flags", changed(3, 0x20), "its header has flags that gzip does not know", 4),
      ("checksum of the header", checkedHeader(in: short, offBy: 1), "the checksum of its header is wrong", 12),
      ("content", changed(10, 4, in: short), "its content is broken", 11),
      ("checksum", changed(short.count - 6, 1, in: short), "the checksum of its content is wrong", short.count - 4),
      (
        "length", changed(short.count - 1, 1, in: short), "the length of its content is not the one it states",
        short.count
      ),
      ("text behind it", short + Array("garbage".utf8), trailing, short.count + 2),
      ("text behind zeros", short + [0, 0, 7], trailing, short.count + 2),
      ("a member behind zeros", short + [0, 0] + short, trailing, short.count + 2),
    ]
  }()

  /// The same with a checksum of its header, right or wrong.
  static func checkedHeader(in bytes: [UInt8], offBy wrong: UInt16) -> [UInt8] {
    var header = Array(bytes.prefix(10))
    header[3] |= 2
    let sum = UInt16(truncatingIfNeeded: crc32(0, header, 10)) &+ wrong
    return header + [UInt8(sum & 0xFF), UInt8(sum >> 8)] + bytes.dropFirst(10)
  }

  @Test func takesWhatGzipAllows() throws {
    let short = Self.gzip(Array("a,b,c\n".utf8))
    #expect(try read(short + [UInt8](repeating: 0, count: 100_000)) == 1)
    #expect(try read(Self.checkedHeader(in: short, offBy: 0)) == 1)
    let none = Self.gzip([])
    #expect(try read(none + none + short + none) == 1)
    #expect(try read(none) == 0)
    // Extra field, file name and comment.
    var named = short
    named[3] |= 4 | 8 | 16
    named.insert(contentsOf: [2, 0, 1, 2] + Array("crm.csv\0x\0".utf8), at: 10)
    #expect(try read(named) == 1)
  }

  @Test(arguments: damaged.indices)
  func refusesDamage(_ index: Int) throws {
    let (name, bytes, reason, at) = Self.damaged[index]
    let found = problem { _ = try read(bytes) }
    let advice =
      name == "not compressed"
      ? "If the file is not compressed, correct its definition" : "Ask the source system to deliver it again"
    #expect(
      found?.description
        == "t.csv.gz, byte \(at): error [damaged_gzip]: the compressed file is damaged: \(reason). "
        + "\(advice); nothing of it was used.", "\(name)")
  }

  /// Every cut and every changed bit of a small file is refused, but for what a header leaves open.
  @Test func refusesEveryCutAndEveryBit() throws {
    let whole = Self.checkedHeader(in: Self.gzip(Array("a,b,c\nd,张伟,f\n".utf8)), offBy: 0)
    for count in 0..<whole.count {
      #expect(problem { _ = try read(Array(whole.prefix(count))) }?.code == "damaged_gzip", "cut at \(count)")
    }
    for bit in 0..<8 * whole.count {
      var copy = whole
      copy[bit / 8] ^= 1 << (bit % 8)
      #expect(problem { _ = try read(copy) }?.code == "damaged_gzip", "bit \(bit)")
    }
  }

  @Test func staysRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.gzip(Self.text).dropLast(), to: "t.csv.gz")
    let extract = try ExtractBytes(path, compression: .gzip)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
    defer { block.deallocate() }
    func readAll() throws { while try extract.read(into: block) > 0 {} }
    let first = problem { try readAll() }
    #expect(first?.code == "damaged_gzip")
    #expect(problem { try readAll() } == first)
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

  /// What stands before the damage is read all the same, by batches too: reports tell how far a file was sound.
  @Test func givesWhatStandsBeforeTheDamage() throws {
    let folder = try TemporaryFolder()
    let lines = Array((0..<500).map { "{\"id\":\($0)}\n" }.joined().utf8)
    let path = try folder.write(Self.gzip(lines) + Self.gzip(lines).dropLast(8), to: "t.jsonl.gz")
    func open() throws -> JSONLinesReader {
      try JSONLinesReader(
        ExtractBytes(path, compression: .gzip), format: JSONLinesFormat(fields: ["id"]), blockBytes: 64)
    }
    func count(_ step: () throws -> Int) -> Int {
      var count = 0
      let found = problem { while true { count += try step() } }
      #expect(found?.code == "damaged_gzip")
      return count
    }
    let one = try open()
    let single = count { try one.next() == nil ? 0 : 1 }
    let other = try open()
    let batch = RecordBatch(capacity: 1_024)
    let batched = count {
      _ = try other.fill(batch)
      return batch.count
    }
    #expect(single > 900)
    #expect(batched == single)
  }
}
