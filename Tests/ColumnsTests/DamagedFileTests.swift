import Basics
import TestSupport
import Testing

@testable import Columns

@Suite struct DamagedFileTests {
  let folder: TemporaryFolder
  let whole: [UInt8]
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/t.arrow"
    try write(randomRows(60, everyType, seed: 1), everyType, to: path, batchRows: 25)
    whole = try bytes(of: path)
  }

  private func replace(by bytes: [UInt8]) throws {
    let writer = try FileWriter(path)
    try writer.write(bytes)
    _ = try writer.finish()
  }

  @Test func aTruncatedFileIsNoTable() throws {
    for length in Array(stride(from: 0, to: whole.count, by: 64)) + [whole.count - 1, 7, 8, 9, 19, 20] {
      try replace(by: Array(whole[..<length]))
      let problem = #expect(throws: Problem.self) { try Table(path) }
      let what = length < 8 ? "begin" : "end"
      #expect(
        problem?.description
          == "\(path): error [damaged_table]: not a whole Arrow file: it does not \(what) with ARROW1. "
          + "Run the stage that wrote it again.")
    }
  }

  @Test func aMiddleThatIsCutOutIsNoCrash() throws {
    for start in stride(from: 64, to: whole.count - 64, by: 64) {
      try replace(by: Array(whole[..<start] + whole[(start + 64)...]))
      _ = readEverything()
    }
  }

  /// Reads all; gives the code of the problem if there is one.
  private func readEverything() -> String? {
    do {
      let table = try Table(path)
      _ = try textRows(table)
      return nil
    } catch let problem as Problem {
      return problem.code
    } catch {
      return "other"
    }
  }

  @Test(arguments: [UInt64](1...4))
  func flippedBytesAreNoCrash(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var refused = 0
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      try replace(by: bytes)
      if let code = readEverything() {
        refused += 1
        #expect(["damaged_table", "unsupported_table"].contains(code), "seed \(seed)")
      }
    }
    #expect(refused > 30, "seed \(seed): damage is hardly ever noticed")
  }

  @Test func everyByteOfTheFooterMayBeAnything() throws {
    let length = Int(whole[whole.count - 10]) | Int(whole[whole.count - 9]) << 8
    let footer = whole.count - 10 - length
    for index in footer..<whole.count {
      var bytes = whole
      bytes[index] = bytes[index] == 0xFF ? 0 : 0xFF
      try replace(by: bytes)
      _ = readEverything()
    }
  }

  @Test func textsAndCodesOutsideAreNoticed() throws {
    let schema = TableSchema("t", [ColumnSpec("s", .utf8), ColumnSpec("c", .code), ColumnSpec("n", .int8)])
    try write(
      [[.text("abc"), .text("x"), .integer(1)], [.text("defg"), .text("y"), .null]], schema, to: path)
    let bytes = try bytes(of: path)
    let file = try ArrowFile(path)
    let base = try #require(file.file.bytes.baseAddress)
    let cases: [(name: String, offset: Int, value: UInt8, message: String)] = [
      ("s", file.batches[0][0].values - base + 8, 200, "a text lies outside of its batch"),
      ("s", file.batches[0][0].values - base + 4, 8, "a text lies outside of its batch"),
      ("s", file.batches[0][0].values - base + 3, 0x80, "a text lies outside of its batch"),
      ("c", file.batches[0][1].values - base, 2, "a code is not in its dictionary"),
      ("c", file.batches[0][1].values - base + 7, 0x80, "a code is not in its dictionary"),
      ("n", UnsafeRawPointer(file.batches[0][2].validity!) - base, 3, "a column has more or fewer nulls than it says"),
    ]
    for (name, offset, value, message) in cases {
      var damaged = bytes
      damaged[offset] = value
      try replace(by: damaged)
      let table = try Table(path)
      let problem = #expect(throws: Problem.self) { try table.column(name) }
      #expect(
        problem?.description
          == "\(path), field \(name): error [damaged_table]: not a whole Arrow file: \(message). "
          + "Run the stage that wrote it again.")
    }
  }
}
