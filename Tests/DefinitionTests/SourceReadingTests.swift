import Basics
import Standards
import TestSupport
import Testing

@testable import Definition

/// What the rich pipeline's definitions mean, key by key.
@Suite struct SourceReadingTests {
  private let pipeline: PipelineDefinition

  init() throws {
    let folder = try TemporaryFolder()
    for (file, text) in RichPipeline.files { try folder.write(text, to: file) }
    pipeline = try PipelineDefinition.load(folder: folder.path)
  }

  private func source(_ id: String) throws -> SourceDefinition { try #require(pipeline.source(id)) }

  @Test func readsSeveralByteSeparators() throws {
    let source = try source("people")
    let columns = ["no", "given", "family", "sex", "born", "seen"]
    #expect(
      source.format
        == .delimited(
          DelimitedLayout(
            separator: "\u{1}+", quote: UInt8(ascii: "\""), hasHeader: true, columns: columns, lineEnds: .any)))
    #expect(source.encoding == .utf16 && source.compression == .none && source.load == .full)
    #expect(source.limits.quotedLines == 3 && source.limits.quotedBytes == 2_048)
    #expect(source.limits.recordBytes == ReadLimits().recordBytes)
    #expect(source.unique == ["no", "given + family"])
    var changes = ColumnChanges()
    (changes.added, changes.missing, changes.reordered) = (.keep, .warn, .refuse)
    #expect(source.columnChanges == changes)
    #expect(source.reject == RejectLimits(fail: RejectLimit(perThousand: 10, atLeastRows: 10)))
    #expect(source.change == ChangeLimits())
  }

  @Test func readsLimitsOfFields() throws {
    let fields = try source("people").fields
    #expect(fields.map(\.from) == ["no", "given + family", "sex", "born", "seen"])
    #expect(fields[0].pattern == (try TextPattern("[A-Z]\\d{3}")))
    #expect(fields[1].origins == ["given", "family"])
    #expect(fields.map(\.onInvalid) == [.quarantine, .quarantine, .empty, .quarantine, .quarantine])
    let first = try #require(CalendarDate(year: 1900, month: 1, day: 1))
    #expect(fields[3].minimum == .value(Int64(first.days)) && fields[3].maximum == .businessDate(plusDays: 0))
    #expect(fields[4].minimum == .businessDate(plusDays: -90) && fields[4].maximum == nil)
    let balance = try #require(source("accounts").fields.first { $0.to == "balance" })
    #expect(balance.minimum == .value(-50) && balance.maximum == .value(999_999_999))
    #expect(balance.format == "minor")
    let seen = try #require(source("visits").fields.first { $0.to == "happened_at" })
    #expect(seen.minimum == .value(1_577_836_800))
    // The last day is meant whole.
    #expect(seen.maximum == .value(1_924_991_999))
  }

  @Test func readsFixedWidths() throws {
    let source = try source("accounts")
    guard case .fixed(let layout) = source.format else {
      Issue.record("not of fixed widths")
      return
    }
    #expect(layout.columns.map(\.name) == ["no", "owner", "product", "currency", "balance", "matures"])
    #expect(layout.columns.map(\.width) == [10, 8, 4, 3, 15, 8])
    #expect(layout.columns[4].alignment == .right && layout.columns[4].pad == UInt8(ascii: "0"))
    #expect(layout.columns[0].alignment == .left && layout.columns[0].pad == UInt8(ascii: " "))
    #expect(layout.lineEnds == .any && layout.acceptsShortLines)
    #expect(source.compression == .gzip)
    var limits = ReadLimits()
    (limits.fileBytes, limits.expansion, limits.recordBytes, limits.fieldBytes) = (1_000_000_000, 50, 4_096, 1_024)
    #expect(source.limits == limits)
  }

  @Test func readsLoads() throws {
    #expect(try source("accounts").load == .increment(Retention(column: "matures_on", days: 400)))
    let visits = try source("visits")
    #expect(visits.format == .jsonLines)
    #expect(
      visits.load
        == .delta(
          DeltaMark(field: "meta/op", inserts: ["I", "N"], updates: ["U"], deletes: ["D"]),
          Retention(column: "happened_at", days: 90)))
    #expect(visits.load.retention?.days == 90)
  }

  @Test func readsArrivals() throws {
    let visits = try source("visits").arrival
    #expect(visits.control == ControlStatement(FilePattern("{date:yyyyMMdd}/visits.ctl")))
    #expect(visits.repeated == .refuse && visits.empty == .warn && visits.deadline == nil)
    let accounts = try source("accounts").arrival
    var expected = ArrivalRule(
      flag: FilePattern("{date:yyyyMMdd}/accounts.ok"),
      control: ControlStatement(
        FilePattern("{date:yyyyMMdd}/core.ctl"), separator: "|+|",
        columns: [
          .file, .date("yyyyMMdd"), .rows, .bytes, .sum(nil), .sum("balance"), .sha256, .md5, .ignored, .ignored,
        ],
        headerLines: 1),
      header: MarkedStatement("HDR", columns: [.mark, .date("yyyyMMdd")]),
      trailer: MarkedStatement("TRL", columns: [.mark, .rows, .sum("balance")]), sumOf: "balance",
      deadline: Deadline(days: 1, hour: 6, minute: 30), onMissing: .carry)
    (expected.repeated, expected.empty) = (.warn, .refuse)
    #expect(accounts == expected)
  }

  @Test func readsRejectAndChangeLimits() throws {
    let source = try source("accounts")
    #expect(source.reject.warn == RejectLimit(rows: 5, perThousand: 1_000, atLeastRows: 10))
    #expect(source.reject.fail == RejectLimit(perThousand: 20, atLeastRows: 3))
    #expect(source.reject.warn?.isExceeded(by: 5, of: 5) == false)
    #expect(source.reject.warn?.isExceeded(by: 6, of: 1_000_000) == true)
    var change = ChangeLimits()
    change.rows = ChangeLimits.Span(fallPercent: 20, growPercent: 50)
    change.sum = ChangeLimits.Span(fallPercent: 30)
    (change.emptyPoints, change.codes, change.reaction, change.atLeastRows) = (5, .warn, .warn, 1_000)
    #expect(source.change == change)
  }

  @Test func readsNamespacesAndDocumentTypes() throws {
    let text = try #require(TinyPipeline.files["sources/visits.yaml"])
      .replacing(
        "record: visits/visit",
        with: "record: v:visits/visit\nnamespaces: {v: \"urn:visits\"}\ndocument_type: skip"
      )
      .replacing("from: topic", with: "from: \"v:topic[@lang='a/b']\"")
    let folder = try TemporaryFolder()
    for (file, text) in TinyPipeline.files { try folder.write(text, to: file) }
    try folder.write(text, to: "sources/visits.yaml")
    let source = try #require(PipelineDefinition.load(folder: folder.path).source("visits"))
    var layout = ElementLayout(record: "v:visits/visit")
    layout.namespaces = [("v", "urn:visits")]
    layout.allowsDocumentType = true
    #expect(source.format == .xml(layout))
    #expect(source.fields[3].origins == ["v:topic[@lang='a/b']"])
  }

  // MARK: Paths

  @Test(arguments: [
    ("a", true), ("a/b", true), ("a/@b", true), ("@a", true), (".", true), ("a[1]/b[*]", true), ("a[@b='c']", true),
    ("a[@b='c/]d']", false), ("a[@b='c/d']", true), ("p:a/@q:b", true), ("../@a", true), ("../../@a", false),
    ("../a", false), ("a/../@b", false), ("a[0]", false), ("a[01x]", false), ("a[+1]", false), ("a[]", false),
    ("a[@b=c]", false), ("a[@b='c", false), ("a[1]b", false), ("@a[1]", false), ("@a/b", false), ("", false),
    ("/a", false), ("a/", false), ("a//b", false), ("p:q:a", false), (":a", false), ("1a", false), ("..", false),
    ("姓名", true), ("a.b-c_d", true), ("a b", false),
  ])
  func knowsPathsOfFields(_ text: String, _ isPath: Bool) {
    #expect((XMLPath(text)?.isOfField(inDepth: 2) == true) == isPath)
  }

  @Test(arguments: [
    ("a", true), ("a/p:b", true), ("a[1]", false), ("a/@b", false), (".", false), ("../a", false), ("", false),
  ])
  func knowsPathsOfRecords(_ text: String, _ isPath: Bool) {
    #expect((XMLPath(text)?.isOfElements == true) == isPath)
  }
}
