import Basics
import TestSupport
import Testing

@testable import Extracts

@Suite struct JSONLinesReaderTests {
  static let people = JSONLinesFormat(fields: ["id", "customer/name", "documents/0/no"])

  func read(
    _ content: [UInt8], _ format: JSONLinesFormat, piece: Int = .max, blockBytes: Int = 128 << 10
  ) throws -> [Outcome] {
    let bytes = ExtractBytes(content, named: "t.jsonl", piece: piece)
    return try outcomes(JSONLinesReader(bytes, format: format, blockBytes: blockBytes))
  }

  /// What RFC 8259 allows as the value of a member, and what that is as a field.
  static let allowed: [(json: String, field: String?)] = [
    ("0", "0"), ("-0", "-0"), ("0.0", "0.0"), ("10", "10"), ("1E9", "1E9"), ("1e-9", "1e-9"),
    ("123.456e78", "123.456e78"),
    ("1" + String(repeating: "0", count: 400), "1" + String(repeating: "0", count: 400)), ("null", nil),
    ("true", "true"),
    ("\"\"", ""), ("\" \"", " "), ("\"\u{7F}\"", "\u{7F}"), ("\"\u{2028}\"", "\u{2028}"),
    ("\"\u{10FFFF}\"", "\u{10FFFF}"),
    (#""\uFFFF\uFffe""#, "\u{FFFF}\u{FFFE}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\u0022\u005C""#, "\"\\"),
    (#""\\u0061""#, #"\u0061"#), (#""a\/b""#, "a/b"), (#""\u0080\u07ff\u0800""#, "\u{80}\u{7FF}\u{800}"),
  ]

  /// What it does not: each is one damaged line.
  static let forbidden: [String] = [
    "", " ", "01", "-01", "00", "+1", "-", ".5", "5.", "5.e1", "1e", "1e+", "1E-", "0x1", "1_0", "1,2", "1 2", "--1",
    "1-",
    "1e1.5", "Infinity", "NaN", "-NaN", "nul", "nulll", "Null", "TRUE", "tru", "fals", "truefalse", "'a'", "a",
    "undefined",
    "\"", "\"a", "\"a\\\"", "\"\\\"", "\"\\x41\"", "\"\\a\"", "\"\\u\"", "\"\\u12\"", "\"\\u123\"", "\"\\u12g4\"",
    "\"\\U0041\"", "\"\\u+123\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\ud800a\"", "\"\\ud800\\n\"",
    "\"\\ud800\\u0041\"", "\"\\udc00\\ud800\"", "\"\\ud800\\u\"", "\"\t\"", "\"\u{1F}\"", "\"a\"b", "\"a\" \"b\"",
    "\"a\"\"b\"",
    "[", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1}", "]", "{", "{]", "{\"a\"", "{\"a\":", "{\"a\":1",
    "{\"a\":1,}",
    "{\"a\" 1}", "{a:1}", "{1:1}", "{null:1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{,}", "{\"a\":1,,\"b\":2}", "/**/1",
    "1//",
    "\u{FEFF}1", "\u{A0}1", "１", "\u{0B}1",
  ]

  @Test func takesWhatJSONAllows() throws {
    for (json, field) in Self.allowed {
      let list = try read(Array("{\"id\":\(json)}".utf8), JSONLinesFormat(fields: ["id"]))
      #expect(list.map(\.fields) == [[field]], "\(json)")
      // Not wanted, it must be well-formed all the same.
      let other = try read(Array("{\"x\":[\(json)],\"id\":7}".utf8), JSONLinesFormat(fields: ["id"]))
      #expect(other.map(\.fields) == [["7"]], "\(json)")
    }
  }

  @Test func refusesWhatJSONDoesNot() throws {
    // Some of them are sound between brackets.
    var lines = Self.forbidden.map { "{\"id\":\($0)}" }
    lines += Self.forbidden.filter { !["", " ", "1,2"].contains($0) }.map { "{\"x\":[\($0)]}" }
    // Whole lines that are no object, or more than one.
    lines += [
      " ", "1", "null", "\"a\"", "[]", "[{\"id\":1}]", "{\"id\":1}{\"id\":2}", "{\"id\":1},", "{\"id\":1}]", "id:1",
    ]
    for line in lines {
      let list = try read(Array((line + "\n{\"id\":7}").utf8), JSONLinesFormat(fields: ["id"]))
      #expect(list.map(\.fields) == [nil, ["7"]], "\(line)")
      if case .damaged(_, _, let code, _, _)? = list.first { #expect(code == "bad_json", "\(line)") }
    }
  }

  @Test func boundsDepthAndLength() throws {
    func nested(_ depth: Int) -> [UInt8] {
      // The object is one level itself.
      Array(
        "{\"x\":\(String(repeating: "[", count: depth - 1))\(String(repeating: "]", count: depth - 1)),\"id\":1}".utf8)
    }
    let format = JSONLinesFormat(fields: ["id"])
    #expect(try read(nested(64), format).map(\.fields) == [["1"]])
    #expect(try read(nested(65), format).map(\.fields) == [nil])
    #expect(try read(nested(400_000), format).map(\.fields) == [nil])

    var short = format
    short.maxFieldBytes = 3
    #expect(try read(Array(#"{"id":"张","x":"abcdef"}"#.utf8), short).map(\.fields) == [["张"]])
    #expect(
      try read(Array(#"{"id":"abcd"}"#.utf8), short).map(\.description) == ["damaged 1@0 field_too_long lines 1 raw 13"]
    )
    #expect(
      try read(Array(#"{"id":1234}"#.utf8), short).map(\.description) == ["damaged 1@0 field_too_long lines 1 raw 11"])
    let long = Array("{\"id\":1}\n".utf8) + [UInt8](repeating: 0x5B, count: 3 << 20) + Array("\n{\"id\":2}".utf8)
    #expect(try read(long, format).map(\.fields) == [["1"], nil, ["2"]])
  }

  @Test func namesTheDamage() throws {
    func damage(_ text: String, _ change: (inout JSONLinesFormat) -> Void = { _ in }) throws -> [String] {
      var format = Self.people
      change(&format)
      let reader = try JSONLinesReader(ExtractBytes(Array(text.utf8), named: "app.jsonl"), format: format)
      while let delivery = try reader.next() {
        guard case .damaged(let damage) = delivery else { continue }
        #expect(reader.damagedCount == 1)
        return [damage.place.description, damage.found, damage.expected]
      }
      return []
    }
    func expect(_ text: String, _ found: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation)
      throws
    {
      #expect(try damage("{}\n" + text) == ["app.jsonl:2", found, expected], sourceLocation: sourceLocation)
    }
    try expect("[]", "something else at byte 3", "one JSON object a line")
    try expect("{", "the end of the line at byte 4", "a member's name in quotes")
    try expect("{\"a\"}", "something else at byte 7", "a colon")
    try expect("{\"a\":}", "something else at byte 8", "a value")
    try expect("{\"a\":1]", "something else at byte 9", "a comma or a closing brace")
    try expect("{\"a\":[1}", "something else at byte 10", "a comma or a closing bracket")
    try expect("{\"a\":-x}", "something else at byte 9", "a digit")
    try expect("{\"a\":\"x", "the end of the line at byte 10", "a closing quote")
    try expect("{\"a\":\"\t\"}", "a control character at byte 9", "a text without control characters")
    try expect("{\"a\":\"\\x\"}", "something else at byte 10", "one of the escapes of JSON")
    try expect("{\"a\":\"\\u12\"}", "something else at byte 13", "four hexadecimal digits")
    try expect("{\"a\":\"\\ud800\"}", "an unpaired surrogate at byte 9", "surrogates in pairs")
    try expect("{} {}", "something else at byte 6", "nothing behind the object")
    try expect("{\"id\":1,\"id\":1}", "the name id twice in an object at byte 11", "it once")
    try expect(
      "{\"customer\":{\"name\":[]}}", "an array for customer/name at byte 23", "a text, a number, true, false or null")
    try expect("{\"id\":{}}", "an object for id at byte 9", "a text, a number, true, false or null")
    try expect("{\"id\":\"a\\u0000\"}", "the escape of a NUL at byte 11", "text")
    #expect(
      try damage("{\"id\":\"abc\"}") { $0.maxFieldBytes = 2 } == [
        "app.jsonl:1", "3 bytes for id at byte 6", "at most 2 bytes",
      ])
    #expect(
      try damage("{\"a\":[]}") { $0.maxDepth = 1 } == [
        "app.jsonl:1", "one more at byte 5", "at most 1 objects and arrays inside of each other",
      ])
    #expect(try damage("{\"id\":1}") { $0.maxRecordBytes = 7 } == ["app.jsonl:1", "8 bytes", "at most 7 bytes"])
  }

  @Test func refusesPathsThatCannotBe() {
    for fields in [[""], ["a/"], ["/a"], ["a//b"], ["a", "a"], ["a", "a/b"], ["a/b", "a"]] {
      let found = problem { _ = try JSONLinesReader(ExtractBytes([], named: "t"), format: .init(fields: fields)) }
      #expect(
        found?.description
          == "error [bad_field_path]: this is no path to a field; found \"\(fields.last!)\", expected member names joined "
          + "with /, used once and not leading through another field, as in customer/name.")
    }
  }

  @Test func agreesWithTheObviousReader() throws {
    let seed: UInt64 = 20_261_124
    var random = SeededRandom(seed)
    for round in 0..<2_000 {
      var format = JSONLinesFormat(fields: ["a", "b/a", "b/b", "c/0", "c/1/a", "d/a/b/c"].shuffled(using: &random))
      format.maxDepth = [64, 4].randomElement(using: &random)!
      format.maxFieldBytes = [1 << 16, 6].randomElement(using: &random)!
      format.maxRecordBytes = [1 << 20, 60].randomElement(using: &random)!
      var documents = RandomJSON(random: SeededRandom(seed &+ UInt64(round)))
      var content = documents.lines(Int.random(in: 0...6, using: &random))
      if round % 2 == 0 && !content.isEmpty {
        let at = Int.random(in: content.indices, using: &random)
        content[at] = Array("\"\\{}[],:u0 \n\0\u{1}e-a".utf8).randomElement(using: &random)!
      }
      if round % 5 == 0 && !content.isEmpty { content[Int.random(in: content.indices, using: &random)] = 0xED }
      let expected = JSONLinesReference.read(content, format)
      let shown = "seed \(seed), round \(round): \(String(decoding: content, as: UTF8.self).debugDescription)"
      #expect(try read(content, format) == expected, "\(shown)")
      let piece = Int.random(in: 1...9, using: &random)
      let block = Int.random(in: 1...70, using: &random)
      #expect(try read(content, format, piece: piece, blockBytes: block) == expected, "\(shown), \(piece), \(block)")
    }
  }
}

/// Documents near to what is wanted, so that paths meet and names repeat.
struct RandomJSON {
  var random: SeededRandom

  mutating func lines(_ count: Int) -> [UInt8] {
    var text = ""
    for _ in 0..<count { text += object(depth: 0) + ["\n", "\r\n", "\n\n"].randomElement(using: &random)! }
    return Array(text.utf8)
  }

  private mutating func blank() -> String { ["", "", "", " ", "\t"].randomElement(using: &random)! }

  private mutating func object(depth: Int) -> String {
    let members = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      let name = ["a", "b", "c", "d", "\\u0061", "x", "0"].randomElement(using: &random)!
      return blank() + "\"\(name)\"" + blank() + ":" + blank() + value(depth: depth + 1)
    }
    return "{" + members.joined(separator: blank() + ",") + blank() + "}"
  }

  private mutating func value(depth: Int) -> String {
    switch Int.random(in: 0...(depth > 4 ? 7 : 11), using: &random) {
    case 0: return "null"
    case 1: return ["true", "false"].randomElement(using: &random)!
    case 2...3: return ["0", "-1.50", "2e10", "1234567"].randomElement(using: &random)!
    case 4...7:
      let parts = ["", "x", "张", "\\n", "\\\"", "\\ud840\\udc09", "\\ud840", "\\u0000", "\u{20009}", "/"]
      return "\"" + (0..<3).map { _ in parts.randomElement(using: &random)! }.joined() + "\""
    case 8...9:
      let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1) }
      return "[" + elements.joined(separator: ",") + "]"
    default: return object(depth: depth)
    }
  }
}
