import Testing

@testable import Extracts

@Suite struct QuotedParserTests {
  /// Lines without quotes are split without libcsv; this holds that split to libcsv's answer.
  @Test func directSplitIsLibcsvs() throws {
    let seed: UInt64 = 4180
    var random = SeededRandom(seed)
    let parser = try QuotedParser(separator: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
    let alphabet: [UInt8] = Array("ab ,,\t\r'张;|".utf8)
    for round in 0..<2000 {
      var line: [UInt8] = [UInt8(ascii: "x")]
      for _ in 0..<Int.random(in: 0...30, using: &random) { line.append(alphabet.randomElement(using: &random)!) }
      line.append(UInt8(ascii: "."))
      parser.begin()
      #expect(line.withUnsafeBytes { parser.feed($0) } == nil)
      #expect(parser.end())
      var fields: [[UInt8]] = []
      for index in 0..<parser.fieldCount {
        let from = index == 0 ? 0 : Int(parser.ends[index - 1]) + 1
        fields.append(Array(UnsafeBufferPointer(start: parser.base + from, count: Int(parser.ends[index]) - from)))
      }
      #expect(
        fields == line.split(separator: 44, omittingEmptySubsequences: false).map(Array.init), "seed \(seed), \(round)")
      if let text = String(validating: line, as: UTF8.self) {
        let direct = try read(Array(text.utf8), DelimitedFormat()).map(\.fields)
        #expect(direct == [fields.map { String(decoding: $0, as: UTF8.self) }], "seed \(seed), round \(round)")
      }
    }
  }

  @Test func startsAfreshAfterAnError() throws {
    let parser = try QuotedParser(separator: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
    for _ in 0..<3 {
      parser.begin()
      #expect(Array("\"a\"b".utf8).withUnsafeBytes { parser.feed($0) } == 3)
      parser.begin()
      #expect(Array("\"open".utf8).withUnsafeBytes { parser.feed($0) } == nil)
      #expect(!parser.end())
      parser.begin()
      #expect(Array("a,\"b\"".utf8).withUnsafeBytes { parser.feed($0) } == nil)
      #expect(parser.end())
      #expect(parser.fieldCount == 2)
    }
  }
}
