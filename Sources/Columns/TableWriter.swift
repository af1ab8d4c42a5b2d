import Basics

/// Writes one table as an Arrow file, batch by batch, holding one batch in memory.
///
/// The same rows give the same bytes. One thread at a time. A writer that is dropped without `finish()` leaves an
/// unfinished file behind, which no reader takes for a table.
public final class TableWriter: @unchecked Sendable {
  public let path: String
  public let schema: TableSchema
  public let batchRows: Int
  private let file: FileWriter
  private let columns: [ColumnBuilder]
  private var batches: [ArrowBlock] = []
  private var flushedRows = 0
  /// The rows of the batch at hand, behind a pointer for the same reason as a builder's state.
  @usableFromInline let pendingRows: UnsafeMutablePointer<Int>

  /// - Parameter batchRows: rows a batch, at least 1.
  /// - Throws: `unwritable_file`.
  public convenience init(_ path: String, schema: TableSchema, batchRows: Int = 65_536) throws(Problem) {
    try self.init(path, schema: schema, batchRows: batchRows, textLimit: ColumnBuilder.textLimit)
  }

  /// - Parameter textLimit: bytes of text in one column after which a batch is written though it is not full.
  init(_ path: String, schema: TableSchema, batchRows: Int, textLimit: Int) throws(Problem) {
    precondition(!schema.columns.isEmpty, "a table has columns")
    precondition(Set(schema.columns.map(\.name)).count == schema.columns.count, "column names are distinct")
    precondition(batchRows > 0, "a batch has rows")
    let file = try FileWriter(path)
    self.path = path
    self.schema = schema
    self.batchRows = batchRows
    self.file = file
    columns = schema.columns.map { ColumnBuilder($0, capacity: batchRows, textLimit: textLimit) }
    pendingRows = .allocate(capacity: 1)
    pendingRows.initialize(to: 0)
    try file.write(Arrow.magic + [0, 0])
    _ = try write(ArrowEncoder.schemaMessage(schema), body: ArrowBody(rowCount: 0))
  }

  deinit { pendingRows.deallocate() }

  /// Rows so far.
  public var rowCount: Int { flushedRows + pendingRows.pointee }

  public func column(_ name: String) -> ColumnBuilder {
    guard let index = schema.index(of: name) else { preconditionFailure("table \(schema.name) has no column \(name)") }
    return columns[index]
  }

  public func column(at index: Int) -> ColumnBuilder { columns[index] }

  /// Ends a row, for which every column must have got one value.
  @inlinable
  public func endRow() throws(Problem) {
    let rows = pendingRows.pointee &+ 1
    pendingRows.pointee = rows
    assert(isRowComplete(rows), "a column without a value, or with two, in row \(rowCount)")
    if rows & 1023 == 0 || rows >= batchRows { try endBlock(rows) }
  }

  @usableFromInline
  func isRowComplete(_ rows: Int) -> Bool { columns.allSatisfy { $0.count == rows } }

  /// Called every 1,024 rows, as asking the columns whether they are heavy costs more than a row.
  @usableFromInline
  func endBlock(_ rows: Int) throws(Problem) {
    if rows >= batchRows || columns.contains(where: \.isHeavy) { try flush() }
  }

  func flush() throws(Problem) {
    let rows = pendingRows.pointee
    if rows == 0 { return }
    var body = ArrowBody(rowCount: rows)
    for column in columns {
      precondition(column.count == rows, "column \(column.spec.name) has \(column.count) values in \(rows) rows")
      column.put(into: &body)
    }
    try write(batch: body)
    for column in columns { column.reset() }
    pendingRows.pointee = 0
  }

  func write(batch body: ArrowBody) throws(Problem) {
    batches.append(try write(ArrowEncoder.recordBatch(body), body: body))
    flushedRows += body.rowCount
  }

  /// Writes what is left, the dictionaries and the footer, and fsyncs.
  /// - Returns: the number of rows.
  /// - Throws: `unwritable_file`, `dictionary_too_large`.
  public func finish() throws(Problem) -> Int {
    try flush()
    var dictionaries: [ArrowBlock] = []
    for (index, column) in columns.enumerated() where column.spec.type == .code {
      dictionaries.append(try write(column.dictionary, of: column.spec, id: index))
    }
    try write(number: Arrow.continuation)
    try write(number: 0)
    let footer = ArrowEncoder.footer(schema, dictionaries: dictionaries, batches: batches)
    try file.write(footer)
    try write(number: UInt32(footer.count))
    try file.write(Arrow.magic)
    _ = try file.finish()
    return flushedRows
  }

  private func write(_ dictionary: ByteInterner, of spec: ColumnSpec, id: Int) throws(Problem) -> ArrowBlock {
    guard dictionary.byteCount <= Int(Int32.max) else {
      throw Problem(
        "dictionary_too_large", "the distinct values of column \(spec.name) take more than 2 GiB", at: Place(path),
        advice: "Give it the type utf8")
    }
    let count = dictionary.count
    var text: [UInt8] = []
    var offsets: [Int32] = [0]
    text.reserveCapacity(dictionary.byteCount)
    for number in 0..<count {
      text.append(contentsOf: dictionary.bytes(Int32(number)))
      offsets.append(Int32(text.count))
    }
    let result = text.withUnsafeBytes { text in
      offsets.withUnsafeBytes { offsets in
        Result<ArrowBlock, Problem> { () throws(Problem) in
          var body = ArrowBody(rowCount: count)
          body.addNode(count: count, nulls: 0)
          body.add(UnsafeRawBufferPointer(start: nil, count: 0))
          body.add(count == 0 ? UnsafeRawBufferPointer(start: nil, count: 0) : offsets)
          body.add(text)
          return try write(ArrowEncoder.dictionaryBatch(body, id: id), body: body)
        }
      }
    }
    return try result.get()
  }

  /// Writes a message so that its body, and with it every buffer, begins at a multiple of 64 bytes.
  private func write(_ metadata: [UInt8], body: ArrowBody) throws(Problem) -> ArrowBlock {
    let offset = file.count
    let padding = paddingToAlign(offset + 8 + metadata.count)
    try write(number: Arrow.continuation)
    try write(number: UInt32(metadata.count + padding))
    try file.write(metadata)
    try writeZeros(padding)
    let start = file.count
    for part in body.parts {
      try file.write(part)
      try writeZeros(paddingToAlign(part.count))
    }
    assert(file.count - start == body.length)
    return ArrowBlock(offset: offset, metadataLength: start - offset, bodyLength: body.length)
  }

  private func paddingToAlign(_ count: Int) -> Int { (Arrow.alignment - count % Arrow.alignment) % Arrow.alignment }

  private func writeZeros(_ count: Int) throws(Problem) {
    if count > 0 { try file.write([UInt8](repeating: 0, count: count)) }
  }

  private func write(number: UInt32) throws(Problem) {
    try file.write((0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) })
  }
}

/// Values of a whole column, for a table that is already in arrays; `valid`, where given, says which rows hold a value.
public enum ColumnData: Sendable {
  case int64([Int64], valid: [Bool]? = nil)
  case int32([Int32], valid: [Bool]? = nil)
  case booleans([Bool], valid: [Bool]? = nil)
  case strings([String?])
  /// Indexes into `dictionary`, which is written as it stands; -1 is null.
  case codes([Int32], dictionary: [String])

  var count: Int {
    switch self {
    case .int64(let values, _): values.count
    case .int32(let values, _): values.count
    case .booleans(let values, _): values.count
    case .strings(let values): values.count
    case .codes(let values, _): values.count
    }
  }

  /// Appends the rows of `range`.
  func append(_ range: Range<Int>, to builder: ColumnBuilder) {
    switch self {
    case .int64(let values, let valid):
      for row in range { valid?[row] == false ? builder.appendNull() : builder.append(values[row]) }
    case .int32(let values, let valid):
      for row in range { valid?[row] == false ? builder.appendNull() : builder.append(Int64(values[row])) }
    case .booleans(let values, let valid):
      for row in range { valid?[row] == false ? builder.appendNull() : builder.append(values[row]) }
    case .strings(let values):
      for row in range { builder.append(values[row]) }
    case .codes(let values, _):
      for row in range { builder.append(code: values[row]) }
    }
  }
}

extension TableWriter {
  /// Writes a table whose columns, in the schema's order, are all of one length.
  /// - Returns: the number of rows.
  @discardableResult
  public static func write(
    _ path: String, schema: TableSchema, columns: [ColumnData], batchRows: Int = 65_536
  ) throws(Problem) -> Int {
    let writer = try TableWriter(path, schema: schema, batchRows: batchRows)
    try writer.append(columns)
    return try writer.finish()
  }

  /// Appends rows from columns, in the schema's order, that are all of one length; not in the middle of a row.
  public func append(_ data: [ColumnData]) throws(Problem) {
    precondition(data.count == columns.count, "one array a column")
    let rows = data[0].count
    precondition(data.allSatisfy { $0.count == rows }, "arrays of one length")
    for (values, builder) in zip(data, columns) {
      guard case .codes(_, let dictionary) = values else { continue }
      for (code, text) in dictionary.enumerated() {
        precondition(builder.intern(text) == Int32(code), "a dictionary of distinct texts, the same in every call")
      }
    }
    var row = 0
    while row < rows {
      // Blocks of 1,024 rows, so that a batch with much text is noticed.
      let count = min(rows - row, 1024 - pendingRows.pointee & 1023, batchRows - pendingRows.pointee)
      for (values, builder) in zip(data, columns) { values.append(row..<row + count, to: builder) }
      row += count
      pendingRows.pointee += count
      try endBlock(pendingRows.pointee)
    }
  }
}
