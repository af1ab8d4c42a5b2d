import Basics

/// Reads Arrow's metadata tables into ours.
enum ArrowDecoder {
  /// The schema, and by column the number of its dictionary (-1 for other types than codes).
  static func schema(_ table: FlatTable, tableName: String) throws(Problem) -> (TableSchema, ids: [Int64]) {
    guard try table.number(Arrow.SchemaSlot.endianness, default: Int16(0)) == 0 else {
      throw .unsupported("big-endian numbers", expected: "little-endian")
    }
    var metadata = try pairs(table, Arrow.SchemaSlot.metadata)
    let name = metadata.removeValue(forKey: Arrow.tableKey) ?? tableName
    var columns: [ColumnSpec] = []
    var ids: [Int64] = []
    for field in try table.tables(Arrow.SchemaSlot.fields) {
      let (column, id) = try column(field)
      guard !columns.contains(where: { $0.name == column.name }) else {
        throw .unsupported("two columns with the name \(column.name)", expected: "distinct names")
      }
      columns.append(column)
      ids.append(id)
    }
    guard !columns.isEmpty else { throw .unsupported("a table without columns", expected: "at least one column") }
    return (TableSchema(name, columns, metadata: metadata), ids)
  }

  private static func column(_ field: FlatTable) throws(Problem) -> (ColumnSpec, id: Int64) {
    let name = try field.string(Arrow.FieldSlot.name) ?? ""
    let tag = try field.number(Arrow.FieldSlot.typeTag, default: UInt8(0))
    guard let type = try field.table(Arrow.FieldSlot.type) else { throw .damaged("a column has no type") }
    var metadata = try pairs(field, Arrow.FieldSlot.metadata)
    var columnType = try columnType(tag, type, of: name)
    if columnType == .int64, metadata[Arrow.unitKey] == Arrow.minorUnit {
      columnType = .money
      metadata[Arrow.unitKey] = nil
    }
    var id: Int64 = -1
    if let encoding = try field.table(Arrow.FieldSlot.dictionary) {
      let index = try encoding.table(Arrow.EncodingSlot.indexType)
      let width = try index?.number(Arrow.IntSlot.bitWidth, default: Int32(0)) ?? 32
      let isSigned = try index?.number(Arrow.IntSlot.isSigned, default: UInt8(0)) ?? 1
      guard columnType == .utf8, width == 32, isSigned != 0 else {
        throw .unsupported("the dictionary of column \(name)", expected: "dictionary<int32, utf8>")
      }
      id = try encoding.number(Arrow.EncodingSlot.id, default: Int64(0))
      guard id >= 0 else { throw .damaged("a dictionary has no number") }
      columnType = .code
    }
    let isNullable = try field.number(Arrow.FieldSlot.nullable, default: UInt8(0)) != 0
    return (ColumnSpec(name, columnType, isNullable: isNullable, metadata: metadata), id)
  }

  private static func columnType(_ tag: UInt8, _ type: FlatTable, of name: String) throws(Problem) -> ColumnType {
    switch Arrow.TypeTag(rawValue: tag) {
    case .bool: return .boolean
    case .utf8: return .utf8
    case .date:
      if try type.number(Arrow.DateSlot.unit, default: Int16(1)) == 0 { return .date }
    case .timestamp:
      let zone = try type.string(Arrow.TimestampSlot.zone)
      if try type.number(Arrow.TimestampSlot.unit, default: Int16(0)) == 0, zone == nil { return .timestamp }
    case .int:
      if try type.number(Arrow.IntSlot.isSigned, default: UInt8(0)) == 0 { break }
      switch try type.number(Arrow.IntSlot.bitWidth, default: Int32(0)) {
      case 8: return .int8
      case 16: return .int16
      case 32: return .int32
      case 64: return .int64
      default: throw .damaged("column \(name) has integers of a width that does not exist")
      }
    case nil: break
    }
    throw .unsupported(
      "the type of column \(name)", expected: "one of \(ColumnType.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  private static func pairs(_ table: FlatTable, _ slot: Int) throws(Problem) -> [String: String] {
    var pairs: [String: String] = [:]
    for pair in try table.tables(slot) {
      guard let key = try pair.string(Arrow.KeyValueSlot.key) else { throw .damaged("metadata without a key") }
      pairs[key] = try pair.string(Arrow.KeyValueSlot.value) ?? ""
    }
    return pairs
  }

  /// The columns of a record batch, every buffer within `body` and long enough for its rows.
  static func slices(
    _ batch: FlatTable, _ shapes: [ColumnShape], _ body: UnsafeRawBufferPointer
  ) throws(Problem) -> (rows: [ArrowSlice], count: Int) {
    guard try batch.table(Arrow.BatchSlot.compression) == nil else {
      throw .unsupported("compressed batches", expected: "uncompressed batches")
    }
    // No value takes less than a bit, so more rows than this cannot be true, and sums of them cannot overflow.
    let length = try batch.number(Arrow.BatchSlot.length, default: Int64(0))
    guard length >= 0, length <= 8 * Int64(body.count) else { throw .damaged("a batch has more rows than bytes") }
    let nodes = try batch.structs(Arrow.BatchSlot.nodes, width: 2)
    let buffers = try batch.structs(Arrow.BatchSlot.buffers, width: 2)
    let needed = shapes.reduce(0) { $0 + ($1 == .text ? 3 : 2) }
    guard nodes.count == shapes.count, buffers.count == needed else {
      throw .damaged("a batch has another number of columns than the schema")
    }
    let count = Int(length)
    var next = 0
    func take(atLeast needed: Int) throws(Problem) -> UnsafeRawBufferPointer {
      let (offset, length) = (buffers[next][0], buffers[next][1])
      next += 1
      guard offset >= 0, length >= 0, offset <= body.count, length <= Int64(body.count) - offset, length >= needed
      else {
        throw .damaged("a column lies outside of its batch")
      }
      return UnsafeRawBufferPointer(rebasing: body[Int(offset)..<Int(offset + length)])
    }
    var slices: [ArrowSlice] = []
    for (shape, node) in zip(shapes, nodes) {
      guard node[0] == length, 0...length ~= node[1] else {
        throw .damaged("a column has another length than its batch")
      }
      let validity = try take(atLeast: node[1] > 0 ? (count + 7) / 8 : 0)
      let values = try take(atLeast: shape.byteCount(count))
      let text = shape == .text ? try take(atLeast: 0) : UnsafeRawBufferPointer(start: nil, count: 0)
      slices.append(
        ArrowSlice(
          count: count, nullCount: Int(node[1]),
          validity: node[1] > 0 ? validity.baseAddress?.assumingMemoryBound(to: UInt8.self) : nil,
          // An empty body has no address; a slice without rows is never read.
          values: values.baseAddress ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped, text: text))
    }
    return (slices, count)
  }
}
