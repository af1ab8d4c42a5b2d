import Basics
import Columns
import Extracts

/// The columns of an extract that its definition neither reads nor lists, where it asks for their values to be kept.
struct ExtraColumns: Sendable {
  /// Where each of them stands in a record.
  let positions: [Int]
  /// Of `extra/<source>.arrow`: the place of the record, then a text for each of them.
  let schema: TableSchema

  private static let placeColumns = [ColumnSpec("line", .int64), ColumnSpec("offset", .int64)]

  /// Nil where the extract has no such column.
  /// - Parameters:
  ///   - names: the extract's columns.
  ///   - known: those that the definition reads or lists.
  init?(_ names: [String], known: Set<String>) {
    positions = names.indices.filter { !known.contains(names[$0]) }
    if positions.isEmpty { return nil }
    var taken = Set(Self.placeColumns.map(\.name) + positions.map { names[$0] })
    var used = Set(Self.placeColumns.map(\.name))
    var columns = Self.placeColumns
    for position in positions {
      var name = names[position]
      // A table's columns have distinct names; those of a header need not.
      var number = 2
      while !used.insert(name).inserted {
        let numbered = "\(names[position])_\(number)"
        if taken.insert(numbered).inserted { name = numbered }
        number += 1
      }
      columns.append(ColumnSpec(name, .utf8))
    }
    schema = TableSchema("extra", columns)
  }

  func makeBuffers() -> [ColumnBuffer] { schema.columns.dropFirst(Self.placeColumns.count).map { ColumnBuffer($0) } }

  /// Appends the texts of a batch as they came; an empty one is no value.
  func append(_ batch: ConversionBatch, to buffers: [ColumnBuffer]) {
    for (position, buffer) in zip(positions, buffers) {
      var bytes = 0
      for row in 0..<batch.count { bytes += batch.records[row].field(position).count }
      buffer.reserve(rows: batch.count)
      var texts = TextAppender(buffer, room: bytes)
      let ends = buffer.values.assumingMemoryBound(to: Int32.self) + buffer.count
      let presence = buffer.presence + buffer.count
      for row in 0..<batch.count {
        let text = batch.records[row].field(position)
        presence[row] = text.isEmpty ? Presence.empty : Presence.present
        texts.append(text)
        ends[row] = texts.end
      }
      buffer.add(rows: batch.count)
    }
  }
}

/// Writes `extra/<source>.arrow` while the part is written: a row for each of its rows.
struct ExtraTable {
  private let path: String
  private let writer: TableWriter

  /// Below the stage's folder.
  static func fileName(of source: String) -> String { "extra/\(source).arrow" }

  /// - Throws: `unwritable_file`.
  init(_ columns: ExtraColumns, _ path: String) throws(Problem) {
    self.path = path
    try Files.makeFolder(Files.parent(path))
    writer = try TableWriter(path, schema: columns.schema, batchRows: 1)
  }

  /// The chunk's lines are the file's by now.
  func append(_ chunk: ConvertedChunk) throws(Problem) {
    let places = [chunk.columns[SourcePlan.PlaceColumn.line], chunk.columns[SourcePlan.PlaceColumn.offset]]
    try writer.append(places + chunk.extra)
  }

  /// - Parameter duplicates: rows that are taken out, ascending.
  func finish(without duplicates: [Int]) throws(Problem) {
    _ = try writer.finish()
    if duplicates.isEmpty { return }
    let kept = path + ".kept"
    _ = try TableFilter.copy(path, to: kept, without: duplicates)
    try Files.rename(kept, to: path)
  }
}
