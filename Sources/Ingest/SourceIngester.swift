import Basics
import Columns
import Definition
import Extracts
import Standards

/// Reads one source's extract into its part of the canonical table.
struct SourceIngester {
  private let source: SourceDefinition
  private let file: ArrivedFile
  private let reader: (any RecordReader)?
  private let writer: TableWriter
  private let builders: [ColumnBuilder]
  private let fields: [FieldConverter]
  private let party: PartyCompletion?
  private let decimals: AmountDecimals
  /// The fields that together stand once in the extract.
  private let uniqueFields: [FieldConverter]
  private let moneyFields: [FieldConverter]
  private var keys: ByteInterner?
  private var compositeKey: [UInt8] = []
  private let row: StagedRow
  private let sourceCode: Int32
  private var result: SourceResult

  /// Opens the extract, reads its header, and begins the table's part at `path`.
  init(
    _ source: SourceDefinition, of pipeline: PipelineDefinition, file: ArrivedFile, writingTo path: String
  ) throws(Problem) {
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
        field, fieldIndex: positions[field.from] ?? 0, columnIndex: column, builder: allBuilders[column],
        conventions: pipeline.conventions)
    }
    sourceCode = builders[0].intern(source.id)
    row = StagedRow(blank: try ConstantRow.values(of: source, schema: schema, builders: builders))
    let documents = pipeline.conventions.documents
    party =
      source.kind == .party ? PartyCompletion(schema: schema, builders: builders, documents: documents) : nil
    decimals = AmountDecimals(
      schema: schema, builders: builders, conventions: pipeline.conventions, currency: pipeline.currency)
    let unique = source.unique
    uniqueFields = fields.filter { unique.isEmpty ? $0.field.to == "key" : unique.contains($0.field.from) }
    keys = uniqueFields.isEmpty ? nil : ByteInterner()
    moneyFields = fields.filter { $0.field.type == .money }
    result.sums = moneyFields.map { FieldSum($0.field.from) }
    result.profile = fields.map { FieldProfile(field: $0.field.from, codes: $0.field.codes.isEmpty ? nil : []) }
  }

  private static let leadingColumns = ["party_type", "document_type"]

  /// The declared order, but for types of party and document and currencies: how names, numbers and amounts are read
  /// depends on them.
  private static func inReadingOrder(_ fields: [FieldDefinition]) -> [FieldDefinition] {
    let first = leadingColumns + ["currency"]
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
        case .control(let record):
          result.marked.append(
            MarkedRecord(
              line: record.line, recordsBefore: result.records,
              fields: (0..<record.fieldCount).map { record.string($0) ?? "" }))
        }
      }
    }
    progress(result.records - told.records, file.bytes - told.bytes)
    result.accepted = try writer.finish()
    for index in result.profile.indices { result.profile[index].codes?.sort() }
    return result
  }

  /// Converts a record and appends it to the table, or sends it to quarantine.
  private mutating func take(_ record: Record) throws(Problem) {
    result.records += 1
    row.clear()
    var notes: StandardNotes = []
    for converter in fields {
      let outcome = converter.convert(
        record.field(converter.fieldIndex), into: row, document: party?.document(row),
        isOrganisation: party?.isOrganisation(row) ?? false,
        decimals: converter.isMoney ? decimals.decimals(row) : 0)
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
    for (index, field) in moneyFields.enumerated() {
      guard case .integer(let amount) = row[field.columnIndex] else { continue }
      result.sums[index].accept(decimals.forSum(amount, decimals: decimals.decimals(row)))
    }
    for (index, field) in fields.enumerated() {
      if row.isNull(field.columnIndex) { result.profile[index].empty += 1 }
      guard let code = row.code(field.columnIndex), result.profile[index].codes != nil else { continue }
      let text = builders[field.columnIndex].dictionary.string(code)
      if result.profile[index].codes?.contains(text) == false { result.profile[index].codes?.append(text) }
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
    for (index, field) in moneyFields.enumerated() {
      if let amount = amount(of: record, field) {
        result.sums[index].quarantine(amount)
      } else {
        result.sums[index].unreadable += 1
      }
    }
  }

  private mutating func quarantine(_ damage: DamagedRecord) {
    result.records += 1
    result.quarantined.append(
      QuarantinedRecord(
        line: damage.place.line ?? 0, byteOffset: damage.place.byteOffset ?? 0, code: damage.code.rawValue, field: "",
        found: damage.found, expected: damage.expected,
        raw: damage.raw.withUnsafeBytes { decoded($0) }, fields: ""))
    for index in result.sums.indices { result.sums[index].unreadable += 1 }
  }

  /// What a person corrects: the record's fields under the source's names.
  private func fieldTexts(of record: Record) -> String {
    var texts: [(key: String, value: JSON)] = []
    let leading = fields.prefix { Self.leadingColumns.contains($0.field.to) }
    let declared = source.fields.compactMap { field in
      fields.dropFirst(leading.count).first { $0.field.to == field.to }
    }
    for converter in leading + declared where !texts.contains(where: { $0.key == converter.field.from }) {
      texts.append((converter.field.from, .string(record.string(converter.fieldIndex) ?? "")))
    }
    return JSON.object(texts).line
  }

  /// The raw text of a record in its source's encoding, for people.
  private func decoded(_ raw: UnsafeRawBufferPointer) -> String {
    let cut = UnsafeRawBufferPointer(rebasing: raw.prefix(QuarantinedRecord.rawLimit))
    let encoding: TextEncoding = source.encoding == .gb18030 && source.format.isDelimited ? .gb18030 : .utf8
    return (try? encoding.lossyText(cut)) ?? String(decoding: cut, as: UTF8.self)
  }

  private func amount(of record: Record, _ field: FieldConverter) -> Int64? {
    guard field.fieldIndex < record.fieldCount else { return nil }
    let bytes = record.field(field.fieldIndex)
    // The row may have been left before its currency was read.
    var ofCurrency = decimals.decimals(row)
    if let currency = fields.first(where: { $0.field.to == "currency" }), row.isNull(currency.columnIndex),
      case .value(let value, _) = currency.convert(
        record.field(currency.fieldIndex), into: row, document: nil, isOrganisation: false, decimals: 0)
    {
      row[currency.columnIndex] = value
      ofCurrency = decimals.decimals(row)
    }
    let outcome = field.convert(bytes, into: row, document: nil, isOrganisation: false, decimals: ofCurrency)
    if case .value(.integer(let amount), _) = outcome { return decimals.forSum(amount, decimals: ofCurrency) }
    if case .missing = outcome { return 0 }
    return nil
  }
}

extension ExtractFormat {
  var isDelimited: Bool {
    if case .delimited = self { return true }
    return false
  }
}
