import Basics
import Definition
import Extracts
import TestSupport
import Testing

@testable import Sketch

/// Sketches of the samples, confirmed as a person would, against the definitions that were written by hand.
@Suite struct SampleSketchTests {
  private let folder = repositoryRoot + "/pipelines/retail-nightly"
  private let pipeline: PipelineDefinition

  init() throws { pipeline = try PipelineDefinition.load(folder: folder) }

  private func path(_ id: String) -> String {
    let file = pipeline.source(id)?.file ?? FilePattern("")
    return pipeline.extracts + "/" + file.path(compact: "20261120", dashed: "2026-11-20")
  }

  /// The pipeline with one source's definition replaced by its sketch, lines of which were confirmed.
  private func loaded(_ id: String, kind: RecordKind?, confirming lines: [(String, String)]) throws -> SourceDefinition?
  {
    var text = try SourceSketch(of: path(id), id: id, kind: kind, pipeline: pipeline).definition
    for (sketched, confirmed) in lines {
      #expect(text.contains(sketched), "\(text)")
      text = text.replacing(sketched, with: confirmed)
    }
    let copy = try TemporaryFolder()
    for file in try Files.filesBelow(folder) {
      try copy.write(file == "sources/\(id).yaml" ? text : Files.text(of: "\(folder)/\(file)"), to: file)
    }
    do throws(Problems) {
      return try PipelineDefinition.load(folder: copy.path).source(id)
    } catch {
      Issue.record("\(error.description)\n\(text)")
      return nil
    }
  }

  struct Confirmation: Sendable {
    var id: String
    var kind: RecordKind?
    var lines: [(String, String)] = []
  }

  static let confirmations: [Confirmation] = [
    Confirmation(id: "crm_customers"), Confirmation(id: "mobile_users"), Confirmation(id: "crm_contacts"),
    Confirmation(id: "crm_consents"), Confirmation(id: "crm_assignments"), Confirmation(id: "crm_relations"),
    Confirmation(id: "branch_visitors"),
    Confirmation(
      id: "branch_visits", kind: .interaction,
      lines: [
        (
          "  # not found",
          "  - {from: \"@id\", to: party, type: text, required: true}\n  # not found"
        ),
        ("# constants: {channel: ?, type: ?}", "constants: {channel: branch}"),
        (
          "  # - {from: purpose, to: ?, type: code}",
          "  - {from: purpose, to: type, type: code, codes: {deposit: visit, service: visit}, other: enquiry}"
        ),
      ]),
    Confirmation(id: "mobile_events", lines: [("# constants: {channel: ?}", "constants: {channel: mobile}")]),
    Confirmation(id: "core_customers"),
    Confirmation(
      id: "core_accounts",
      lines: [
        ("  # - {from: c2, to: ?, type: integer}", "  - {from: c2, to: party, type: text, required: true}"),
        ("  # - {from: c3, to: ?, type: text}", "  - {from: c3, to: product, type: code, required: true}"),
      ]),
    Confirmation(
      id: "core_transactions",
      lines: [
        ("  # - {from: c3, to: ?, type: integer}", "  - {from: c3, to: party, type: text, required: true}"),
        ("  # - {from: c5, to: ?, type: code}", "  - {from: c5, to: type, type: code, required: true}"),
      ]),
  ]

  @Test(arguments: confirmations.map(\.id))
  func readsItsSampleLikeTheDefinitionWrittenByHand(_ id: String) throws {
    let confirmation = try #require(Self.confirmations.first { $0.id == id })
    let sketch = try #require(try loaded(id, kind: confirmation.kind, confirming: confirmation.lines))
    let written = try #require(pipeline.source(id))
    #expect(sketch.kind == written.kind && sketch.file == written.file)
    let (found, expected) = (try Reading(sketch, path(id)), try Reading(written, path(id)))
    #expect(found.records == expected.records && found.records > 5)
    #expect(found.damaged == expected.damaged)
    #expect(sketch.arrival.trailer?.mark == written.arrival.trailer?.mark)
    // What both read, they read alike.
    for field in sketch.fields {
      guard let other = written.fields.first(where: { $0.to == field.to }), found.hasNames else { continue }
      #expect(field.type == other.type && field.format == other.format, "\(id): \(field.to)")
    }
  }

  @Test func statesWhatTrailersSay() throws {
    let accounts = try SourceSketch(of: path("core_accounts"), pipeline: pipeline).definition
    #expect(accounts.contains("  trailer: {mark: TRAILER, columns: [mark, rows, \"sum c5\"]}\n"))
    let customers = try SourceSketch(of: path("core_customers"), pipeline: pipeline).definition
    #expect(customers.contains("  trailer: {mark: TRAILER, columns: [mark, rows, ignored]}\n"))
  }

  /// No name, number or address of anybody gets out of the sample.
  @Test func copiesNoPersonalData() throws {
    for id in pipeline.sources.map(\.id) {
      let text = try SourceSketch(of: path(id), id: id, pipeline: pipeline).definition
      let bytes = try ExtractBytes(path(id)).head(1 << 20)
      let encoding: TextEncoding = pipeline.source(id)?.encoding == .gb18030 ? .gb18030 : .utf8
      let sample = try bytes.withUnsafeBytes { raw throws(Problem) in try encoding.lossyText(raw) }
      for word in sample.split(whereSeparator: { ",|\"<>\n\r=".contains($0) }) {
        let isName = ColumnProfile.isChineseName(String(word)) && word.count == 3
        let isNumber = word.count >= 9 && word.allSatisfy { $0.isASCII && $0.isNumber } && !word.hasPrefix("2026")
        if isName && !["信用卡", "手机号"].contains(word) || isNumber && word != "99991231" {
          #expect(!text.contains(word), "\(id) \(word)")
        }
      }
    }
  }
}

/// What a reader makes of a file by a definition.
private struct Reading {
  var records = 0
  var damaged: [Int] = []
  var hasNames = true

  init(_ source: SourceDefinition, _ path: String) throws {
    let bytes = try ExtractBytes(path)
    let encoding: TextEncoding = source.encoding == .gb18030 ? .gb18030 : .utf8
    let reader: any RecordReader
    switch source.format {
    case .delimited(let layout):
      hasNames = layout.hasHeader
      let format = DelimitedFormat(
        separator: layout.separator, quote: layout.quote, encoding: encoding,
        hasHeader: layout.hasHeader, fieldCount: layout.hasHeader ? nil : layout.columns.count,
        controlMarks: source.arrival.trailer.map { [$0.mark] } ?? [])
      reader = try DelimitedReader(bytes, format: format)
    case .xml(let layout):
      let paths = Set(source.fields.flatMap(\.origins)).sorted()
      reader = try ElementRecords(bytes, format: ElementFormat(recordPath: layout.record, fields: paths))
    case .fixed, .jsonLines:
      Issue.record("no sample is written so")
      return
    }
    while let delivery = try reader.next() {
      switch delivery {
      case .record: records += 1
      case .control: break
      case .damaged(let record): damaged.append(record.place.line ?? 0)
      }
    }
  }
}
