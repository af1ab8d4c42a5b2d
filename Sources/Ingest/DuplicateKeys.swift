import Basics
import Columns
import Extracts

/// Finds the rows whose unique fields stood in an earlier row.
///
/// Rows with equal hashes are read again from the extract, and their fields compared: so only what may be repeated is
/// held in memory, and a hash that two keys share costs no record.
struct DuplicateKeys {
  struct Found {
    /// Rows of the part, ascending, and the records they came from.
    var rows: [Int] = []
    var records: [QuarantinedRecord] = []
    /// What these rows were counted as when they were accepted.
    var tally: SourceTally
  }

  private let plan: SourcePlan
  private let extract: OpenExtract
  private let stretches: Stretches
  private let partPath: String

  init(_ plan: SourcePlan, _ extract: OpenExtract, _ stretches: Stretches, _ partPath: String) {
    self.plan = plan
    self.extract = extract
    self.stretches = stretches
    self.partPath = partPath
  }

  /// - Throws: `too_many_repeated_keys`, and what reading throws.
  func find(_ keys: KeyPartitions, limit: Int, with batch: ConversionBatch) throws(Problem) -> Found {
    guard let rows = try keys.repeatedRows(limit: limit) else {
      throw Problem(
        "too_many_repeated_keys", "more than \(limit) records of \(plan.source.id) repeat a key of another",
        at: Place(extract.name),
        advice: "Look whether it holds two deliveries, or give `unique` in \(plan.source.place.file)")
    }
    var search = RepeatedRows(plan, rows, batch)
    if rows.isEmpty { return search.found }
    try search.locate(in: Table(partPath))
    while let offset = search.nextOffset { try search.read(reader(for: offset), named: extract.name) }
    return search.found
  }

  /// A reader that comes to the record at an offset, and as far behind it as the extract's division allows.
  private func reader(for offset: Int) throws(Problem) -> any RecordReader {
    if !extract.hasChunks { return try extract.reader() }
    let chunk = stretches.number(holding: offset)
    return try extract.reader(from: offset, until: max(offset + 1, try stretches.start(chunk + 1)))
  }
}

/// Rows that may repeat a key, while they are read again in the file's order.
private struct RepeatedRows {
  private(set) var found: DuplicateKeys.Found
  private let plan: SourcePlan
  private let batch: ConversionBatch
  private let converter: RecordConverter
  private let chunk: ConvertedChunk
  private let rows: [Int]
  private var offsets: [Int] = []
  private var lines: [Int] = []
  private var next = 0
  private let keys = ByteInterner()
  private var key: [UInt8] = []
  /// 1 for each record of the batch that is a duplicate.
  private var selected: [UInt8]

  init(_ plan: SourcePlan, _ rows: [Int], _ batch: ConversionBatch) {
    self.plan = plan
    self.rows = rows
    self.batch = batch
    converter = RecordConverter(plan, batch)
    chunk = ConvertedChunk(plan)
    selected = [UInt8](repeating: 0, count: batch.records.capacity)
    found = DuplicateKeys.Found(tally: SourceTally(plan))
  }

  mutating func locate(in part: Table) throws(Problem) {
    let (offsetColumn, lineColumn) = (try part.column("offset"), try part.column("line"))
    offsets = rows.map { Int(offsetColumn.integer($0)) }
    lines = rows.map { Int(lineColumn.integer($0)) }
  }

  /// Where the next row is to be read; nil at the end.
  var nextOffset: Int? { next < rows.count ? offsets[next] : nil }

  /// Goes through the records of a reader, as long as rows are among them.
  /// - Throws: `extract_changed`, and what reading throws.
  mutating func read(_ reader: any RecordReader, named name: String) throws(Problem) {
    let before = next
    while next < rows.count {
      let following = try reader.fill(batch.records)
      if batch.count == 0, following == nil { break }
      takeBatch()
    }
    if next > before { return }
    throw Problem(
      "extract_changed", "the extract has changed while it was read", at: Place(name),
      advice: "Deliver extracts under another name and rename them when they are complete")
  }

  private mutating func takeBatch() {
    var isAnySelected = false
    for row in 0..<batch.count {
      selected[row] = 0
      let record = batch.records[row]
      guard next < rows.count, record.byteOffset == offsets[next] else { continue }
      if isKnown(record) {
        selected[row] = 1
        isAnySelected = true
        found.rows.append(rows[next])
        var duplicate = converter.quarantine.duplicate(record)
        duplicate.line = lines[next]
        found.records.append(duplicate)
      }
      next += 1
    }
    if !isAnySelected { return }
    // Converted once more for what they were counted as.
    converter.convertBatch(into: chunk, only: selected)
    chunk.removeRows()
    found.tally = chunk.tally
  }

  /// Whether the key of a record stood before; it is known from now on.
  private mutating func isKnown(_ record: Record) -> Bool {
    key.removeAll(keepingCapacity: true)
    for number in plan.uniqueFields {
      plan.converters[number].appendText(of: record, to: &key)
      key.append(0)
    }
    let known = keys.count
    return key.withUnsafeBytes { keys.intern($0) } < known
  }
}
