@testable import Extracts

extension ConformanceTests {
  private static let people = JSONLinesFormat(fields: ["id", "customer/name", "documents/0/no"])

  private static let whole = #"{"id":1,"customer":{"name":"张伟"},"documents":[{"no":"11"},{"no":"22"}]}"#

  static let jsonLinesCases: [ReadingCase] = [
    .jsonLines("empty file", "", people),
    .jsonLines("whole", whole + "\n", people, #"record 1@0 ["1", "张伟", "11"]"#),
    .jsonLines("no last line end", whole, people, #"record 1@0 ["1", "张伟", "11"]"#),
    .jsonLines(
      "CRLF and blank lines", "\r\n{\"id\":1}\r\n\n{\"id\":2}\r\n", people,
      #"record 2@2 ["1", "nil", "nil"]"#, #"record 4@13 ["2", "nil", "nil"]"#),
    .jsonLines("BOM", "\u{FEFF}{\"id\":1}", people, #"record 1@3 ["1", "nil", "nil"]"#),
    .jsonLines(
      "any order", #"{"documents":[{"x":[1,{"no":2}],"no":"11"}],"id":"1","customer":{"name":"a"}}"#, people,
      #"record 1@0 ["1", "a", "11"]"#),
    .jsonLines(
      "blanks anywhere", "\t { \"id\" : 1 , \"customer\" : { \"name\" : \"a\" } , \"documents\" : [ ] } \r\n", people,
      #"record 1@0 ["1", "a", "nil"]"#),
    .jsonLines("nothing wanted", "{}", people, #"record 1@0 ["nil", "nil", "nil"]"#),
    .jsonLines(
      "empty is not absent", #"{"id":"","customer":{"name":null}}"#, people, #"record 1@0 ["", "nil", "nil"]"#),
    .jsonLines(
      "null above", #"{"id":true,"customer":null,"documents":null}"#, people, #"record 1@0 ["true", "nil", "nil"]"#),
    .jsonLines(
      "another shape above", #"{"id":false,"customer":[{"name":"a"}],"documents":{"0":{"no":1}}}"#, people,
      #"record 1@0 ["false", "nil", "1"]"#),
    .jsonLines(
      "numbers as written", #"{"id":-0.10E+05,"customer":{"name":1e5},"documents":[{"no":12345678901234567890}]}"#,
      people,
      #"record 1@0 ["-0.10E+05", "1e5", "12345678901234567890"]"#),
    .jsonLines(
      "escapes", #"{"i\u0064":"\u5f20\/\"\\\b\f\n\r\t","customer":{"name":"\ud840\udc09\u00e9"}}"#, people,
      #"record 1@0 ["张/\"\\\u{08}\u{0C}\n\r\t", "𠀉é", "nil"]"#),
    .jsonLines(
      "a damaged line costs itself", "{\"id\":1}\n{\"id\":2\n{\"id\":3}\n", people,
      #"record 1@0 ["1", "nil", "nil"]"#, "damaged 2@9 bad_json lines 1 raw 7", #"record 3@17 ["3", "nil", "nil"]"#),
    .jsonLines("twice", #"{"id":1,"id":1}"#, people, "damaged 1@0 repeated_field lines 1 raw 15"),
    .jsonLines(
      "twice above", #"{"customer":null,"customer":{"name":"a"}}"#, people, "damaged 1@0 repeated_field lines 1 raw 41"),
    .jsonLines("twice by escape", #"{"id":1,"\u0069d":1}"#, people, "damaged 1@0 repeated_field lines 1 raw 20"),
    .jsonLines("twice, not wanted", #"{"x":1,"x":{"id":3}}"#, people, #"record 1@0 ["nil", "nil", "nil"]"#),
    .jsonLines(
      "same name elsewhere", #"{"id":1,"customer":{"id":2,"name":"a"}}"#, people, #"record 1@0 ["1", "a", "nil"]"#),
    .jsonLines("object for a value", #"{"id":{"id":1}}"#, people, "damaged 1@0 not_a_scalar lines 1 raw 15"),
    .jsonLines("array for a value", #"{"id":[1]}"#, people, "damaged 1@0 not_a_scalar lines 1 raw 10"),
    .jsonLines("no JSON is told first", #"{"id":[1],}"#, people, "damaged 1@0 bad_json lines 1 raw 11"),
    .jsonLines("NUL", "{\"id\":\"\0\"}", people, "damaged 1@0 nul_byte lines 1 raw 10"),
    .jsonLines("NUL by escape", #"{"id":"\u0000"}"#, people, "damaged 1@0 nul_byte lines 1 raw 15"),
    .jsonLines("NUL by escape, not wanted", #"{"x":"\u0000","id":1}"#, people, #"record 1@0 ["1", "nil", "nil"]"#),
  ]
}
