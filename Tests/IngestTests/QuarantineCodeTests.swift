import Basics
import StageKit
import TestSupport
import Testing

@Suite struct QuarantineCodeTests {
  /// The codes of the table in docs/formats.md, in its order.
  private func documented() throws -> [String] {
    let lines = try Files.text(of: repositoryRoot + "/docs/formats.md")
      .split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "<!-- codes: quarantine -->"))
    let rows = lines[(start + 3)...].prefix { $0.hasPrefix("|") }
    return rows.flatMap { row in
      row.split(separator: "|")[0].split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
        .map { String($0.element) }
    }
  }

  @Test func `docs/formats.md lists every code, in the order of the code`() throws {
    #expect(try documented() == QuarantineCode.allCases.map(\.rawValue))
  }
}
