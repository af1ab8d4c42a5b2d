import Basics
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

@Suite("Reading files of records")
struct RecordFilesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func texts(_ input: LinkInput, _ name: String) -> [String?] {
    guard let column = input.records.column(named: name) else { return [] }
    return (0..<column.recordCount).map { column.text($0) }
  }

  @Test(
    "The separator is found",
    arguments: [
      "name,town\nAda,Bath\nBob,Ely\n",
      "name;town\nAda;Bath\nBob;Ely\n",
      "name\ttown\nAda\tBath\nBob\tEly",
      "name|town\r\nAda|Bath\r\nBob|Ely\r\n",
      "name|!|town\nAda|!|Bath\nBob|!|Ely\n",
      "name,town\rAda,Bath\rBob,Ely\r",
      "\"name\",\"town\"\n\"Ada\",\"Bath\"\n\n\"Bob\",\"Ely\"\n",
      "\u{FEFF} Name , TOWN \n Ada ,\u{3000}Bath\u{A0}\nBob\t,Ely\n",
    ])
  func separators(_ content: String) throws {
    let path = try folder.write(content, to: "people.csv")
    let input = try RecordFiles.read(paths: [path])
    #expect(input.records.count == 2)
    #expect(input.notes.isEmpty)
    let columns = input.records.columns
    #expect(columns.map { $0.name.lowercased() } == ["name", "town"])
    #expect(columns.map { [$0.text(0), $0.text(1)] } == [["Ada", "Bob"], ["Bath", "Ely"]])
  }

  @Test("Decimal commas and commas in quotes do not hide the semicolon")
  func otherSeparatorsWithin() throws {
    let path = try folder.write("a;b\n1,5;2,5\n3,5;\"x;y\"\n", to: "n.csv")
    let input = try RecordFiles.read(paths: [path])
    #expect(texts(input, "a") == ["1,5", "3,5"])
    #expect(texts(input, "b") == ["2,5", "x;y"])
  }

  @Test("Quotes that open no field mean nothing")
  func quotesWithin() throws {
    let path = try folder.write("name,age\nCharles \"Charlie\" Wu,3\nAnn,4\n", to: "q.csv")
    #expect(texts(try RecordFiles.read(paths: [path]), "name") == ["Charles \"Charlie\" Wu", "Ann"])
  }

  @Test("One column needs no separator")
  func oneColumn() throws {
    let path = try folder.write("name\nAda\nBob\n", to: "one.csv")
    #expect(texts(try RecordFiles.read(paths: [path]), "name") == ["Ada", "Bob"])
  }

  static let chinese = "姓名,电话\n张三,13800000001\n李四,13800000002\n"
  static let chineseGB: [UInt8] =
    [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB5, 0xE7, 0xBB, 0xB0, 10, 0xD5, 0xC5, 0xC8, 0xFD] + Array(",13800000001\n".utf8)
    + [0xC0, 0xEE, 0xCB, 0xC4] + Array(",13800000002\n".utf8)

  static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    ("\u{FEFF}" + text).utf16.flatMap { unit in
      bigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
  }

  @Test("Encodings and gzip are found")
  func encodings() throws {
    let files: [(String, [UInt8])] = [
      ("utf8", Array(Self.chinese.utf8)), ("mark", [0xEF, 0xBB, 0xBF] + Array(Self.chinese.utf8)),
      ("gb18030", Self.chineseGB), ("utf16le", Self.utf16(Self.chinese, bigEndian: false)),
      ("utf16be", Self.utf16(Self.chinese, bigEndian: true)), ("gzip", Gzip.compressed(Array(Self.chinese.utf8))),
      ("gzip of gb18030", Gzip.compressed(Self.chineseGB)),
    ]
    for (name, bytes) in files {
      let input = try RecordFiles.read(paths: [folder.write(bytes, to: name)])
      #expect(texts(input, "姓名") == ["张三", "李四"], "\(name)")
      #expect(texts(input, "电话") == ["13800000001", "13800000002"], "\(name)")
    }
  }

  @Test("Blanks and the words of programs are missing, names that look alike are not")
  func missing() throws {
    let values = FieldText.nullWords + ["", "  ", "\u{3000}", "na", "Na", "NONE", "nul", "nan1", "--1", "#"]
    let path = try folder.write("k,v\n" + values.map { "1,\($0)\n" }.joined(), to: "m.csv")
    let expected =
      FieldText.nullWords.map { _ in String?.none } + [nil, nil, nil, "na", "Na", "NONE", "nul", "nan1", "--1", "#"]
    #expect(texts(try RecordFiles.read(paths: [path]), "v") == expected)
  }

  @Test("Columns of several files are matched by name; what is not evidence is apart")
  func severalFiles() throws {
    let a = try folder.write("ID,Name,who\n1,Ada,x\n2,Bob,y\n", to: "a.csv")
    let b = try folder.write("town;name; id \nBath;ADA;7\n", to: "b.csv")
    let input = try RecordFiles.read(paths: [a, b], id: "id", truth: "WHO", source: nil, ignore: [])
    #expect(input.records.files.map(\.name) == ["a.csv", "b.csv"])
    #expect(input.records.files.map(\.recordCount) == [2, 1])
    #expect(input.records.columns.map(\.name) == ["Name", "town"])
    #expect(texts(input, "Name") == ["Ada", "Bob", "ADA"])
    #expect(texts(input, "town") == [nil, nil, "Bath"])
    let ids = try #require(input.ids)
    #expect((0..<3).map { ids[$0] } == ["1", "2", "7"])
    #expect(input.truth?.codes == [0, 1, -1])
    #expect(
      input.notes.map(\.description) == [
        "\(a):1: warning [missing_column]: the file lacks columns that another one has; they are missing in all its "
          + "records; found no town. Give columns that mean the same the same name in every file.",
        "\(b):1: warning [missing_column]: the file lacks columns that another one has; they are missing in all its "
          + "records; found no who. Give columns that mean the same the same name in every file.",
      ])
  }

  @Test("One column may be truth, id and source at once")
  func sharedRoles() throws {
    let path = try folder.write("k,v\na,1\n,2\na,3\n", to: "s.csv")
    let input = try RecordFiles.read(paths: [path], id: "k", truth: "k", source: "k")
    #expect(input.records.columns.map(\.name) == ["v"])
    #expect(input.truth?.codes == [0, -1, 0])
    #expect(input.source?.codes == [0, -1, 0])
    #expect((0..<3).map { input.ids?[$0] } == ["a", "", "a"])
  }

  @Test("Damaged rows keep their place and are told of")
  func damagedRows() throws {
    let path = try folder.write(
      "id,name,town\n1,Ada,Bath\n2,Bob\n\n3,Cy,Ely,x\n4,\"D\"d,Rye\n5,Eve,Ayr\n6,F,G\n", to: "d.csv")
    let input = try RecordFiles.read(paths: [path], id: "id")
    #expect(texts(input, "name") == ["Ada", nil, nil, nil, "Eve", "F"])
    #expect((0..<6).map { input.ids?[$0] } == ["1", "", "", "", "5", "6"])
    #expect(input.damagedCount == 3)
    let row = "cannot be read; it stays in its place without values"
    #expect(
      input.notes.map(\.description) == [
        "\(path):3: warning [too_few_fields]: row 2 \(row); found 2 fields, expected 3 fields.",
        "\(path):5: warning [too_many_fields]: row 3 \(row); found 4 fields, expected 3 fields.",
        "\(path):6: warning [stray_quote]: row 4 \(row); found a quote that is neither doubled nor at a field's edge, "
          + "near byte 5 of the line, expected fields that are quoted whole, with quotes inside doubled.",
      ])
  }

  @Test("Of many damaged rows the first are shown and the others counted")
  func manyDamagedRows() throws {
    let lines = (1...20).map { $0 % 3 == 0 ? "\($0)" : "\($0),x" }
    let path = try folder.write((["a,b"] + lines).joined(separator: "\n"), to: "many.csv")
    let input = try RecordFiles.read(paths: [path])
    #expect(input.damagedCount == 6)
    #expect(input.notes.count == 6)
    #expect(
      input.notes.last?.description
        == "\(path): warning [too_few_fields]: 1 more rows cannot be read for the same reason.")
  }

  @Test("Values, numbers and counts are those of a plain reading, for any number of threads")
  func randomTables() throws {
    for seed in UInt64(1)...4 {
      var random = SeededRandom(seed: seed)
      let rowCount = seed == 1 ? 6_000 : 300
      let pools = [3, 40, rowCount, rowCount * 10]
      let columns = pools.map { pool in
        (0..<rowCount).map { _ -> String? in
          if Int.random(in: 0..<10, using: &random) == 0 { return nil }
          let number = Int.random(in: 0..<pool, using: &random)
          return ["", "名", "a,\"", "x y "][number % 4] + "v\(number)"
        }
      }
      var content = "c0,c1,c2,c3\n"
      for row in 0..<rowCount { content += CSVText.line(columns.map { $0[row] ?? "" }) }
      let path = try folder.write(content, to: "r\(seed).csv")
      for threads in 1...3 {
        let input = try RecordFiles.read(paths: [path], threads: threads)
        for (number, values) in columns.enumerated() {
          let expected = InternedColumn(name: "c\(number)", values: values)
          let read = input.records.columns[number]
          #expect(read.codes == expected.codes, "seed \(seed), threads \(threads), column \(number)")
          #expect(read.counts == expected.counts, "seed \(seed), threads \(threads), column \(number)")
          let isEqual = (0..<Int32(expected.valueCount)).allSatisfy { read.texts[$0] == expected.texts[$0] }
          #expect(isEqual, "seed \(seed), threads \(threads), column \(number)")
        }
      }
    }
  }

  @Test("White space is taken off as by a plain reading of scalars")
  func trimming() {
    let pieces = [" ", "\t", "\u{A0}", "\u{3000}", "a", "é", "一", "Â", "〇", "\u{80}", "à"]
    for seed in UInt64(1)...500 {
      var random = SeededRandom(seed: seed)
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      var scalars = Array(text.unicodeScalars)
      let blank: Set<Unicode.Scalar> = [" ", "\t", "\u{A0}", "\u{3000}"]
      while let last = scalars.last, blank.contains(last) { scalars.removeLast() }
      while let first = scalars.first, blank.contains(first) { scalars.removeFirst() }
      let expected = String(String.UnicodeScalarView(scalars))
      let trimmed = Array(text.utf8).withUnsafeBytes { String(decoding: FieldText.trimmed($0), as: UTF8.self) }
      #expect(trimmed == expected, "seed \(seed)")
    }
  }
}
