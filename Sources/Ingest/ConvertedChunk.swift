import Columns

/// The rows that a stretch of an extract became, and what else stood in it. Made once and filled many times.
final class ConvertedChunk {
  /// One a column of the table.
  let columns: [ColumnBuffer]
  /// Of columns that the definition does not know, where these are kept: as many rows.
  let extra: [ColumnBuffer]
  var tally: SourceTally
  /// A hash of each row's unique fields; none where nothing has to be unique.
  let keys = ColumnBuffer(ColumnSpec("key", .int64))
  var quarantined: [QuarantinedRecord] = []
  var marked: [MarkedRecord] = []
  var deletions: [Deletion] = []
  /// Of a delta: for each row whether it is marked as an insertion.
  var insertions: [Bool] = []
  /// Where the next stretch begins, in bytes of the extract, and how many lines this one has.
  var nextOffset = 0
  var lines = 0

  var rowCount: Int { columns[0].count }

  var keyHashes: UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: keys.values.assumingMemoryBound(to: UInt64.self), count: keys.count)
  }

  init(_ plan: SourcePlan) {
    columns = plan.schema.columns.indices.map {
      ColumnBuffer(plan.schema.columns[$0], firstCodes: plan.firstCodes[$0])
    }
    extra = plan.extra?.makeBuffers() ?? []
    tally = SourceTally(plan)
  }

  func removeAll(_ plan: SourcePlan) {
    removeRows()
    tally = SourceTally(plan)
    keys.removeAll()
    quarantined.removeAll()
    marked.removeAll()
    deletions.removeAll()
    insertions.removeAll()
    nextOffset = 0
    lines = 0
  }

  func removeRows() {
    for column in columns { column.removeAll() }
    for column in extra { column.removeAll() }
  }

  /// Lines were counted from the stretch's beginning: `before` more stand in front of it.
  func moveDown(by before: Int, records: Int) {
    for index in marked.indices {
      marked[index].line += before
      marked[index].recordsBefore += records
    }
    if before == 0 { return }
    let lines = columns[SourcePlan.PlaceColumn.line].values.assumingMemoryBound(to: Int64.self)
    for row in 0..<rowCount { lines[row] &+= Int64(before) }
    for index in quarantined.indices { quarantined[index].line += before }
    for index in deletions.indices { deletions[index].line += before }
  }
}
