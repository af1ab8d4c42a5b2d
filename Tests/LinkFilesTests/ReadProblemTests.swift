import Basics
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

@Suite("What is said of files and columns that cannot be linked")
struct ReadProblemTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(
    _ paths: [String], id: String? = nil, truth: String? = nil, source: String? = nil, ignore: [String] = []
  ) -> String {
    do throws(Problems) {
      _ = try RecordFiles.read(paths: paths, id: id, truth: truth, source: source, ignore: ignore)
      return "none"
    } catch {
      return error.description.split(separator: folder.path + "/").joined()
    }
  }

  @Test("Files")
  func files() throws {
    let good = try folder.write("a,b\n1,2\n", to: "good.csv")
    #expect(problem([]) == "error [no_files]: no file is named. Name at least one file.")
    #expect(
      problem([good, folder.path + "/./good.csv"])
        == "./good.csv: error [repeated_file]: the file is named twice. Name it once.")
    let expected = [
      "error [unreadable_file]: cannot read missing.csv: No such file or directory. "
        + "Check that it exists and its permissions.",
      "empty.csv: error [empty_file]: the file is empty; expected a first line with the names of the columns. "
        + "Name a file with records.",
    ].joined(separator: "\n")
    #expect(problem([folder.path + "/missing.csv", good, try folder.write("", to: "empty.csv")]) == expected)
    try Files.makeFolder(folder.path + "/sub")
    #expect(
      problem([folder.path + "/sub"])
        == "error [unreadable_file]: cannot read sub: it is a folder. Name the files in it.")
    #expect(
      problem([try folder.write("a,b\n", to: "header.csv")])
        == "header.csv: error [no_records]: there are no records; expected lines below the first.")
    #expect(
      problem([try folder.write([0x50, 0x4B, 3, 4, 0, 0], to: "sheet.xlsx")])
        == "sheet.xlsx: error [not_delimited]: the file is no text; expected lines of fields between separators. "
        + "Save the sheet as CSV in UTF-8.")
  }

  @Test("Encodings")
  func encodings() throws {
    let western = Array("name,town\nM".utf8) + [0xFC] + Array("ller,K".utf8) + [0xF6] + Array("ln\n".utf8)
    #expect(
      problem([try folder.write(western, to: "western.csv")])
        == "western.csv: error [unknown_encoding]: the file is neither UTF-8 nor GB18030 nor UTF-16; found what looks "
        + "like ISO 8859-1 or Windows-1252. Save it as UTF-8, as `iconv -f WINDOWS-1252 -t UTF-8` does.")
    let unmarked = "a,b\n1,2\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(
      problem([try folder.write(unmarked, to: "unmarked.csv")])
        == "unmarked.csv: error [missing_byte_order_mark]: the file seems to be UTF-16 without its byte-order mark; "
        + "expected UTF-8, GB18030, or UTF-16 with its mark. Save it as UTF-8.")
  }

  @Test("Columns")
  func columns() throws {
    let path = try folder.write("rec_id,Name,town\n1,Ada,Bath\n", to: "p.csv")
    #expect(
      problem([path], id: "rec_di", truth: "cluster", ignore: ["Town", "nmae"])
        == [
          "error [unknown_column]: --id names a column that no file has; found \"rec_di\", expected one of rec_id, Name, "
            + "town. Use rec_id.",
          "error [unknown_column]: --truth names a column that no file has; found \"cluster\", expected one of rec_id, "
            + "Name, town.",
          "error [unknown_column]: --ignore names a column that no file has; found \"nmae\", expected one of rec_id, "
            + "Name, town. Use Name.",
        ].joined(separator: "\n"))
    #expect(
      problem([path], id: "rec_id", ignore: ["name", "town"])
        == "error [no_evidence]: no column is left to compare records by; found rec_id, Name, town, expected at least "
        + "one column besides --id, --truth, --source and --ignore.")
    #expect(
      problem([try folder.write("name,age, NAME\nx,1,y\n", to: "twice.csv")])
        == "twice.csv:1: error [duplicate_column]: two columns have one name; found \"NAME\" as columns 1 and 3. "
        + "Rename one; the first line of a file names its columns.")
  }

  @Test("Records most of which cannot be read")
  func uselessFile() throws {
    let path = try folder.write("a,b,c\n1,2\n1,2\n1,2,3\n", to: "u.csv")
    #expect(
      problem([path])
        == "u.csv: error [unreadable_records]: 2 of 3 records cannot be read, the first for too_few_fields; expected "
        + "lines with as many fields as the first one has names. Check the file's separator, quotes and encoding.")
  }
}
