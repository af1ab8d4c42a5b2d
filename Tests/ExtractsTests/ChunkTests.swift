import TestSupport
import Testing

@testable import Extracts

/// Reads a file in chunks as threads would: every chunk from where it should begin, and again from where the one before
/// it ended if that is somewhere else.
struct ChunkedReading {
  let content: [UInt8]
  let format: DelimitedFormat
  var piece = Int.max
  var blockBytes = 128 << 10
  private(set) var readAgain = 0

  init(_ content: [UInt8], _ format: DelimitedFormat, piece: Int = .max, blockBytes: Int = 128 << 10) {
    self.content = content
    self.format = format
    self.piece = piece
    self.blockBytes = blockBytes
  }

  private func bytes(from offset: Int) -> ExtractBytes {
    ExtractBytes(content, named: "t.csv", startingAt: offset, piece: piece)
  }

  private func start(atOrAfter offset: Int) throws -> Int {
    offset == 0 ? 0 : try bytes(from: offset - 1).passOverLine(format.lineTerminators)
  }

  private typealias Chunk = (outcomes: [Outcome], next: Int, lines: Int, header: [String]?)

  private func readChunk(from start: Int, until end: Int, header: [String]?) throws -> Chunk {
    let reader = try DelimitedReader(
      bytes(from: start), format: format, until: end, header: header, blockBytes: blockBytes)
    let list = try outcomes(reader, batch: 3)
    return (list, reader.nextOffset, reader.linesPassed, reader.header)
  }

  mutating func outcomesOfChunks(of chunkBytes: Int) throws -> [Outcome] {
    var list: [Outcome] = []
    var lines = 0
    var expectedStart = 0
    var header: [String]?
    for index in 0...(content.count / chunkBytes) {
      let end = try start(atOrAfter: (index + 1) * chunkBytes)
      let assumedStart = try start(atOrAfter: index * chunkBytes)
      var chunk = try readChunk(from: assumedStart, until: end, header: header)
      if assumedStart != expectedStart {
        readAgain += 1
        chunk = try readChunk(from: expectedStart, until: end, header: header)
      }
      list += chunk.outcomes.map { $0.movedDown(by: lines) }
      lines += chunk.lines
      expectedStart = chunk.next
      header = chunk.header
    }
    #expect(expectedStart == content.count)
    return list
  }
}

@Suite struct ChunkTests {
  @Test func chunksGiveWhatOneReaderGives() throws {
    var random = RandomExtracts(seed: 1_024)
    for _ in 0..<RandomExtracts.rounds {
      let (content, format) = random.next(encodings: [.utf8, .gb18030])
      let expected = try read(content, format)
      let chunk = random.number(in: 1...30)
      var chunked = ChunkedReading(
        content, format, piece: random.number(in: 1...9), blockBytes: random.number(in: 1...70))
      #expect(try chunked.outcomesOfChunks(of: chunk) == expected, "\(random), chunks of \(chunk)")
    }
  }

  /// A quoted field that runs over a chunk's beginning makes the next chunk begin in its middle.
  @Test func chunksBehindAnOpenQuoteAreReadAgain() throws {
    let content = Array("no,text\n1,\"x\ny\nz\"\n2,b\n".utf8)
    var chunked = ChunkedReading(content, DelimitedFormat(hasHeader: true))
    let list = try chunked.outcomesOfChunks(of: 12)
    #expect(list.map(\.description) == ["record 2@8 [\"1\", \"x\\ny\\nz\"]", "record 5@18 [\"2\", \"b\"]"])
    #expect(chunked.readAgain == 1)
  }

  @Test func headersBelongToTheFirstChunk() throws {
    let content = Array("\u{FEFF}\n\r\n\nno,\"na\nme\"\n1,a\n2,\"b\n\"\n\n3\nT,x,y\n".utf8)
    let format = DelimitedFormat(hasHeader: true, controlMarks: ["T"])
    let expected = try read(content, format)
    #expect(expected.count == 4)
    for chunk in 1...content.count {
      var chunked = ChunkedReading(content, format, blockBytes: 5)
      #expect(try chunked.outcomesOfChunks(of: chunk) == expected, "chunks of \(chunk)")
    }
  }

  @Test func findsLineStarts() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("ab\ncd\r\n\re", to: "t.csv")
    func starts(_ terminators: LineTerminators) throws -> [Int] {
      try (0...9).map { try ExtractBytes.lineStart(atOrAfter: $0, in: path, terminators: terminators) }
    }
    #expect(try starts(.feed) == [0, 3, 3, 3, 7, 7, 7, 7, 9, 9])
    #expect(try starts(.any) == [0, 3, 3, 3, 7, 7, 7, 7, 8, 9])
  }

  @Test func readsChunksOfFiles() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("no,name\n1,a\n2,b\n3,c\n", to: "t.csv")
    let format = DelimitedFormat(hasHeader: true)
    let start = try ExtractBytes.lineStart(atOrAfter: 13, in: path)
    let first = try DelimitedReader(chunk: ExtractBytes(path), until: start, format: format, header: nil)
    #expect(try outcomes(first).map(\.description) == ["record 2@8 [\"1\", \"a\"]", "record 3@12 [\"2\", \"b\"]"])
    #expect(first.nextOffset == start)
    #expect(first.linesPassed == 3)
    let second = try DelimitedReader(
      chunk: ExtractBytes(path, startingAt: start), until: .max, format: format, header: first.header)
    #expect(try outcomes(second).map(\.description) == ["record 1@16 [\"3\", \"c\"]"])
    #expect(second.header == ["no", "name"])
  }

  /// Readers that have no batches of their own copy into them.
  @Test func batchesOfElementsAreCopies() throws {
    let text = "<r>" + (0..<50).map { "<e><a>\($0)</a><b/></e>" }.joined() + "</r>"
    func reader() throws -> ElementRecords {
      try ElementRecords(
        ExtractBytes(Array(text.utf8), named: "t.xml", piece: 7),
        format: .init(recordPath: "r/e", fields: ["a", "b", "c"]))
    }
    #expect(try outcomes(reader(), batch: 8) == outcomes(reader()))
    #expect(try outcomes(reader(), batch: 8).count == 50)
  }

  @Test func batchesAreWhatNextGives() throws {
    var random = RandomExtracts(seed: 7)
    for _ in 0..<RandomExtracts.rounds {
      let (content, format) = random.next()
      let expected = try read(content, format)
      let block = random.number(in: 1...200)
      let reader = try DelimitedReader(ExtractBytes(content, named: "t.csv"), format: format, blockBytes: block)
      #expect(try outcomes(reader, batch: random.number(in: 1...9)) == expected, "\(random), blocks of \(block)")
      let sound = expected.count { if case .damaged = $0 { false } else { true } }
      #expect(reader.recordCount == sound)
      #expect(reader.damagedCount == expected.count - sound)
    }
  }
}
