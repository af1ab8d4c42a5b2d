import Testing

@testable import Ingest

@Suite struct LongLinesTests {
  @Test func `The end of a line is known from wherever it was looked for on, and nowhere else`() {
    let lines = LongLines()
    #expect(lines.start(at: 0) == nil)
    lines.note(from: 40, to: 100)
    lines.note(from: 20, to: 100)
    lines.note(from: 60, to: 100)
    let known = [19, 20, 99, 100].map { lines.start(at: $0) }
    #expect(known == [nil, 100, 100, nil])
    lines.note(from: 200, to: 300)
    #expect(lines.start(at: 20) == nil && lines.start(at: 250) == 300)
  }
}
