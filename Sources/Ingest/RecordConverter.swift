import Basics
import Columns
import Definition
import Extracts
import Standards

/// Turns records into the rows of a chunk, a batch at a time. One for a thread.
struct RecordConverter {
  let plan: SourcePlan
  let batch: ConversionBatch
  let quarantine: QuarantineText

  init(_ plan: SourcePlan, _ batch: ConversionBatch) {
    self.plan = plan
    self.batch = batch
    quarantine = QuarantineText(plan)
  }

  /// Fills the batch once, appends what becomes of it to the chunk; false at the reader's end.
  func take(from reader: any RecordReader, into chunk: ConvertedChunk) throws(Problem) -> Bool {
    let following = try reader.fill(batch.records)
    if batch.count > 0 { convertBatch(into: chunk) }
    switch following {
    case nil: return batch.count > 0
    case .record?: preconditionFailure("a sound record behind a batch")
    case .damaged(let damage)?:
      chunk.tally.records += 1
      chunk.quarantined.append(quarantine.record(of: damage))
      for index in chunk.tally.sums.indices { chunk.tally.sums[index].unreadable += 1 }
    case .control(let record)?:
      chunk.marked.append(
        MarkedRecord(
          line: record.line, recordsBefore: chunk.tally.records,
          fields: (0..<record.fieldCount).map { record.string($0) ?? "" }))
    }
    return true
  }

  /// Converts the records of the batch, column by column, and keeps the rows that hold to their contract.
  /// - Parameter selected: a byte a record; those with 0 are passed over.
  func convertBatch(into chunk: ConvertedChunk, only selected: [UInt8]? = nil) {
    batch.begin(decimals: plan.decimals.own)
    let start = chunk.rowCount
    chunk.tally.records += batch.count
    writePlaces(into: chunk)
    for converter in plan.converters {
      converter.convert(batch, into: chunk.columns[converter.column])
      noteTypes(converter.column, chunk, from: start)
      if plan.uniqueFields.contains(converter.number) { addKeys() }
    }
    if let party = plan.party { party.writeNotes(batch, into: chunk.columns[party.notes]) }
    plan.extra?.append(batch, to: chunk.extra)
    for column in plan.unfilled { chunk.columns[column].addNulls(batch.count) }
    let isWhole = judge(chunk, from: start, selected)
    keepKeys(chunk)
    if !isWhole { for column in chunk.columns + chunk.extra { column.keep(from: start, batch.kept) } }
    tally(chunk, from: start)
    plan.party?.complete(chunk.columns, from: start)
  }

  // MARK: Columns that are not fields

  private func writePlaces(into chunk: ConvertedChunk) {
    let columns = chunk.columns
    let count = batch.count
    fill(columns[SourcePlan.PlaceColumn.source], Int32(0))
    fill(columns[SourcePlan.PlaceColumn.delivered], plan.businessDate.days)
    let (lines, offsets) = (columns[SourcePlan.PlaceColumn.line], columns[SourcePlan.PlaceColumn.offset])
    lines.reserve(rows: count)
    offsets.reserve(rows: count)
    let lineValues = lines.values.assumingMemoryBound(to: Int64.self) + lines.count
    let offsetValues = offsets.values.assumingMemoryBound(to: Int64.self) + offsets.count
    for row in 0..<count {
      let record = batch.records[row]
      lineValues[row] = Int64(record.line)
      offsetValues[row] = Int64(record.byteOffset)
    }
    (lines.presence + lines.count).update(repeating: Presence.present, count: count)
    (offsets.presence + offsets.count).update(repeating: Presence.present, count: count)
    lines.add(rows: count)
    offsets.add(rows: count)
    for (column, value) in plan.constants {
      let start = columns[column].count
      switch value {
      case .code(let code): fill(columns[column], code)
      case .date(let days): fill(columns[column], days)
      case .boolean(let value): fill(columns[column], UInt8(value ? 1 : 0))
      }
      noteTypes(column, chunk, from: start)
    }
  }

  private func fill<Value: FixedWidthInteger>(_ buffer: ColumnBuffer, _ value: Value) {
    buffer.reserve(rows: batch.count)
    (buffer.values.assumingMemoryBound(to: Value.self) + buffer.count).update(repeating: value, count: batch.count)
    (buffer.presence + buffer.count).update(repeating: Presence.present, count: batch.count)
    buffer.add(rows: batch.count)
  }

  /// How names, numbers and amounts are read depends on the types of party and document and on the currency.
  private func noteTypes(_ column: Int, _ chunk: ConvertedChunk, from start: Int) {
    if column == plan.decimals.column { plan.decimals.read(chunk.columns[column], from: start, batch) }
    guard let party = plan.party else { return }
    if column == party.partyType { party.readPartyTypes(chunk.columns[column], from: start, batch) }
    if column == party.documentType { party.readDocumentTypes(chunk.columns[column], from: start, batch) }
  }

  // MARK: Keys

  /// Takes the texts of the field at hand into each row's key.
  private func addKeys() {
    for row in 0..<batch.count { batch.keys[row] = KeyHash.joined(batch.keys[row], batch.views[row]) }
  }

  private func keepKeys(_ chunk: ConvertedChunk) {
    if plan.uniqueFields.isEmpty || plan.delta != nil { return }
    chunk.keys.reserve(rows: batch.count)
    let kept = chunk.keys.values.assumingMemoryBound(to: UInt64.self) + chunk.keys.count
    var count = 0
    for row in 0..<batch.count {
      kept[count] = batch.keys[row]
      count &+= batch.rejections[row] == 0 ? 1 : 0
    }
    chunk.keys.add(rows: count)
  }

  // MARK: Rejections

  /// Marks the rows that are kept, and sends the others where they belong; true where all are kept.
  private func judge(_ chunk: ConvertedChunk, from start: Int, _ selected: [UInt8]?) -> Bool {
    if let delta = plan.delta { judge(delta, chunk, from: start) }
    var isWhole = true
    for row in 0..<batch.count {
      if let selected, selected[row] == 0 {
        batch.kept[row] = 0
        isWhole = false
        continue
      }
      let isKept = batch.rejections[row] == 0
      batch.kept[row] = isKept ? 1 : 0
      if isKept { continue }
      isWhole = false
      // A deletion is no row and no rejection.
      if batch.rejections[row] == Self.deletion { continue }
      chunk.quarantined.append(quarantine.record(of: batch, row))
      quarantineAmounts(chunk, row: start + row)
    }
    return isWhole
  }

  private static let deletion: UInt8 = 255

  private func quarantineAmounts(_ chunk: ConvertedChunk, row: Int) {
    for (index, number) in plan.moneyFields.enumerated() {
      let buffer = chunk.columns[plan.converters[number].column]
      switch buffer.presence[row] {
      case Presence.present:
        let amount = buffer.values.assumingMemoryBound(to: Int64.self)[row]
        chunk.tally.sums[index].quarantine(plan.decimals.parts(chunk.columns)(amount, row))
      case Presence.empty: break
      default: chunk.tally.sums[index].unreadable += 1
      }
    }
  }

  /// A deletion needs its key only.
  private func judge(_ delta: DeltaPlan, _ chunk: ConvertedChunk, from start: Int) {
    for row in 0..<batch.count {
      let record = batch.records[row]
      switch delta.change(record) {
      case nil: batch.reject(row, .unknownCode, field: plan.converters.count)
      case .delete?:
        let hasKey = batch.rejections[row] == 0 || !plan.uniqueFields.contains(Int(batch.rejectedFields[row]))
        guard hasKey else { continue }
        batch.rejections[row] = Self.deletion
        let key = plan.uniqueFields.map { chunk.columns[plan.converters[$0].column].valueText(start + row) }
        chunk.deletions.append(
          Deletion(key: key.joined(separator: "\u{1F}"), line: record.line, offset: record.byteOffset))
      case .insert?, .update?: break
      }
    }
    for row in 0..<batch.count where batch.rejections[row] == 0 {
      chunk.insertions.append(delta.change(batch.records[row]) == .insert)
    }
  }

  // MARK: Figures

  private func tally(_ chunk: ConvertedChunk, from start: Int) {
    let rows = start..<chunk.rowCount
    for converter in plan.converters {
      let presence = chunk.columns[converter.column].presence
      var present = 0
      for row in rows { present &+= Int(presence[row] & 1) }
      let absent = rows.count - present
      if absent == 0 { continue }
      var emptied = 0
      if converter.field.onInvalid == .empty {
        for row in rows where presence[row] == Presence.emptied { emptied += 1 }
      }
      chunk.tally.empty[converter.number] += absent - emptied
      chunk.tally.emptied[converter.number] += emptied
    }
    for (index, number) in plan.moneyFields.enumerated() { addAmounts(index, number, chunk, rows) }
    for (index, number) in plan.codedFields.enumerated() { countCodes(index, number, chunk, rows) }
  }

  private func addAmounts(_ index: Int, _ number: Int, _ chunk: ConvertedChunk, _ rows: Range<Int>) {
    let buffer = chunk.columns[plan.converters[number].column]
    let values = buffer.values.assumingMemoryBound(to: Int64.self)
    var sum: Int128 = 0
    if plan.decimals.areOwn(chunk.columns) {
      // Where there is no amount, 0 stands for it.
      for row in rows { sum &+= Int128(values[row]) }
      sum *= FieldSum.parts(ofMinorUnit: Int(plan.decimals.own))
    } else {
      let parts = plan.decimals.parts(chunk.columns)
      for row in rows { sum += parts(values[row], row) }
    }
    chunk.tally.sums[index].accept(sum)
    for row in rows where buffer.presence[row] == Presence.emptied { chunk.tally.sums[index].unreadable += 1 }
  }

  private func countCodes(_ index: Int, _ number: Int, _ chunk: ConvertedChunk, _ rows: Range<Int>) {
    let buffer = chunk.columns[plan.converters[number].column]
    let isBoolean = buffer.spec.type == .boolean
    let names = isBoolean ? ["false", "true"] : plan.firstCodes[plan.converters[number].column]
    withUnsafeTemporaryAllocation(of: Int.self, capacity: names.count) { counts in
      counts.initialize(repeating: 0)
      for row in rows where buffer.presence[row] == Presence.present {
        counts[
          isBoolean
            ? Int(buffer.values.load(fromByteOffset: row, as: UInt8.self))
            : Int(buffer.values.load(fromByteOffset: row &* 4, as: Int32.self))] += 1
      }
      for (code, name) in names.enumerated() where counts[code] > 0 {
        chunk.tally.codes[index][name, default: 0] += counts[code]
      }
    }
  }
}

extension ColumnBuffer {
  /// A value as text, as `Column.text` gives it of the written table; for texts and codes.
  func valueText(_ row: Int) -> String {
    if presence[row] & 1 == 0 { return "" }
    switch spec.type {
    case .utf8: return String(decoding: bytes(row), as: UTF8.self)
    case .code: return dictionary.string(values.load(fromByteOffset: row * 4, as: Int32.self))
    case .date: return CivilDay.text(Int(values.load(fromByteOffset: row * 4, as: Int32.self)))
    case .timestamp: return CivilDay.text(seconds: values.load(fromByteOffset: row * 8, as: Int64.self))
    case .boolean: return values.load(fromByteOffset: row, as: UInt8.self) == 1 ? "true" : "false"
    case .money: return Money(minorUnits: values.load(fromByteOffset: row * 8, as: Int64.self)).description
    default: return String(values.load(fromByteOffset: row * 8, as: Int64.self))
    }
  }
}
