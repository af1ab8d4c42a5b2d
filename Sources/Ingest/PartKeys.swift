import Basics
import Columns
import Definition

/// The keys of a part's rows, as bytes that can be compared between nights.
struct PartKeys {
  private let columns: [Column]

  /// Canonical columns that together tell one record from another: what `unique` names, else `key`.
  static func columns(of source: SourceDefinition) -> [String] {
    if source.unique.isEmpty { return source.fields.contains { $0.to == "key" } ? ["key"] : [] }
    return source.unique.compactMap { name in source.fields.first { $0.from == name }?.to }
  }

  /// - Throws: `unknown_column`, `damaged_table`.
  init(_ table: Table, of source: SourceDefinition) throws(Problem) {
    var columns: [Column] = []
    for name in Self.columns(of: source) { columns.append(try table.column(name)) }
    self.columns = columns
  }

  /// Whether a row has a key at all; one without is never the same record as another.
  func hasKey(_ row: Int) -> Bool { columns.contains { !$0.isNull(row) } }

  /// Several columns are joined by U+001F.
  /// - Parameter buffer: where they are put together.
  func withKey<Result>(
    _ row: Int, _ buffer: inout [UInt8], _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if columns.count == 1, columns[0].spec.type == .utf8 || columns[0].spec.type == .code {
      return body(columns[0].bytes(row))
    }
    buffer.removeAll(keepingCapacity: true)
    for (index, column) in columns.enumerated() {
      if index > 0 { buffer.append(0x1F) }
      if column.spec.type == .utf8 || column.spec.type == .code {
        buffer.append(contentsOf: column.bytes(row))
      } else {
        buffer.append(contentsOf: column.text(row).utf8)
      }
    }
    return buffer.withUnsafeBytes(body)
  }
}
