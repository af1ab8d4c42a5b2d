import Basics
import Columns
import Definition
import Extracts
import Standards

/// What came of one source's extract.
struct SourceResult: Sendable {
  var source: String
  /// Relative to the extracts folder.
  var file: String
  var bytes = 0
  var sha256 = ""
  var records = 0
  var accepted = 0
  var quarantined: [QuarantinedRecord] = []
  /// What the sender says, where it says so.
  var statedRecords: Int?
  /// Amounts, where the source declares a column to add up; in minor units.
  var sum: Sum?
  var warnings: [Problem] = []

  struct Sum: Sendable {
    private(set) var accepted: Int64 = 0
    private(set) var quarantined: Int64 = 0
    /// Quarantined records whose amount cannot be read.
    var unreadable = 0
    var stated: Int64?
    private(set) var hasOverflowed = false

    mutating func accept(_ amount: Int64) { add(amount, to: \.accepted) }

    mutating func quarantine(_ amount: Int64) { add(amount, to: \.quarantined) }

    /// Nil where it is greater than an amount can be.
    var readable: Int64? {
      let (sum, overflow) = accepted.addingReportingOverflow(quarantined)
      return overflow || hasOverflowed ? nil : sum
    }

    private mutating func add(_ amount: Int64, to part: WritableKeyPath<Self, Int64>) {
      let (sum, overflow) = self[keyPath: part].addingReportingOverflow(amount)
      self[keyPath: part] = sum
      if overflow { hasOverflowed = true }
    }
  }
}

/// Reads one source's extract into its part of the canonical table.
struct SourceIngester {
  private let source: SourceDefinition
  private let file: ArrivedFile
  private let reader: (any RecordReader)?
  private let writer: TableWriter
  private let builders: [ColumnBuilder]
  private let fields: [FieldConverter]
  private let party: PartyCompletion?
  /// The fields that together stand once in the extract.
  private let uniqueFields: [FieldConverter]
  private let sumField: FieldConverter?
  private var keys: ByteInterner?
  private var compositeKey: [UInt8] = []
  private let row: StagedRow
  private let sourceCode: Int32
  private var result: SourceResult
  private var trailer: (statement: DeliveryStatement?, line: Int, records: Int)?

  /// Opens the extract, reads its header, and begins the table's part at `path`.
  init(_ source: SourceDefinition, file: ArrivedFile, writingTo path: String) throws(Problem) {
    self.source = source
    self.file = file
    result = SourceResult(source: source.id, file: file.path)
    let schema = CanonicalTable.schema(of: source.kind)
    writer = try TableWriter(path, schema: schema)
    builders = schema.columns.indices.map(writer.column(at:))
    var positions: [String: Int] = [:]
    if let absolutePath = file.absolutePath {
      let opened = try ExtractOpener.open(source, absolutePath, named: file.path)
      reader = opened.reader
      positions = opened.positions
      result.warnings = opened.warnings
    } else {
      reader = nil
      result.warnings = [
        Problem(
          "missing_extract", "the extract of \(source.id) is not there; the night goes on without it",
          severity: .warning,
          at: Place(file.path))
      ]
    }
    let isOpen = reader != nil
    let allBuilders = builders
    fields = Self.inReadingOrder(source.fields).compactMap { field in
      guard isOpen, let column = schema.index(of: field.to) else { return nil }
      return FieldConverter(
        field, fieldIndex: positions[field.from] ?? 0, columnIndex: column, builder: allBuilders[column])
    }
    sourceCode = builders[0].intern(source.id)
    row = StagedRow(blank: try ConstantRow.values(of: source, schema: schema, builders: builders))
    party = source.kind == .party ? PartyCompletion(schema: schema, builders: builders) : nil
    let unique = source.unique
    uniqueFields = fields.filter { unique.isEmpty ? $0.field.to == "key" : unique.contains($0.field.from) }
    keys = uniqueFields.isEmpty ? nil : ByteInterner()
    let converters = fields
    sumField = source.arrival.sumOf.flatMap { name in
      converters.first { $0.field.to == name || $0.field.from == name }
    }
    if source.arrival.sumOf != nil { result.sum = SourceResult.Sum() }
  }

  /// The declared order, but for the types of party and document: how names and numbers are read depends on them.
  private static func inReadingOrder(_ fields: [FieldDefinition]) -> [FieldDefinition] {
    let first = ["party_type", "document_type"]
    return fields.filter { first.contains($0.to) } + fields.filter { !first.contains($0.to) }
  }

  /// Reads the extract to its end and finishes the part.
  /// - Parameter progress: told the records and bytes read since it was last told.
  mutating func run(progress: (_ records: Int, _ bytes: Int) -> Void) throws(Problem) -> SourceResult {
    var told = (records: 0, bytes: 0)
    if let reader {
      while let delivery = try reader.next() {
        switch delivery {
        case .record(let record):
          try take(record)
          if result.records - told.records >= 8_192 {
            progress(result.records - told.records, record.byteOffset - told.bytes)
            told = (result.records, record.byteOffset)
          }
        case .damaged(let damage): quarantine(damage)
        case .control(let record): readTrailer(record)
        }
      }
    }
    progress(result.records - told.records, file.bytes - told.bytes)
    if reader != nil, result.records == 0 { result.warnings.append(emptyExtract) }
    result.accepted = try writer.finish()
    // Money is counted exactly or not at all.
    if let sum = result.sum, sum.readable == nil { throw amountOverflow }
    if let path = file.absolutePath {
      (result.sha256, result.bytes) = try SHA256.ofFile(path)
      try checkStatements()
    }
    try checkRejectLimit()
    return result
  }

  /// Converts a record and appends it to the table, or sends it to quarantine.
  private mutating func take(_ record: Record) throws(Problem) {
    result.records += 1
    row.clear()
    var notes: StandardNotes = []
    for converter in fields {
      let outcome = converter.convert(
        record.field(converter.fieldIndex), into: row, documentType: party?.documentType(row),
        isOrganisation: party?.isOrganisation(row) ?? false)
      switch outcome {
      case .value(let value, let found):
        row[converter.columnIndex] = value
        notes.formUnion(found)
      case .missing(let found):
        notes.formUnion(found)
        if converter.isRequired {
          return quarantine(record, "missing_required", converter, expected: "a value")
        }
      case .rejected(let rejection):
        return quarantine(record, rejection.rawValue, converter, expected: converter.expectation(rejection))
      }
    }
    if let party { party.complete(row, notes: notes) }
    if let duplicate = duplicatedField(record) {
      return quarantine(record, "duplicate_key", duplicate, expected: "a key that stands once in the extract")
    }
    builders[0].append(code: sourceCode)
    builders[1].append(Int64(record.line))
    builders[2].append(Int64(record.byteOffset))
    row.append(to: builders, from: RecordKind.placeColumns.count)
    try writer.endRow()
    if let sumField, case .integer(let amount) = row[sumField.columnIndex] {
      result.sum?.accept(amount)
    }
  }

  /// The first of the unique fields, where an accepted record had the same values in all of them.
  private mutating func duplicatedField(_ record: Record) -> FieldConverter? {
    guard let keys, let first = uniqueFields.first else { return nil }
    let known = keys.count
    if uniqueFields.count == 1 {
      return keys.intern(FieldConverter.trimmed(record.field(first.fieldIndex))) < known ? first : nil
    }
    compositeKey.removeAll(keepingCapacity: true)
    for field in uniqueFields {
      compositeKey.append(contentsOf: FieldConverter.trimmed(record.field(field.fieldIndex)))
      compositeKey.append(0)
    }
    return compositeKey.withUnsafeBytes { keys.intern($0) } < known ? first : nil
  }

  private mutating func quarantine(
    _ record: Record, _ code: String, _ converter: FieldConverter, expected: String
  ) {
    result.quarantined.append(
      QuarantinedRecord(
        line: record.line, byteOffset: record.byteOffset, code: code, field: converter.field.from,
        found: String(decoding: record.field(converter.fieldIndex).prefix(QuarantinedRecord.rawLimit), as: UTF8.self),
        expected: expected, raw: decoded(record.raw), fields: fieldTexts(of: record)))
    guard result.sum != nil else { return }
    if let amount = amount(of: record) {
      result.sum?.quarantine(amount)
    } else {
      result.sum?.unreadable += 1
    }
  }

  private mutating func quarantine(_ damage: DamagedRecord) {
    result.records += 1
    result.quarantined.append(
      QuarantinedRecord(
        line: damage.place.line ?? 0, byteOffset: damage.place.byteOffset ?? 0, code: damage.code.rawValue, field: "",
        found: damage.found, expected: damage.expected,
        raw: damage.raw.withUnsafeBytes { decoded($0) }, fields: ""))
    result.sum?.unreadable += 1
  }

  /// What a person corrects: the record's fields under the source's names.
  private func fieldTexts(of record: Record) -> String {
    var texts: [(key: String, value: JSON)] = []
    for converter in fields where !texts.contains(where: { $0.key == converter.field.from }) {
      texts.append((converter.field.from, .string(record.string(converter.fieldIndex) ?? "")))
    }
    return JSON.object(texts).line
  }

  private var emptyExtract: Problem {
    Problem(
      "empty_extract", "the extract of \(source.id) holds no records", severity: .warning, at: Place(file.path),
      advice: "Ask the source system whether that is true")
  }

  private var amountOverflow: Problem {
    Problem(
      "amount_overflow", "the amounts of \(source.id) add up to more than can be counted exactly", at: Place(file.path),
      expected: "sums between -\(Money(minorUnits: .max)) and \(Money(minorUnits: .max))",
      advice: "Ask the source system to check its amounts")
  }

  /// The raw text of a record in its source's encoding, for people.
  private func decoded(_ raw: UnsafeRawBufferPointer) -> String {
    let cut = UnsafeRawBufferPointer(rebasing: raw.prefix(QuarantinedRecord.rawLimit))
    let encoding: TextEncoding = source.encoding == .gb18030 && source.format.isDelimited ? .gb18030 : .utf8
    return (try? encoding.lossyText(cut)) ?? String(decoding: cut, as: UTF8.self)
  }

  private func amount(of record: Record) -> Int64? {
    guard let sumField, sumField.fieldIndex < record.fieldCount else { return nil }
    let bytes = record.field(sumField.fieldIndex)
    let outcome = sumField.convert(bytes, into: row, documentType: nil, isOrganisation: false)
    if case .value(.integer(let amount), _) = outcome { return amount }
    if case .missing = outcome { return 0 }
    return nil
  }

  // MARK: - What the sender says

  private mutating func readTrailer(_ record: Record) {
    let statement =
      record.fieldCount == 3
      ? DeliveryStatement(rows: record.string(1) ?? "", sum: record.string(2) ?? "") : nil
    trailer = (statement, record.line, result.records)
  }

  private mutating func checkStatements() throws(Problem) {
    if let mark = source.arrival.trailer?.mark {
      guard let trailer, trailer.records == result.records else {
        throw Problem(
          "missing_trailer", "the extract does not end with its trailer, so it may have been cut off",
          at: Place(file.path, line: trailer?.line), expected: "a last line \(mark)|rows|sum",
          advice: "Ask the source system to deliver the file again")
      }
      guard let statement = trailer.statement else {
        throw Problem(
          "bad_trailer", "the trailer cannot be read", at: Place(file.path, line: trailer.line),
          expected: "\(mark)|rows|sum", advice: "Ask the source system to deliver the file again")
      }
      try check(statement, by: "the trailer")
    }
    if let statement = file.statement { try check(statement, by: "the control file") }
  }

  private mutating func check(_ statement: DeliveryStatement, by whom: String) throws(Problem) {
    guard statement.records == result.records else {
      throw Problem(
        "count_mismatch", "\(whom) states another number of records than the extract holds", at: Place(file.path),
        found: "\(result.records)", expected: "\(statement.records)",
        advice: "Ask the source system to deliver the file again")
    }
    result.statedRecords = statement.records
    result.sum?.stated = statement.sum
    let sum = result.sum ?? SourceResult.Sum()
    guard let readable = sum.readable, !statement.sum.subtractingReportingOverflow(readable).overflow else {
      throw amountOverflow
    }
    if readable == statement.sum { return }
    guard sum.unreadable > 0 else {
      throw Problem(
        "sum_mismatch", "\(whom) states another sum than the extract holds", at: Place(file.path),
        found: Money(minorUnits: readable).description, expected: Money(minorUnits: statement.sum).description,
        advice: "Ask the source system to deliver the file again")
    }
  }

  private func checkRejectLimit() throws(Problem) {
    let rejected = result.quarantined.count
    let limit = source.reject.fail
    guard limit.isExceeded(by: rejected, of: result.records) else { return }
    throw Problem(
      "too_many_rejected", "too many records of \(source.id) break their contract", at: Place(file.path),
      found: "\(rejected) of \(result.records)", expected: "at most \(limit.perThousand) in a thousand",
      advice:
        "Look at them with `guiyi show ingest/quarantine`; raise `reject` in \(source.place.file) only if they may be lost"
    )
  }
}

extension ExtractFormat {
  var isDelimited: Bool {
    if case .delimited = self { return true }
    return false
  }
}
