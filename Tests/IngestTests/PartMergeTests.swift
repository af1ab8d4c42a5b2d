import Basics
import Columns
@testable import Definition
import StageKit
import Standards
import TestSupport
import Testing

@testable import Ingest

/// Parts of sources whose extracts hold changes only.
struct PartMergeTests {
  private static let contacts: SourceDefinition = {
    var source = IngestBench.source(
      "contacts", .interaction, file: "contacts_{date:yyyyMMdd}.csv",
      format: .delimited(separator: ",", quote: nil, header: false, columns: ["no", "cust", "channel", "at"]),
      fields: [
        IngestBench.field("no", "key", .text, required: true),
        IngestBench.field("cust", "party", .text, required: true),
        IngestBench.field("channel", "channel", .code),
        IngestBench.field("at", "happened_at", .timestamp, format: "yyyy-MM-dd HH:mm:ss"),
      ], constants: [("type", "call")])
    source.load = .increment(Retention(column: "happened_at", days: 30))
    return source
  }()

  private func run(_ bench: inout IngestBench, day: Int, _ extract: String?) throws -> StageResult {
    bench.date = IngestBench.date.adding(days: day)
    bench.previous = day == 0 ? nil : "night\(day - 1)"
    let name = "contacts_\(bench.date.compact).csv"
    if let extract { try bench.deliver(extract, as: name) }
    return try bench.run(into: "night\(day)")
  }

  @Test func `An increment replaces by key, keeps the rest in order, and lets old rows go`() throws {
    var bench = try IngestBench()
    bench.sources = [Self.contacts]
    bench.sources[0].arrival.onMissing = .empty
    let first = try run(
      &bench, day: 0,
      "K1,C1,phone,2026-11-01 10:00:00\nK2,C1,wecom,2026-10-21 00:00:00\nK3,C2,phone,\nK0,C1,phone,2026-10-20 23:59:59\n"
    )
    #expect(
      first.equations.map(\.description) == [
        "contacts rows: read 4 = accepted 4 + quarantined 0",
        "contacts previous part: stood 0 = kept 0 + replaced 0 + deleted 0 + aged 0",
        "contacts accepted: accepted 4 = taken 3 + superseded 0 + too old 1",
      ])
    let second = try run(&bench, day: 1, "K9,C3,sms,2026-11-21 08:00:00\nK1,C1,sms,2026-11-21 09:00:00\n")
    #expect(
      second.equations.map(\.description) == [
        "contacts rows: read 2 = accepted 2 + quarantined 0",
        "contacts previous part: stood 3 = kept 1 + replaced 1 + deleted 0 + aged 1",
        "contacts accepted: accepted 2 = taken 2 + superseded 0 + too old 0",
      ])
    let rows = try bench.lines("interaction/contacts", ["key", "channel", "happened_at", "line"], in: "night1")
    #expect(rows == ["K3,phone,,3", "K9,sms,2026-11-21T08:00:00,1", "K1,sms,2026-11-21T09:00:00,2"])
    #expect(try bench.table("interaction/contacts", in: "night1").column("channel").dictionary == ["phone", "sms"])
    #expect(
      try bench.lines("deliveries", ["read", "carried", "replaced", "aged", "rows"], in: "night1") == ["2,1,1,1,3"])
    #expect(!Files.exists("\(bench.folder.path)/night1/ingest/.reading"))
    // A night without an increment changes nothing but what grows old.
    let third = try run(&bench, day: 2, nil)
    #expect(third.equations.map(\.description)[1].hasPrefix("contacts previous part: stood 3 = kept 3 +"))
    #expect(third.tables.first?.rows == 3)
  }

  @Test func `A delta inserts, updates and deletes by key, and each row keeps the extract that it came from`() throws {
    var bench = try IngestBench()
    var source = Self.contacts
    source.format = .delimited(
      separator: ",", quote: nil, header: false, columns: ["no", "cust", "channel", "at", "mark"])
    source.load = .delta(DeltaMark(field: "mark", inserts: ["I"], updates: ["U"], deletes: ["D"]), nil)
    bench.sources = [source]
    _ = try run(&bench, day: 0, "K1,C1,sms,,I\nK2,C1,sms,,I\nK3,C1,sms,,I\n")
    let result = try run(
      &bench, day: 1, "K4,C2,phone,,I\nK2,,,,D\nK3,C1,phone,,U\nK4,C2,sms,,U\nK5,,,,D\nK1,C1,phone,,I\nK6,C1,sms,,X\n")
    #expect(
      result.equations.map(\.description) == [
        "contacts rows: read 7 = accepted 4 + quarantined 1 + deletions 2",
        "contacts previous part: stood 3 = kept 0 + replaced 2 + deleted 1 + aged 0",
        "contacts accepted: accepted 4 = taken 3 + superseded 1 + too old 0",
      ])
    #expect(
      result.warnings.map(\.code) == ["quarantined", "unexpected_changes"]
        && result.warnings[1].message.hasSuffix(
          "inserts 1 keys that were there, and updates 0 and deletes 1 that were not")
    )
    #expect(
      try bench.lines("interaction/contacts", ["key", "channel", "delivered", "line"], in: "night1") == [
        "K3,phone,2026-11-21,3", "K4,sms,2026-11-21,4", "K1,phone,2026-11-21,6",
      ])
    _ = try run(&bench, day: 2, "K9,C1,sms,,I\n")
    #expect(
      try bench.lines("interaction/contacts", ["key", "delivered"], in: "night2") == [
        "K3,2026-11-21", "K4,2026-11-21", "K1,2026-11-21", "K9,2026-11-22",
      ])
  }

  @Test func `The mark of a delta is a column that is read`() throws {
    var bench = try IngestBench()
    var source = Self.contacts
    source.format = .delimited(separator: ",", quote: nil, header: true, columns: [])
    source.columnChanges.added = .refuse
    source.load = .delta(DeltaMark(field: "mark", inserts: ["I"], updates: ["U"], deletes: ["D"]), nil)
    bench.sources = [source]
    #expect(try run(&bench, day: 0, "no,cust,channel,at,mark\nK1,C1,sms,,I\n").warnings.isEmpty)
  }

  @Test func `Several parts are merged at a time, with the same bytes`() throws {
    var bench = try IngestBench()
    bench.sources = ["a", "b", "c", "d"].map { name in
      var source = Self.contacts
      source.id = name
      source.file = FilePattern("\(name)_{date:yyyyMMdd}.csv")
      return source
    }
    for day in 0...1 {
      bench.date = IngestBench.date.adding(days: day)
      for (index, source) in bench.sources.enumerated() {
        let rows = (0...20).map { "K\($0 * (day + 1)),C\(index),phone,2026-11-2\(day) 10:00:00\n" }.joined()
        try bench.deliver(rows, as: "\(source.id)_\(bench.date.compact).csv")
      }
      bench.previous = day == 0 ? nil : "one0"
      _ = try bench.run(threads: 1, into: "one\(day)")
    }
    _ = try bench.run(threads: 4, into: "four")
    let (one, four) = ("\(bench.folder.path)/one1", "\(bench.folder.path)/four")
    for name in try Files.filesBelow(one) {
      #expect(try SHA256.ofFile("\(one)/\(name)").hex == SHA256.ofFile("\(four)/\(name)").hex, "\(name)")
    }
  }

  // MARK: Against a slow obvious reference

  private struct Row: Equatable {
    var key: String?
    var day: Int?
    var offset: Int
  }

  private struct Change {
    var row: Row
    var isDeletion: Bool
    var isInsertion: Bool
  }

  private static func write(_ rows: [Row], to path: String) throws {
    let schema = CanonicalTable.schema(of: .interaction)
    let writer = try TableWriter(path, schema: schema, batchRows: 7)
    for row in rows {
      for (index, spec) in schema.columns.enumerated() {
        let column = writer.column(at: index)
        switch spec.name {
        case "key": column.append(row.key)
        case "offset": column.append(Int64(row.offset))
        case "happened_at": if let day = row.day { column.append(Int64(day) * 86_400 + 5) } else { column.appendNull() }
        case "channel": column.append(row.offset % 2 == 0 ? "sms" : "phone")
        default: column.appendNull()
        }
      }
      try writer.endRow()
    }
    _ = try writer.finish()
  }

  private static func read(_ path: String) throws -> [Row] {
    let table = try Table(path)
    let (key, day, offset) = (
      try table.column("key"), try table.column("happened_at"), try table.column("offset")
    )
    let channel = try table.column("channel")
    return (0..<table.rowCount).map { row in
      #expect(channel.text(row) == (offset.integer(row) % 2 == 0 ? "sms" : "phone"))
      return Row(
        key: key.string(row), day: day.isNull(row) ? nil : Int(day.integer(row)) / 86_400,
        offset: Int(offset.integer(row)))
    }
  }

  /// Works on lists, change by change.
  private static func reference(
    _ previous: [Row], _ changes: [Change], oldest: Int
  ) -> (rows: [Row], tally: PartMerge.Tally) {
    var tally = PartMerge.Tally()
    tally.previous = previous.count
    var last: [String: Change] = [:]
    for change in changes { if let key = change.row.key { last[key] = change } }
    func isOld(_ row: Row) -> Bool { row.day.map { $0 < oldest } ?? false }
    var rows: [Row] = []
    for row in previous {
      if let key = row.key, let change = last[key] {
        if change.isDeletion { tally.deleted += 1 } else { tally.replaced += 1 }
      } else if isOld(row) {
        tally.aged += 1
      } else {
        rows.append(row)
      }
    }
    tally.kept = rows.count
    for change in changes where !change.isDeletion {
      tally.accepted += 1
      if let key = change.row.key, last[key]?.row != change.row || last[key]?.isDeletion == true {
        tally.superseded += 1
      } else if isOld(change.row) {
        tally.tooOld += 1
      } else {
        rows.append(change.row)
      }
    }
    tally.taken = rows.count - tally.kept
    var there = Set(previous.compactMap(\.key))
    for change in changes {
      guard let key = change.row.key else { continue }
      if change.isDeletion {
        if there.remove(key) == nil { tally.deletionsOfUnknown += 1 }
      } else if there.insert(key).inserted {
        if !change.isInsertion { tally.updatesOfUnknown += 1 }
      } else if change.isInsertion {
        tally.insertionsOfKnown += 1
      }
    }
    return (rows, tally)
  }

  @Test(arguments: 1...40)
  func `Deltas come out as one change after the other would`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    let today = Int(IngestBench.date.days)
    let mark = DeltaMark(field: "mark", inserts: ["I"], updates: ["U"], deletes: ["D"])
    var source = Self.contacts
    source.load = .delta(mark, Retention(column: "happened_at", days: 30))
    let merge = PartMerge(source: source, businessDate: IngestBench.date)
    func row(_ offset: Int) -> Row {
      let key = Int.random(in: 0...20, using: &random)
      let day = Int.random(in: 0...4, using: &random) == 0 ? nil : today - Int.random(in: 25...33, using: &random)
      return Row(key: key == 0 ? nil : "K\(key)", day: day, offset: offset)
    }
    var previous: [Row] = []
    for offset in 0..<Int.random(in: 0...30, using: &random) {
      let row = row(offset * 10)
      if row.key == nil || !previous.contains(where: { $0.key == row.key }) { previous.append(row) }
    }
    let changes = (0..<Int.random(in: 0...30, using: &random)).map { index in
      let row = row(index * 10 + 1)
      return Change(
        row: row, isDeletion: row.key != nil && Bool.random(using: &random), isInsertion: Bool.random(using: &random))
    }
    let rows = changes.filter { !$0.isDeletion }
    try Self.write(previous, to: folder.path + "/previous.arrow")
    try Self.write(rows.map(\.row), to: folder.path + "/tonight.arrow")
    var result = SourceResult(source: "contacts", file: "contacts.csv")
    result.insertions = rows.map(\.isInsertion)
    result.deletions = changes.filter(\.isDeletion).map {
      Deletion(key: $0.row.key ?? "", line: 1, offset: $0.row.offset)
    }
    let tally = try merge.write(
      previous: folder.path + "/previous.arrow", tonight: (folder.path + "/tonight.arrow", result),
      to: folder.path + "/part.arrow")
    let expected = Self.reference(previous, changes, oldest: today - 30)
    #expect(tally == expected.tally, "seed \(seed)")
    #expect(try Self.read(folder.path + "/part.arrow") == expected.rows, "seed \(seed)")
    #expect(tally.equations(of: "x").allSatisfy { $0.holds })
    #expect(tally.rows == expected.rows.count)
  }

  @Test func `Marks that contradict what was there are a warning`() {
    var tally = PartMerge.Tally()
    #expect(tally.warning(of: Self.contacts, at: "contacts.csv") == nil)
    (tally.insertionsOfKnown, tally.updatesOfUnknown, tally.deletionsOfUnknown) = (1, 2, 3)
    #expect(
      tally.warning(of: Self.contacts, at: "contacts.csv")?.description
        == "contacts.csv: warning [unexpected_changes]: the delta of contacts inserts 1 keys that were there, and updates 2 "
        + "and deletes 3 that were not. Ask the source system whether a delivery was left out; a full snapshot would tell."
    )
  }
}
