import Basics
import Foundation
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

@Suite("Writing what was linked")
struct LinkOutputsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func input(ids: Bool) -> LinkInput {
    var texts = ValueTexts()
    for id in ["1", "a,b", "", "q\"", "5"] { texts.append(id) }
    let column = InternedColumn(name: "name", values: ["a", "b", "c", "d", "e"])
    let files = [RecordSet.File(name: "a.csv", recordCount: 2), .init(name: "b, c.csv", recordCount: 3)]
    return LinkInput(records: RecordSet(files: files, columns: [column]), ids: ids ? texts : nil)
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("Clusters are numbered as they first come")
  func clusters() throws {
    let path = folder.path + "/clusters.csv"
    try LinkOutputs.writeClusters([4, 0, 4, 3, 0], of: input(ids: true), to: path)
    #expect(
      try Files.text(of: path) == """
        file,row,id,cluster
        a.csv,1,1,1
        a.csv,2,"a,b",2
        "b, c.csv",1,,1
        "b, c.csv",2,"q\"\"",3
        "b, c.csv",3,5,2

        """)
    #expect(try mode(path) == 0o600)
    try LinkOutputs.writeClusters([0, 1, 2, 3, 4], of: input(ids: false), to: path)
    #expect(try Files.text(of: path).split(separator: "\n")[2] == "a.csv,2,,2")
  }

  @Test("Pairs are sorted by their records, the first one as a")
  func pairs() throws {
    let path = folder.path + "/pairs.csv"
    let pairs = LinkedPairs(
      left: [3, 1, 0, 2], right: [4, 0, 2, 1], weights: [-0.0004, 12.3456, -3.5, 40],
      probabilities: [0.5, 0.9999996, 0.000001, 1])
    try LinkOutputs.writePairs(pairs, of: input(ids: true), to: path)
    #expect(
      try Files.text(of: path) == """
        file_a,row_a,id_a,file_b,row_b,id_b,weight,probability
        a.csv,1,1,a.csv,2,"a,b",12.346,1.000000
        a.csv,1,1,"b, c.csv",1,,-3.500,0.000001
        a.csv,2,"a,b","b, c.csv",1,,40.000,1.000000
        "b, c.csv",2,"q\"\"","b, c.csv",3,5,0.000,0.500000

        """)
  }

  @Test("Numbers are written as Foundation writes them")
  func numbers() throws {
    var random = SeededRandom(seed: 5)
    let path = folder.path + "/n"
    var expected = ""
    var buffer = try CSVBuffer(path)
    let integers = [0, 9, 10, 99, 100, 12345, -7, Int.max, Int.min, 999_999_999_999, 10_000_000_000_000_000]
    for number in integers {
      try buffer.appendInteger(number)
      try buffer.append(10)
      expected += "\(number)\n"
    }
    // A tie would be rounded to even by Foundation.
    let odd = (0..<3_000).map { _ in Double.random(in: -2_000...2_000, using: &random) }
    for (index, number) in (odd + [0, 1, -1, 999.9999999, -0.00001]).enumerated() {
      let places = [0, 1, 3, 6][index % 4]
      if places == 0 { continue }
      try buffer.appendDecimal(number, places: places)
      try buffer.append(10)
      let text = String(format: "%.\(places)f", number)
      let isZero = text.allSatisfy { "-0.".contains($0) }
      expected += (isZero && text.first == "-" ? String(text.dropFirst()) : text) + "\n"
    }
    try buffer.appendDecimal(.infinity, places: 3)
    try buffer.append(10)
    expected += "1000000000.000\n"
    try buffer.finish()
    let written = try Files.text(of: path)
    #expect(written == expected)
  }

  @Test("Long fields and many lines pass through the buffer whole")
  func longFields() throws {
    let path = folder.path + "/long"
    var buffer = try CSVBuffer(path)
    let long = UnsafeMutableRawBufferPointer.allocate(byteCount: 300_000, alignment: 1)
    defer { long.deallocate() }
    long.initializeMemory(as: UInt8.self, repeating: 120)
    var expected = ""
    for length in [10, 262_144, 262_143, 300_000, 5] {
      try buffer.appendField(UnsafeRawBufferPointer(rebasing: long[..<length]))
      try buffer.append(10)
      expected += String(repeating: "x", count: length) + "\n"
    }
    try buffer.finish()
    #expect(try Files.text(of: path) == expected)
  }

  @Test("A folder comes into being whole, and keeps what else is in it")
  func outputFolder() throws {
    let path = folder.path + "/out"
    for round in 1...2 {
      let output = try OutputFolder(path + "/")
      try Files.write("\(round)", to: output.file("clusters.csv"))
      #expect(try !Files.exists(path) || Files.text(of: path + "/clusters.csv") == "1")
      try output.commit()
      #expect(try Files.text(of: path + "/clusters.csv") == "\(round)")
      #expect(try mode(path) == 0o700)
      if round == 1 { try Files.write("labels", to: path + "/labels.csv") }
    }
    #expect(try Files.names(in: path) == ["clusters.csv", "labels.csv"])
    let discarded = try OutputFolder(path)
    try Files.write("3", to: discarded.file("clusters.csv"))
    discarded.discard()
    #expect(try Files.names(in: folder.path) == ["out"])
    #expect(try Files.text(of: path + "/clusters.csv") == "2")
    let error = #expect(throws: Problem.self) { try OutputFolder(path + "/labels.csv") }
    #expect(
      error?.description
        == "\(path)/labels.csv: error [not_a_folder]: the results need a folder; found a file. Name another folder.")
  }
}
