import Basics

/// One column of one batch, as pointers into the mapped file; its lengths are checked, its values not yet.
struct ArrowSlice {
  var count: Int
  var nullCount: Int
  /// nil where nothing is null.
  var validity: UnsafePointer<UInt8>?
  var values: UnsafeRawPointer
  var text: UnsafeRawBufferPointer
}

/// One mapped Arrow file: its schema, and the buffers of its batches.
struct ArrowFile {
  let file: MappedFile
  let schema: TableSchema
  let rowCount: Int
  /// By batch, then by column.
  let batches: [[ArrowSlice]]
  /// By column: the batches of its dictionary, none for other types than codes.
  let dictionaries: [[ArrowSlice]]

  /// - Throws: `unreadable_file`, `damaged_table`, `unsupported_table`, at the file.
  init(_ path: String) throws(Problem) {
    let file = try MappedFile(path)
    do {
      try self.init(file)
    } catch {
      var problem = error
      problem.place = Place(path)
      throw problem
    }
  }

  private init(_ file: MappedFile) throws(Problem) {
    let bytes = file.bytes
    let footer = try Self.footer(of: bytes)
    guard let schemaTable = try footer.table(Arrow.FooterSlot.schema) else { throw .damaged("no schema") }
    let (schema, ids) = try ArrowDecoder.schema(schemaTable, tableName: Self.defaultName(file.path))
    var dictionaries = [[ArrowSlice]](repeating: [], count: schema.columns.count)
    for block in try Self.blocks(footer, Arrow.FooterSlot.dictionaries) {
      let (header, body) = try Self.message(block, .dictionaryBatch, in: bytes)
      let id = try header.number(Arrow.DictionarySlot.id, default: Int64(0))
      guard let index = ids.firstIndex(of: id) else { throw .damaged("a dictionary belongs to no column") }
      let isDelta = try header.number(Arrow.DictionarySlot.isDelta, default: UInt8(0)) != 0
      guard dictionaries[index].isEmpty || isDelta else { throw .damaged("a dictionary is there twice") }
      guard let batch = try header.table(Arrow.DictionarySlot.data) else { throw .damaged("an empty dictionary") }
      let slices = try ArrowDecoder.slices(batch, [.text], body)
      guard slices.rows[0].nullCount == 0 else {
        throw .unsupported("a null in a dictionary", expected: "nulls in the column itself")
      }
      dictionaries[index].append(slices.rows[0])
    }
    var batches: [[ArrowSlice]] = []
    var rowCount = 0
    let shapes = schema.columns.map { ColumnShape($0.type) }
    for block in try Self.blocks(footer, Arrow.FooterSlot.batches) {
      let (header, body) = try Self.message(block, .recordBatch, in: bytes)
      let (rows, count) = try ArrowDecoder.slices(header, shapes, body)
      if count > 0 { batches.append(rows) }
      rowCount += count
    }
    self.file = file
    self.schema = schema
    self.rowCount = rowCount
    self.batches = batches
    self.dictionaries = dictionaries
  }

  private static func defaultName(_ path: String) -> String {
    let name = Files.name(path)
    return name.hasSuffix(".arrow") ? String(name.dropLast(6)) : name
  }

  private static func footer(of bytes: UnsafeRawBufferPointer) throws(Problem) -> FlatTable {
    guard bytes.count >= 8, bytes.starts(with: Arrow.magic) else { throw .damaged("it does not begin with ARROW1") }
    guard bytes.count >= 20, bytes.suffix(6).elementsEqual(Arrow.magic) else {
      throw .damaged("it does not end with ARROW1")
    }
    let end = bytes.count - 10
    let length = Int(try FlatBuffer(bytes: bytes).load(Int32.self, at: end))
    guard length > 0, length <= end - 8 else { throw .damaged("its footer is longer than the file") }
    return try FlatBuffer(bytes: UnsafeRawBufferPointer(rebasing: bytes[end - length..<end])).root()
  }

  private static func blocks(_ footer: FlatTable, _ slot: Int) throws(Problem) -> [ArrowBlock] {
    try footer.structs(slot, width: 3).map {
      ArrowBlock(
        offset: Int($0[0]), metadataLength: Int(Int32(truncatingIfNeeded: $0[1])), bodyLength: Int($0[2]))
    }
  }

  /// A message's header, and the bytes of its body.
  private static func message(
    _ block: ArrowBlock, _ kind: Arrow.Header, in bytes: UnsafeRawBufferPointer
  ) throws(Problem) -> (FlatTable, UnsafeRawBufferPointer) {
    guard block.offset >= 8, block.metadataLength >= 16, block.bodyLength >= 0, block.offset <= bytes.count,
      block.metadataLength <= bytes.count - block.offset,
      block.bodyLength <= bytes.count - block.offset - block.metadataLength
    else { throw .damaged("a batch lies outside of the file") }
    let file = FlatBuffer(bytes: bytes)
    guard try file.load(UInt32.self, at: block.offset) == Arrow.continuation else {
      throw .damaged("a batch does not begin where it should")
    }
    let length = Int(try file.load(Int32.self, at: block.offset + 4))
    guard length > 0, length <= block.metadataLength - 8 else { throw .damaged("a batch has the wrong length") }
    let start = block.offset + 8
    let message = try FlatBuffer(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])).root()
    guard try message.number(Arrow.MessageSlot.headerType, default: UInt8(0)) == kind.rawValue,
      let header = try message.table(Arrow.MessageSlot.header)
    else { throw .damaged("a batch is not of the kind it should be") }
    let body = block.offset + block.metadataLength
    return (header, UnsafeRawBufferPointer(rebasing: bytes[body..<body + block.bodyLength]))
  }
}
