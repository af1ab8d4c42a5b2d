import Basics
import Glibc
@testable import Definition
import Testing
import TestSupport

@testable import Ingest

/// Extracts damaged in every way at every rate: each sound record is kept, each damaged one is named.
@Suite struct DamageTests {
  static let shares = [0.0001, 0.001, 0.01, 0.05]
  /// More, where the table of docs/ingest.md is made: `GUIYI_DAMAGE_RECORDS=5000 swift test --filter DamageTests`.
  static let records = getenv("GUIYI_DAMAGE_RECORDS").flatMap { Int(String(cString: $0)) } ?? 1_500

  @Test(arguments: DamagedFormat.all, Damage.allCases)
  func `What is sound is kept and what is damaged is named`(format: DamagedFormat, damage: Damage) throws {
    guard format.knows(damage) else { return }
    for share in Self.shares where !(damage == .longLine && share > 0.001) {
      let seed = UInt64(share * 1_000_000) + 17
      var random = SeededRandom(seed: seed)
      let extract = DamagedExtract(damage, format, records: Self.records, share: share, random: &random)
      var bench = try IngestBench()
      bench.sources = [Self.source(format)]
      try bench.deliver(extract.bytes, as: "damaged.csv")
      let result = try bench.run()
      let kept = try bench.lines("party/damaged", ["key"])
      let codes = try bench.lines("quarantine", ["code"])
      let quarantined = codes.count
      let comment = Comment("seed \(seed), \(share)")
      #expect(kept == extract.soundKeys, comment)
      #expect(quarantined == extract.expectedEntries, comment)
      if let code = format.code(of: damage) { #expect(Set(codes) == [code], comment) }
      for equation in result.equations { #expect(equation.holds, comment) }
      if getenv("GUIYI_DAMAGE_RECORDS") != nil {
        let cells = [
          format.name, damage.rawValue, "\(share * 100) %", "\(Self.records)", "\(extract.damagedRecords)",
          "\(kept.count)", "\(extract.soundKeys.count - kept.count)", "\(quarantined)",
        ]
        print("| " + cells.joined(separator: " | ") + " |")
      }
    }
  }

  private static func source(_ format: DamagedFormat) -> SourceDefinition {
    IngestBench.source(
      "damaged", .party, file: "damaged.csv",
      format: layout(format),
      encoding: format.isGB18030 ? .gb18030 : .utf8,
      fields: [
        IngestBench.field("no", "key", .text, required: true),
        IngestBench.field("name", "name", .personName, required: true),
        IngestBench.field("kind", "party_type", .code, codes: [("P", "person")]),
        IngestBench.field("born", "birth_date", .date, format: "yyyy-MM-dd"),
        IngestBench.field("branch", "branch", .code),
        IngestBench.field("since", "customer_since", .date, format: "yyyy-MM-dd"),
        IngestBench.field("note", "occupation", .text),
      ])
  }

  private static func layout(_ format: DamagedFormat) -> ExtractFormat {
    switch format.layout {
    case .delimited(let separator, let hasQuotes):
      .delimited(separator: separator, quote: hasQuotes ? UInt8(ascii: "\"") : nil, header: true, columns: [])
    case .fixed:
      .fixed(
        FixedLayout(
          columns: DamagedFormat.columns.map {
            .init(name: $0.name, width: $0.width, alignment: .left, pad: UInt8(ascii: " "))
          }))
    case .jsonLines: .jsonLines
    }
  }
}
