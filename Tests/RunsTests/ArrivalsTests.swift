import Audit
import Basics
import Definition
import StageKit
import Standards
import TestSupport
import Testing

@testable import Runs

struct ArrivalsTests {
  let night: FakeNight

  init() throws { night = try FakeNight() }

  /// 2026-11-21 06:30 in Shanghai.
  static let deadline = Deadline(days: 1, hour: 6, minute: 30)
  static let atDeadline: Int64 = 1_795_213_800

  private func source(
    _ id: String, _ onMissing: ArrivalRule.OnMissing, control: Bool = false, flag: Bool = false,
    deadline: Deadline? = nil
  ) -> SourceDefinition {
    var source = FakeNight.source(id, onMissing: onMissing, control: control ? "{date:yyyyMMdd}/\(id).ctl" : nil)
    if flag { source.arrival.flag = FilePattern("{date:yyyyMMdd}/\(id).ok") }
    source.arrival.deadline = deadline
    return source
  }

  private func settings(_ sources: [SourceDefinition], at now: Int64 = atDeadline) throws -> RunSettings {
    var settings = try night.settings(sources: [FakeNight.source("people", onMissing: .wait)] + sources)
    settings.now = { now }
    return settings
  }

  /// What becomes of a source whose files are not all there.
  private func outcome(
    _ onMissing: ArrivalRule.OnMissing, deadline: Deadline?, now: Int64 = atDeadline, isExtractThere: Bool = false
  ) throws -> String {
    if isExtractThere { try night.folder.write("x\n", to: "extracts/20261120/others_20261120.csv") }
    let source = source("others", onMissing, control: true, deadline: deadline)
    do {
      let outcome = try Runner(settings([source], at: now)).run()
      let missing = outcome.attempt.journal.entries().filter { $0.event == .missing }.compactMap(\.source)
      return "goes on without \(missing.joined())"
    } catch let problems as Problems {
      return "\(problems.kind) \(problems.list.map(\.code).joined(separator: " "))"
    }
  }

  static let cases: [(onMissing: ArrivalRule.OnMissing, deadline: Deadline?, early: Int64, there: Bool, String)] = [
    (.wait, nil, 0, false, "tryAgain late_extract late_extract"),
    (.fail, nil, 0, false, "data missing_extract missing_extract"),
    (.empty, nil, 0, false, "goes on without others"),
    (.carry, nil, 0, false, "data missing_extract missing_extract"),
    // An extract without its control file is still being delivered.
    (.fail, nil, 0, true, "data missing_extract"),
    (.empty, nil, 0, true, "tryAgain late_extract"),
    (.carry, nil, 0, true, "tryAgain late_extract"),
    // One second before the deadline everything is late, and then `on_missing` holds.
    (.wait, deadline, 1, false, "tryAgain late_extract late_extract"),
    (.fail, deadline, 1, false, "tryAgain late_extract late_extract"),
    (.empty, deadline, 1, true, "tryAgain late_extract"),
    (.wait, deadline, 0, false, "tryAgain late_extract late_extract"),
    (.fail, deadline, 0, true, "data missing_extract"),
    (.empty, deadline, 0, true, "goes on without others"),
    (.empty, deadline, 0, false, "goes on without others"),
  ]

  @Test(arguments: cases)
  func whatIsMissingIsLateUntilItsDeadline(
    onMissing: ArrivalRule.OnMissing, deadline: Deadline?, early: Int64, there: Bool, expected: String
  ) throws {
    let found = try outcome(onMissing, deadline: deadline, now: Self.atDeadline - early, isExtractThere: there)
    #expect(found == expected)
  }

  private func failure(_ sources: [SourceDefinition], at now: Int64 = atDeadline) -> Problems? {
    #expect(throws: Problems.self) { try Runner(settings(sources, at: now)).run() }
  }

  @Test func messagesNameTheDeadline() throws {
    let extracts = night.folder.path + "/extracts"
    #expect(
      failure([source("others", .fail, flag: true, deadline: Self.deadline)], at: Self.atDeadline - 1)?.description
        == """
        20261120/others.ok: error [late_extract]: the flag file of others has not arrived, so their delivery is not \
        complete; expected a file at \(extracts)/20261120/others.ok by 2026-11-21 06:30 Asia/Shanghai. Run again when crm \
        has delivered it; nothing was started.
        20261120/others_20261120.csv: error [late_extract]: the extract of others has not arrived; expected a file at \
        \(extracts)/20261120/others_20261120.csv by 2026-11-21 06:30 Asia/Shanghai. Run again when crm has delivered it; \
        nothing was started.
        """)
    #expect(
      failure([source("others", .fail, deadline: Self.deadline)])?.description
        == "20261120/others_20261120.csv: error [missing_extract]: the extract of others has not arrived; expected a file "
        + "at \(extracts)/20261120/others_20261120.csv by 2026-11-21 06:30 Asia/Shanghai. Ask the owners of crm for it; "
        + "nothing was started.")
    #expect(
      failure([source("others", .carry)])?.description
        == "20261120/others_20261120.csv: error [missing_extract]: the extract of others has not arrived, and there is no "
        + "accepted delivery that could stand for it; expected a file at \(extracts)/20261120/others_20261120.csv. "
        + "Ask the owners of crm for it; nothing was started.")
  }

  @Test func whatAnEarlierAttemptDecidedIsNotAskedAgain() throws {
    let others = source("others", .empty, deadline: Self.deadline)
    let first = try Runner(settings([others])).run()
    let line = try Files.text(of: first.attempt.journal.path).split(separator: "\n").first {
      $0.contains("\"missing\"")
    }
    #expect(
      line?.hasSuffix(
        "\"event\":\"missing\",\"source\":\"others\",\"file\":\"20261120/others_20261120.csv\",\"on_missing\":\"empty\","
          + "\"deadline\":\"2026-11-21 06:30 Asia/Shanghai\"}") ?? false)
    #expect(
      try Plan(settings([others])).missing == [
        "others: 20261120/others_20261120.csv is not there (on_missing: empty, deadline 2026-11-21 06:30 Asia/Shanghai)"
      ])
    // The clock of another machine, on which the deadline is still to come.
    let second = try Runner(settings([others], at: 0)).run()
    #expect(try contents(of: first.attempt) == contents(of: second.attempt))
    // What is there now is used, whatever was decided when it was not.
    try night.folder.write("x\n", to: "extracts/20261120/others_20261120.csv")
    #expect(
      try Plan(settings([others], at: 0)).steps[0].reasons == ["extract 20261120/others_20261120.csv added"])
  }

  @Test func halfADeliveryIsNotUsed() throws {
    try night.folder.write("x\n", to: "extracts/20261120/others_20261120.csv")
    let others = source("others", .empty, control: true, deadline: Self.deadline)
    let inputs = try Runner(settings([others])).run().records[0].inputs.filter { $0.kind == .extract }
    #expect(
      inputs.map { "\($0.name) \($0.value.prefix(8))" }.dropFirst() == [
        "20261120/others.ctl absent", "20261120/others_20261120.csv not used",
      ])
  }

  @Test func plainAndCompressedAreOneDelivery() throws {
    try night.folder.write("x\n", to: "extracts/20261120/people_20261120.csv.gz")
    let problems = failure([])
    #expect(problems?.kind == .data)
    #expect(
      problems?.description
        == "20261120/people_20261120.csv: error [delivered_twice]: the extract lies there twice, compressed and not; found "
        + "20261120/people_20261120.csv and 20261120/people_20261120.csv.gz, expected one of them. Ask the source system "
        + "which is meant and remove the other; nothing was started.")
    try night.removeDelivery()
    #expect(failure([])?.list.map(\.found) == ["20261120/people_20261120.csv.gz"])
  }

  @Test func deadlinesAreInTheBanksZone() throws {
    let date = try require(CalendarDate("2026-03-28"), "date")
    // In Berlin clocks go from 02:00 to 03:00 on the 29th; half past two is not there.
    for (zone, hour, expected) in [
      ("Europe/Berlin", 1, Int64(1_774_744_200)), ("Europe/Berlin", 2, 1_774_747_800),
      ("Europe/Berlin", 3, 1_774_747_800), ("Asia/Shanghai", 3, 1_774_726_200),
    ] {
      let deadline = Deadline(days: 1, hour: hour, minute: 30)
      #expect(try !DeadlineClock(now: expected - 1, zone: zone).hasPassed(deadline, of: date), "\(zone) \(hour)")
      #expect(try DeadlineClock(now: expected, zone: zone).hasPassed(deadline, of: date), "\(zone) \(hour)")
    }
    let problems = #expect(throws: Problems.self) { try DeadlineClock(now: 0, zone: "Europe/Atlantis") }
    #expect(
      problems?.description
        == "error [unknown_time_zone]: this machine does not know the pipeline's time zone; found \"Europe/Atlantis\". "
        + "Install its time zone data.")
  }

  @Test func whatReplacesAPublishedDeliveryIsSaid() throws {
    _ = try Runner(night.settings()).run()
    try night.deliver("a\nb\nc\n")
    let outcome = try Runner(night.settings()).run()
    let line = try Files.text(of: outcome.attempt.journal.path).split(separator: "\n").first {
      $0.contains("\"warning\"")
    }
    #expect(line?.contains("\"the file replaces the delivery accepted in attempt 001\"") ?? false)
    // It is a story of this home, not a result: another home with the same files has the same bytes.
    #expect(outcome.records[0].warnings.isEmpty)
  }
}

struct AcceptanceTests {
  let night: FakeNight

  init() throws { night = try FakeNight() }

  private func settings(_ acceptance: Acceptance?) throws -> RunSettings {
    let request = RunRequest(
      pipeline: night.pipeline().folder, date: try require(CalendarDate("2026-11-20"), "date"), acceptance: acceptance)
    return try RunSettings(
      home: night.home, pipeline: night.pipeline(), request: request, stages: fakeStages, codeSHA256: SHA256.of("1"))
  }

  @Test func isPartOfWhatWasAskedFor() throws {
    _ = try Runner(settings(nil)).run()
    let acceptance = Acceptance(sources: ["people"], reason: "branch 7 was closed; asked Li")
    let steps = try Plan(settings(acceptance)).steps
    #expect(steps[0].reasons == ["acceptance of people added"])
    let outcome = try Runner(settings(acceptance)).run()
    #expect(outcome.attempt.request?.acceptance == acceptance)
    #expect(outcome.records[0].inputs.contains(.init(.acceptance, "people", "branch 7 was closed; asked Li")))
    // Without it the first result stands.
    #expect(try Plan(settings(nil)).steps[0].action == .reuse(from: "2026-11-20/001"))
  }

  @Test func namesSourcesAndAReason() throws {
    let problems = #expect(throws: Problems.self) {
      try settings(Acceptance(sources: ["peopl"], reason: "two\nlines"))
    }
    #expect(problems?.kind == .definition)
    #expect(
      problems?.description == """
        error [unknown_source]: --accept names a source that does not exist; found "peopl", expected one of people. Use people.
        error [bad_reason]: --accept needs a reason that the report can show; found "two
        lines", expected one line of text in --reason.
        """)
  }
}
