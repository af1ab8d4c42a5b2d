import Basics
import Definition
import Testing

@testable import Runs

struct SelectionTests {
  @Test(
    arguments: [
      ([], [], "ingest resolve merge tag broadcast"),
      (["resolve"], [], "resolve"),
      (["resolve+"], [], "resolve merge tag broadcast"),
      (["+tag"], [], "ingest resolve merge tag"),
      (["+merge+"], [], "ingest resolve merge tag broadcast"),
      (["ingest,tag"], [], "ingest tag"),
      (["ingest tag"], [], "ingest tag"),
      (["ingest", "broadcast"], [], "ingest broadcast"),
      ([], ["broadcast"], "ingest resolve merge tag"),
      (["resolve+"], ["tag+"], "resolve merge"),
      (["+ingest"], [], "ingest"),
      (["broadcast+"], [], "broadcast"),
    ] as [([String], [String], String)])
  func selects(select: [String], exclude: [String], expected: String) throws {
    let selection = try Selection(select: select, exclude: exclude)
    #expect(StageName.allCases.filter(selection.contains).map(\.rawValue).joined(separator: " ") == expected)
  }

  @Test(
    arguments: [
      (
        ["reslve"], [],
        "error [unknown_stage]: --select names a stage that does not exist; found \"reslve\", expected one of ingest, "
          + "resolve, merge, tag, broadcast. Use resolve."
      ),
      (
        [], ["publish+"],
        "error [unknown_stage]: --exclude names a stage that does not exist; found \"publish\", expected one of ingest, "
          + "resolve, merge, tag, broadcast."
      ),
      (
        ["+"], [],
        "error [unknown_stage]: --select names a stage that does not exist; found \"\", expected one of ingest, "
          + "resolve, merge, tag, broadcast."
      ),
      (
        ["tag"], ["tag"],
        "error [empty_selection]: the selection names no stage; found --select tag --exclude tag, expected at least one "
          + "of ingest, resolve, merge, tag, broadcast. Leave both options out to run all stages."
      ),
      (
        [""], [],
        "error [empty_selection]: the selection names no stage; found --select , expected at least one of ingest, "
          + "resolve, merge, tag, broadcast. Leave both options out to run all stages."
      ),
    ] as [([String], [String], String)])
  func refuses(select: [String], exclude: [String], expected: String) {
    let problems = #expect(throws: Problems.self) { try Selection(select: select, exclude: exclude) }
    #expect(problems?.description == expected)
    #expect(problems?.kind == .definition)
  }
}
