import Basics
import Definition
import Extracts
import StageKit

/// Quarantined records as people read them.
struct QuarantineText {
  private let plan: SourcePlan
  private let encoding: TextEncoding

  init(_ plan: SourcePlan) {
    self.plan = plan
    // Elements and lines of UTF-16 are given as UTF-8.
    encoding = plan.source.encoding == .gb18030 && plan.source.format.isLines ? .gb18030 : .utf8
  }

  /// A row of the batch that was rejected.
  func record(of batch: ConversionBatch, _ row: Int) -> QuarantinedRecord {
    let number = Int(batch.rejectedFields[row])
    guard let rejection = Rejection(rawValue: batch.rejections[row]) else { preconditionFailure("no rejection") }
    let record = batch.records[row]
    if number == plan.converters.count, let delta = plan.delta {
      return self.record(
        record, code: rejection.code.rawValue, field: delta.mark.field,
        found: String(decoding: record.field(delta.position), as: UTF8.self), expected: delta.expectation)
    }
    let converter = plan.converters[number]
    return self.record(
      record, code: rejection.code.rawValue, field: converter.field.from, found: converter.text(of: record),
      expected: converter.expectation(rejection, decimals: Int(batch.decimals[row])))
  }

  /// A record whose unique fields stood before.
  func duplicate(_ record: Record) -> QuarantinedRecord {
    let converter = plan.converters[plan.uniqueFields[0]]
    return self.record(
      record, code: QuarantineCode.duplicateKey.rawValue, field: converter.field.from,
      found: converter.text(of: record),
      expected: "a key that stands once in the extract")
  }

  private func record(
    _ record: Record, code: String, field: String, found: String, expected: String
  ) -> QuarantinedRecord {
    QuarantinedRecord(
      line: record.line, byteOffset: record.byteOffset, code: code, field: field,
      found: String(decoding: found.utf8.prefix(QuarantinedRecord.rawLimit), as: UTF8.self), expected: expected,
      raw: decoded(record.raw), fields: fieldTexts(of: record))
  }

  func record(of damage: DamagedRecord) -> QuarantinedRecord {
    QuarantinedRecord(
      line: damage.place.line ?? 0, byteOffset: damage.place.byteOffset ?? 0, code: damage.code.rawValue, field: "",
      found: damage.found, expected: damage.expected, raw: damage.raw.withUnsafeBytes { decoded($0) }, fields: "")
  }

  /// What a person corrects: the record's fields under the source's names.
  private func fieldTexts(of record: Record) -> String {
    var texts: [(key: String, value: JSON)] = []
    for converter in plan.shownConverters {
      for (name, position) in zip(converter.origins, converter.positions)
      where !texts.contains(where: { $0.key == name }) {
        texts.append((name, .string(record.string(position) ?? "")))
      }
    }
    return JSON.object(texts).line
  }

  /// The raw text of a record in its source's encoding.
  private func decoded(_ raw: UnsafeRawBufferPointer) -> String {
    let cut = UnsafeRawBufferPointer(rebasing: raw.prefix(QuarantinedRecord.rawLimit))
    return (try? encoding.lossyText(cut)) ?? String(decoding: cut, as: UTF8.self)
  }
}

extension Rejection {
  var code: QuarantineCode {
    switch self {
    case .missingRequired: .missingRequired
    case .badInteger: .badInteger
    case .badAmount: .badAmount
    case .badDate: .badDate
    case .badTimestamp: .badTimestamp
    case .unknownCode: .unknownCode
    case .outOfRange: .outOfRange
    case .patternMismatch: .patternMismatch
    }
  }
}

extension ExtractFormat {
  /// Whether records are given in the file's own encoding.
  fileprivate var isLines: Bool {
    if case .fixed = self { return true }
    return isDelimited
  }

  var isDelimited: Bool {
    if case .delimited = self { return true }
    return false
  }
}
