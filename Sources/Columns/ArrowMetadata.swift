import Basics

/// Numbers of the Arrow format (Schema.fbs, Message.fbs and File.fbs, metadata version V5).
enum Arrow {
  static let magic: [UInt8] = Array("ARROW1".utf8)
  static let continuation: UInt32 = 0xFFFF_FFFF
  static let version5: Int16 = 4
  static let alignment = 64

  enum Header: UInt8 { case schema = 1, dictionaryBatch, recordBatch }

  /// Of the union `Type`.
  enum TypeTag: UInt8 { case int = 2, utf8 = 5, bool = 6, date = 8, timestamp = 10 }

  enum MessageSlot { static let version = 0, headerType = 1, header = 2, bodyLength = 3 }
  enum SchemaSlot { static let endianness = 0, fields = 1, metadata = 2 }
  enum FieldSlot {
    static let name = 0, nullable = 1, typeTag = 2, type = 3, dictionary = 4, children = 5, metadata = 6
  }
  enum IntSlot { static let bitWidth = 0, isSigned = 1 }
  enum DateSlot { static let unit = 0 }
  enum TimestampSlot { static let unit = 0, zone = 1 }
  enum EncodingSlot { static let id = 0, indexType = 1 }
  enum KeyValueSlot { static let key = 0, value = 1 }
  enum BatchSlot { static let length = 0, nodes = 1, buffers = 2, compression = 3 }
  enum DictionarySlot { static let id = 0, data = 1, isDelta = 2 }
  enum FooterSlot { static let version = 0, schema = 1, dictionaries = 2, batches = 3 }

  /// The schema's metadata key that holds the table's name.
  static let tableKey = "table"
  static let unitKey = "unit"
  static let minorUnit = "minor"
}

/// Where a message stands in the file.
struct ArrowBlock {
  var offset: Int
  /// With the eight bytes before it and the padding behind it.
  var metadataLength: Int
  var bodyLength: Int
}

/// A batch's body: the buffers of its columns, each padded to 64 bytes.
struct ArrowBody {
  var rowCount: Int
  var nodes: [[Int64]] = []
  var buffers: [[Int64]] = []
  var parts: [UnsafeRawBufferPointer] = []
  var length = 0

  mutating func addNode(count: Int, nulls: Int) { nodes.append([Int64(count), Int64(nulls)]) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    buffers.append([Int64(length), Int64(bytes.count)])
    parts.append(bytes)
    length += (bytes.count + Arrow.alignment - 1) / Arrow.alignment * Arrow.alignment
  }
}

/// Metadata messages, as bytes.
enum ArrowEncoder {
  static func schemaMessage(_ schema: TableSchema) -> [UInt8] {
    var writer = FlatBufferWriter()
    let place = put(schema, &writer)
    return message(.schema, place, bodyLength: 0, &writer)
  }

  static func recordBatch(_ body: ArrowBody) -> [UInt8] {
    var writer = FlatBufferWriter()
    let place = put(body, &writer)
    return message(.recordBatch, place, bodyLength: body.length, &writer)
  }

  static func dictionaryBatch(_ body: ArrowBody, id: Int) -> [UInt8] {
    var writer = FlatBufferWriter()
    let data = put(body, &writer)
    let place = writer.table([
      (Arrow.DictionarySlot.id, .int64(Int64(id))), (Arrow.DictionarySlot.data, .place(data)),
    ])
    return message(.dictionaryBatch, place, bodyLength: body.length, &writer)
  }

  static func footer(_ schema: TableSchema, dictionaries: [ArrowBlock], batches: [ArrowBlock]) -> [UInt8] {
    func numbers(_ blocks: [ArrowBlock]) -> [[Int64]] {
      // metaDataLength is an Int32 with four bytes of padding: the same bytes as one Int64.
      blocks.map { [Int64($0.offset), Int64($0.metadataLength), Int64($0.bodyLength)] }
    }
    var writer = FlatBufferWriter()
    let batches = writer.vector(ofStructs: numbers(batches))
    let dictionaries = writer.vector(ofStructs: numbers(dictionaries))
    let schema = put(schema, &writer)
    let footer = writer.table([
      (Arrow.FooterSlot.version, .int16(Arrow.version5)), (Arrow.FooterSlot.schema, .place(schema)),
      (Arrow.FooterSlot.dictionaries, .place(dictionaries)), (Arrow.FooterSlot.batches, .place(batches)),
    ])
    return writer.finish(root: footer)
  }

  private static func message(
    _ header: Arrow.Header, _ place: Int, bodyLength: Int, _ writer: inout FlatBufferWriter
  ) -> [UInt8] {
    let message = writer.table([
      (Arrow.MessageSlot.version, .int16(Arrow.version5)), (Arrow.MessageSlot.headerType, .uint8(header.rawValue)),
      (Arrow.MessageSlot.header, .place(place)), (Arrow.MessageSlot.bodyLength, .int64(Int64(bodyLength))),
    ])
    return writer.finish(root: message)
  }

  private static func put(_ body: ArrowBody, _ writer: inout FlatBufferWriter) -> Int {
    let buffers = writer.vector(ofStructs: body.buffers)
    let nodes = writer.vector(ofStructs: body.nodes)
    return writer.table([
      (Arrow.BatchSlot.length, .int64(Int64(body.rowCount))), (Arrow.BatchSlot.nodes, .place(nodes)),
      (Arrow.BatchSlot.buffers, .place(buffers)),
    ])
  }

  private static func put(_ schema: TableSchema, _ writer: inout FlatBufferWriter) -> Int {
    var metadata = schema.metadata
    metadata[Arrow.tableKey] = schema.name
    let pairs = put(metadata, &writer)
    var fields: [Int] = []
    for (index, column) in schema.columns.enumerated() { fields.append(put(column, id: index, &writer)) }
    let list = writer.vector(fields)
    return writer.table([
      (Arrow.SchemaSlot.endianness, .int16(0)), (Arrow.SchemaSlot.fields, .place(list)),
      (Arrow.SchemaSlot.metadata, .place(pairs)),
    ])
  }

  private static func put(_ metadata: [String: String], _ writer: inout FlatBufferWriter) -> Int {
    var pairs: [Int] = []
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      let value = writer.string(value)
      let key = writer.string(key)
      pairs.append(writer.table([(Arrow.KeyValueSlot.key, .place(key)), (Arrow.KeyValueSlot.value, .place(value))]))
    }
    return writer.vector(pairs)
  }

  private static func put(_ column: ColumnSpec, id: Int, _ writer: inout FlatBufferWriter) -> Int {
    var metadata = column.metadata
    if column.type == .money { metadata[Arrow.unitKey] = Arrow.minorUnit }
    let pairs = metadata.isEmpty ? nil : put(metadata, &writer)
    let children = writer.vector([])
    let (tag, type) = put(column.type, &writer)
    let name = writer.string(column.name)
    var fields: [(slot: Int, value: FlatBufferWriter.Value)] = [
      (Arrow.FieldSlot.name, .place(name)), (Arrow.FieldSlot.nullable, .uint8(column.isNullable ? 1 : 0)),
      (Arrow.FieldSlot.typeTag, .uint8(tag.rawValue)), (Arrow.FieldSlot.type, .place(type)),
      (Arrow.FieldSlot.children, .place(children)),
    ]
    if column.type == .code {
      let index = putInteger(bits: 32, &writer)
      let encoding = writer.table([
        (Arrow.EncodingSlot.id, .int64(Int64(id))), (Arrow.EncodingSlot.indexType, .place(index)),
      ])
      fields.append((Arrow.FieldSlot.dictionary, .place(encoding)))
    }
    if let pairs { fields.append((Arrow.FieldSlot.metadata, .place(pairs))) }
    return writer.table(fields)
  }

  private static func put(_ type: ColumnType, _ writer: inout FlatBufferWriter) -> (Arrow.TypeTag, Int) {
    switch type {
    case .boolean: (.bool, writer.table([]))
    case .int8: (.int, putInteger(bits: 8, &writer))
    case .int16: (.int, putInteger(bits: 16, &writer))
    case .int32: (.int, putInteger(bits: 32, &writer))
    case .int64, .money: (.int, putInteger(bits: 64, &writer))
    case .date: (.date, writer.table([(Arrow.DateSlot.unit, .int16(0))]))
    case .timestamp: (.timestamp, writer.table([(Arrow.TimestampSlot.unit, .int16(0))]))
    case .utf8, .code: (.utf8, writer.table([]))
    }
  }

  private static func putInteger(bits: Int32, _ writer: inout FlatBufferWriter) -> Int {
    writer.table([(Arrow.IntSlot.bitWidth, .int32(bits)), (Arrow.IntSlot.isSigned, .uint8(1))])
  }
}
