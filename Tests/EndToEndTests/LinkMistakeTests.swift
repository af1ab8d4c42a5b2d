import Basics
import TestSupport
import Testing

/// What `guiyi link` says to the commonest mistakes, and how it ends.
struct LinkMistakeTests {
  private static let columns = "expected one of key, first name, surname, dob, town, person"
  private static let seeProfile = "See guiyi link profile; name the fields yourself in a file for --config."
  private static let trainAnew = "Train a model with this matching, or give the matching that it was trained with."
  private static let other = """
    fields:
      - {id: given, kind: given_name, columns: [first name]}
      - {id: town, kind: text, columns: [town]}

    """

  private static let files: [(name: String, text: String)] = [
    ("empty.csv", ""), ("head.csv", "key,name\n"), ("one.csv", "key,name\n1,Ann\n"),
    ("keys.csv", (0..<30).reduce(into: "key,serial\n") { $0 += "\($1),\(1_000 + $1)\n" }), ("other.yaml", other),
    (
      "bad.yaml",
      """
      fields:
        - {id: first, kind: givenname, columns: [first name]}
        - {id: surname, kind: family_name, columns: [surname]}
      blocking:
        - {surnam: exact}

      """
    ), ("lost.yaml", other.replacing("[town]", with: "[twon]")),
    ("labels.csv", "file_a,row_a,id_a,file_b,row_b,id_b,answer\npeople.csv,1,,people.csv,2,,perhaps\n"),
  ]

  @Test(
    arguments: [
      (["--out", "x"], 2, ["Error: Missing expected argument '<file> ...'"]),
      (["people.csv"], 2, ["Error: Missing expected argument '--out <dir>'"]),
      (
        ["nowhere.csv", "--out", "x"], 1,
        [
          "error [unreadable_file]: cannot read nowhere.csv: No such file or directory. Check that it exists and its "
            + "permissions."
        ]
      ),
      (
        ["people.csv", "people.csv", "--out", "x"], 2,
        ["people.csv: error [repeated_file]: the file is named twice. Name it once."]
      ),
      (
        ["people.csv", "--out", "x", "--id", "kex", "--truth", "persn", "--source", "twon", "--ignore", "dobb,serial"],
        2,
        [
          "error [unknown_column]: --id names a column that no file has; found \"kex\", \(columns). Use key.",
          "error [unknown_column]: --truth names a column that no file has; found \"persn\", \(columns). Use person.",
          "error [unknown_column]: --source names a column that no file has; found \"twon\", \(columns). Use town.",
          "error [unknown_column]: --ignore names a column that no file has; found \"dobb\", \(columns). Use dob.",
          "error [unknown_column]: --ignore names a column that no file has; found \"serial\", \(columns).",
        ]
      ),
      (
        ["empty.csv", "--out", "x"], 1,
        [
          "empty.csv: error [empty_file]: the file is empty; expected a first line with the names of the columns. Name a "
            + "file with records."
        ]
      ),
      (
        ["head.csv", "--out", "x"], 1,
        ["head.csv: error [no_records]: there are no records; expected lines below the first."]
      ),
      (
        ["one.csv", "--out", "x"], 1,
        [
          "one.csv: error [one_record]: there is only one record, and none to link it with. Name a file with more records, or "
            + "another file."
        ]
      ),
      (
        ["keys.csv", "--out", "x"], 1,
        [
          "error [no_evidence]: no column tells records apart or together; found key: number of the record, serial: number "
            + "of the record. \(seeProfile)"
        ]
      ),
      (
        ["keys.csv", "--out", "x", "--id", "key", "--ignore", "serial"], 2,
        [
          "error [no_evidence]: no column is left to compare records by; found key, serial, expected at least one column "
            + "besides --id, --truth, --source and --ignore."
        ]
      ),
      (
        ["people.csv", "--out", "x", "--config", "bad.yaml"], 2,
        [
          "bad.yaml:2:23: error [unknown_value]: kind has a value that is not known; found \"givenname\", expected "
            + "given_name, family_name, whole_name, organisation, date, number, phone, email, code, text, postcode, category, "
            + "long_text, place, list. Perhaps \"given_name\" is meant.",
          "bad.yaml:5:6: error [unknown_field]: fields has no such field; found \"surnam\", expected first, surname. Perhaps "
            + "\"surname\" is meant.",
        ]
      ),
      (
        ["people.csv", "--out", "x", "--config", "lost.yaml"], 2,
        [
          "error [unknown_column]: the field \"town\" is made of a column that no file has; found \"twon\", "
            + "\(columns). Use town."
        ]
      ),
      (
        ["people.csv", "--out", "x", "--model", "people.csv"], 2,
        ["people.csv: error [invalid_json]: the file is not JSON. Take a model.json as it was written."]
      ),
      (
        ["people.csv", "--out", "x", "--labels", "labels.csv"], 1,
        [
          "labels.csv:2, field answer: error [unknown_answer]: the answer is not understood; found xxxxxxx, expected yes, no "
            + "or nothing. Answer yes where both are one, no where they are not; leave it empty to be asked again."
        ]
      ),
      (
        ["people.csv", "--out", "people.csv"], 1,
        ["people.csv: error [not_a_folder]: the results need a folder; found a file. Name another folder."]
      ),
      (
        ["people.csv", "--out", "x", "--clusters", "clusters.csv"], 2, ["Error: --clusters goes with --against."]
      ),
      (
        ["new.csv", "--against", "old.csv", "--out", "x", "--truth", "person"], 2,
        ["Error: --truth does not go with --against: measure all records with guiyi link evaluate."]
      ),
      (
        ["new.csv", "--against", "old.csv", "--out", "x", "--clusters", "people.csv"], 2,
        [
          "people.csv:1: error [not_clusters]: the file's columns do not say which records are one cluster; found key, first "
            + "name, surname, dob, town, person, expected file, row, id and cluster. Name the clusters.csv of an earlier run."
        ]
      ),
      (["label", "people.csv"], 2, ["Error: Name the file for the answers with --labels."]),
      (["label", "people.csv", "--labels", "l.csv", "--count", "0"], 2, ["Error: --count must be 1 to 10000."]),
      (
        ["label", "people.csv", "--labels", "people.csv"], 2,
        [
          "people.csv:1: error [not_labels]: the file has no column file_a; expected "
            + "file_a,row_a,id_a,file_b,row_b,id_b,answer. Name a file that guiyi link label wrote."
        ]
      ),
      (
        ["explain", "1", "500", "people.csv"], 2,
        ["error [unknown_record]: there is no such record; found 5*0, expected a row as 1 to 120."]
      ),
      (["evaluate", "people.csv"], 2, ["Error: Missing expected argument '--truth <column|file>'"]),
    ] as [([String], Int32, [String])])
  func isTold(arguments: [String], status: Int32, messages: [String]) throws {
    let folder = try LinkFolder()
    for file in Self.files { try folder.folder.write(file.text, to: file.name) }
    let process = try folder.run(["link"] + arguments)
    #expect(process.status == status && process.output == "")
    let lines = process.errors.split(separator: "\n").map(String.init)
    // ArgumentParser adds the usage.
    let isUsage = messages[0].hasPrefix("Error: ")
    #expect((isUsage ? Array(lines.prefix(1)) : lines) == messages)
    #expect(!Files.exists(folder.path + "/x"))
  }

  @Test func aModelThatDoesNotFitIsRefused() throws {
    let folder = try LinkFolder()
    try folder.folder.write(Self.other, to: "other.yaml")
    try folder.folder.write(
      Self.other.replacing("given,", with: "givn,").replacing("id: town", with: "id: place"), to: "matching.yaml")
    try folder.link("people.csv", "--out", "one", "--config", "matching.yaml")
    let process = try folder.run([
      "link", "people.csv", "--out", "x", "--config", "other.yaml", "--model", "one/model.json",
    ])
    #expect(process.status == 2 && process.output == "")
    #expect(
      process.errors == """
        one/model.json: error [missing_comparison]: the model has no comparison "given", which the matching makes; expected \
        givn, place. Perhaps it is called "givn" there.
        one/model.json: error [missing_comparison]: the model has no comparison "town", which the matching makes; expected \
        givn, place. \(Self.trainAnew)
        one/model.json: error [useless_comparison]: the matching makes no comparison "givn", which the model weighs. \
        \(Self.trainAnew)
        one/model.json: error [useless_comparison]: the matching makes no comparison "place", which the model weighs. \
        \(Self.trainAnew)

        """)
  }

  @Test func messagesCanBeJSON() throws {
    let folder = try LinkFolder()
    let process = try folder.run(["link", "nowhere.csv", "--out", "x", "--log-format", "json"])
    #expect(process.status == 1)
    #expect(process.errors.hasPrefix("{\"event\":\"error\",\"problem\":{\"code\":\"unreadable_file\""))
  }

  @Test func damagedRowsAreToldAndStay() throws {
    let folder = try LinkFolder()
    try folder.folder.write(LinkFolder.people(0..<20) + "p21,only three,fields\n", to: "bad.csv")
    let process = try folder.run(["link", "bad.csv", "--out", "x", "--id", "key", "--ignore", "person"])
    #expect(process.status == 0)
    #expect(process.errors.hasPrefix("bad.csv:22: warning ["), "\(process.errors)")
    #expect(rows(ofCSV: try folder.text("x/clusters.csv")).count == 21)
  }
}
