import Basics
import Columns
import Definition
import Extracts
import Standards

/// Reads one extract, stretch by stretch, and appends what the stretches became in the file's order.
///
/// `convert` may be called from several threads at once, `append` and `finish` from one at a time.
final class SourceAssembly: @unchecked Sendable {
  let order: IngestOrder
  let plan: SourcePlan
  /// Nil for an extract that is missing.
  let extract: OpenExtract?
  private let stretches: Stretches
  private let writer: TableWriter
  /// Nil where there is nothing to be kept beside the part.
  private let extra: ExtraTable?
  private let keys: KeyPartitions?
  private var result: SourceResult
  private var tally: SourceTally
  /// Where the last stretch that was appended ended, in bytes and lines.
  private var end = (offset: 0, lines: 0)
  private var rows = 0
  private var quarantinedBytes = 0

  var stretchCount: Int { stretches.count }

  /// Opens the extract, reads its header, and begins the part.
  /// - Throws: what opening an extract throws, `extract_too_large`, `bad_constant`, `unwritable_file`.
  init(_ order: IngestOrder, businessDate: CalendarDate, chunkBytes: Int) throws(Problem) {
    self.order = order
    result = SourceResult(source: order.source.id, file: order.file)
    if let path = order.path {
      try Self.checkSize(order)
      let extract = try OpenExtract(order.source, path, named: order.file)
      plan = try SourcePlan(
        order, businessDate: businessDate, positions: extract.positions, extra: extract.extra)
      result.warnings = extract.warnings
      stretches = Stretches(extract, bytes: order.bytes, chunkBytes: chunkBytes)
      self.extract = extract
    } else {
      extract = nil
      plan = try SourcePlan(order, businessDate: businessDate, positions: [:])
      stretches = Stretches(nil, bytes: 0, chunkBytes: chunkBytes)
      result.warnings = [
        Problem(
          "missing_extract", "the extract of \(order.source.id) is not there; the night goes on without it",
          severity: .warning, at: Place(order.file))
      ]
    }
    // Batches come whole: its own would only take memory.
    writer = try TableWriter(order.partPath, schema: plan.schema, batchRows: 1)
    if let columns = plan.extra, let path = order.extraPath {
      extra = try ExtraTable(columns, path)
    } else {
      extra = nil
    }
    tally = SourceTally(plan)
    let isKeyed = !plan.uniqueFields.isEmpty && plan.delta == nil
    keys = isKeyed ? KeyPartitions(scratchPath: order.partPath + ".keys") : nil
  }

  /// The content of a compressed file is counted while it is read.
  private static func checkSize(_ order: IngestOrder) throws(Problem) {
    let most = order.source.limits.fileBytes
    if order.source.compression != .none || order.bytes <= most { return }
    throw Problem(
      "extract_too_large", "the extract of \(order.source.id) is larger than is allowed", at: Place(order.file),
      found: "\(order.bytes) bytes", expected: "at most \(most) bytes",
      advice: "If the file is genuine, raise `file_bytes` in the `limits` of \(order.source.place.file)")
  }

  // MARK: Chunks

  /// Reads a chunk from the line start at which it probably begins.
  func convert(_ number: Int, with batch: ConversionBatch, into chunk: ConvertedChunk) throws(Problem) {
    try convert(from: try stretches.start(number), until: try stretches.start(number + 1), batch, chunk)
  }

  private func convert(
    from start: Int, until end: Int, _ batch: ConversionBatch, _ chunk: ConvertedChunk
  ) throws(Problem) {
    chunk.removeAll(plan)
    chunk.nextOffset = start
    guard let extract, start < end else { return }
    let converter = RecordConverter(plan, batch)
    let reader = try extract.reader(from: start, until: end)
    while try converter.take(from: reader, into: chunk) {}
    chunk.nextOffset = reader.nextOffset
    chunk.lines = reader.linesPassed
  }

  /// Appends the chunk that comes next; reads it again where the one before it ended elsewhere than was thought.
  func append(_ number: Int, _ chunk: ConvertedChunk, with batch: ConversionBatch) throws(Problem) {
    if number > 0, try stretches.start(number) != end.offset {
      try convert(from: end.offset, until: try stretches.start(number + 1), batch, chunk)
    }
    let (lines, next) = (chunk.lines, chunk.nextOffset)
    try append(chunk, linesBefore: end.lines)
    end = (next, end.lines + lines)
  }

  // MARK: Extracts without chunks

  /// Reads the whole extract.
  func readWhole(with batch: ConversionBatch, _ chunk: ConvertedChunk, progress: (Int, Int) -> Void) throws(Problem) {
    chunk.removeAll(plan)
    guard let extract else { return }
    let converter = RecordConverter(plan, batch)
    let reader = try extract.reader()
    var isAtEnd = false
    while !isAtEnd {
      chunk.removeAll(plan)
      while chunk.tally.records < Stretches.rowsWithoutChunks, !isAtEnd {
        isAtEnd = try !converter.take(from: reader, into: chunk)
      }
      progress(chunk.tally.records, 0)
      try append(chunk, linesBefore: 0)
    }
  }

  // MARK: What was read

  private func append(_ chunk: ConvertedChunk, linesBefore: Int) throws(Problem) {
    chunk.moveDown(by: linesBefore, records: tally.records)
    let rowCount = chunk.rowCount
    try keys?.add(chunk.keyHashes, firstRow: rows)
    try writer.append(chunk.columns)
    try extra?.append(chunk)
    rows += rowCount
    tally.add(chunk.tally)
    result.marked += chunk.marked
    result.deletions += chunk.deletions
    result.insertions += chunk.insertions
    result.quarantined += chunk.quarantined
    for record in chunk.quarantined { quarantinedBytes += record.byteCount }
    guard quarantinedBytes <= order.limits.quarantinedBytes else { throw tooManyRejected }
  }

  /// Takes out what duplicates a key, and ends the part.
  /// - Throws: `too_many_rejected`, `too_many_repeated_keys`, and what reading and writing throws.
  func finish(with batch: ConversionBatch) throws(Problem) -> SourceResult {
    result.accepted = try writer.finish()
    var duplicates: [Int] = []
    if let keys, let extract {
      let found = try DuplicateKeys(plan, extract, stretches, order.partPath).find(
        keys, limit: order.limits.repeatedKeys, with: batch)
      if !found.rows.isEmpty { try takeOut(found) }
      duplicates = found.rows
    }
    try extra?.finish(without: duplicates)
    result.extraRows = extra == nil ? nil : result.accepted
    result.records = tally.records
    result.sums = tally.sums
    result.profile = tally.profile(plan, accepted: result.accepted)
    result.warnings += result.profile.compactMap(emptiedValues)
    return result
  }

  private func takeOut(_ found: DuplicateKeys.Found) throws(Problem) {
    let kept = order.partPath + ".kept"
    result.accepted = try TableFilter.copy(order.partPath, to: kept, without: found.rows)
    try Files.rename(kept, to: order.partPath)
    tally.quarantine(found.tally)
    // Both are in the file's order.
    var merged: [QuarantinedRecord] = []
    var next = 0
    for record in result.quarantined {
      while next < found.records.count, found.records[next].byteOffset < record.byteOffset {
        merged.append(found.records[next])
        next += 1
      }
      merged.append(record)
    }
    result.quarantined = merged + found.records[next...]
  }

  private func emptiedValues(_ field: FieldProfile) -> Problem? {
    if field.emptied == 0 { return nil }
    return Problem(
      "emptied_values", "values of \(field.field) broke the contract and were left out", severity: .warning,
      at: Place(order.file), found: "\(field.emptied)",
      advice: "Ask the source system, or change the field in \(order.source.place.file)")
  }

  private var tooManyRejected: Problem {
    Problem(
      "too_many_rejected", "too many records of \(order.source.id) break their contract to be listed",
      at: Place(order.file), found: "\(result.quarantined.count) of the first \(tally.records)",
      expected: "at most \(order.limits.quarantinedBytes >> 20) MiB of them",
      advice: "Look whether the extract is what \(order.source.place.file) describes")
  }
}

/// How an extract is divided: a function of the file alone, so that any number of threads gives the same bytes.
struct Stretches: Sendable {
  /// Rows of a batch of an extract without chunks.
  static let rowsWithoutChunks = 65_536

  let count: Int
  private let extract: OpenExtract?
  private let bytes: Int
  private let chunkBytes: Int
  private let longLines = LongLines()

  init(_ extract: OpenExtract?, bytes: Int, chunkBytes: Int) {
    self.extract = extract
    self.bytes = bytes
    self.chunkBytes = chunkBytes
    count = extract?.hasChunks == true ? max(1, (bytes + chunkBytes - 1) / chunkBytes) : 1
  }

  /// The first line start of a chunk, which is where it begins unless a record of the chunk before reaches into it.
  func start(_ number: Int) throws(Problem) -> Int {
    if number == 0 { return 0 }
    guard let extract, number < count else { return .max }
    let offset = number * chunkBytes
    if let start = longLines.start(at: offset) { return start }
    let start = try extract.lineStart(atOrAfter: offset)
    if start - offset > chunkBytes { longLines.note(from: offset, to: start) }
    return start
  }

  /// The chunk that an offset lies in; its neighbours where a line reaches over.
  func number(holding offset: Int) -> Int { min(count - 1, offset / chunkBytes) }
}
