import Basics

/// A column of one batch, as the random access reads it.
@usableFromInline
struct ColumnChunk {
  /// First row, and the row behind the last.
  @usableFromInline var start: Int
  @usableFromInline var end: Int
  /// nil where nothing is null.
  @usableFromInline var validity: UnsafePointer<UInt8>?
  @usableFromInline var values: UnsafeRawPointer
  @usableFromInline var text: UnsafeRawPointer
  /// This file's codes as codes of the whole column; nil where they are the same.
  @usableFromInline var codes: UnsafePointer<Int32>?
}

/// The codes of one file as codes of the whole column.
private final class CodeMap {
  let codes: UnsafeMutablePointer<Int32>

  init(_ numbers: [Int32]) {
    codes = .allocate(capacity: max(1, numbers.count))
    codes.initialize(from: numbers, count: numbers.count)
  }

  deinit { codes.deallocate() }
}

/// One column of a `Table`, read by row number over all its batches and parts; a read takes a few nanoseconds.
///
/// Every value was checked when the table gave the column out, so no read can leave the file. A row number outside of
/// `0..<count` is a bug of the caller and traps. Pointers are valid while the column or its table lives.
public final class Column: @unchecked Sendable {
  public let spec: ColumnSpec
  public let count: Int
  public let nullCount: Int
  /// The texts of a code column, merged over the parts in their order; empty for other types.
  public let dictionary: [String]
  @usableFromInline let shape: ColumnShape
  @usableFromInline let chunks: UnsafeMutablePointer<ColumnChunk>
  /// By row >> 12: the chunk that holds the first row of these 4,096.
  @usableFromInline let pages: UnsafePointer<UInt32>
  /// The texts of a code column by code.
  @usableFromInline let codeTexts: UnsafeMutablePointer<UnsafeRawBufferPointer>
  private let chunkCount: Int
  private let ownedCodes: [CodeMap]
  private let texts: ByteInterner
  private let owner: TablePages

  /// Checks the column's values and takes them as they lie in the files.
  /// - Throws: `damaged_table`.
  init(_ index: Int, of files: [ArrowFile], spec: ColumnSpec, owner: TablePages) throws(Problem) {
    let shape = ColumnShape(spec.type)
    let texts = ByteInterner()
    var chunks: [ColumnChunk] = []
    var ownedCodes: [CodeMap] = []
    var start = 0
    var nullCount = 0
    for file in files {
      do {
        let (codes, codeCount) = try Self.merge(file.dictionaries[index], into: texts)
        if let codes { ownedCodes.append(codes) }
        for batch in file.batches {
          let slice = batch[index]
          try Self.check(slice, shape, codeCount: codeCount)
          chunks.append(
            ColumnChunk(
              start: start, end: start + slice.count, validity: slice.validity, values: slice.values,
              text: slice.text.baseAddress ?? slice.values, codes: codes.map { UnsafePointer($0.codes) }))
          start += slice.count
          nullCount += slice.nullCount
        }
      } catch {
        var problem = error
        problem.place = Place(file.file.path, field: spec.name)
        throw problem
      }
    }
    self.spec = spec
    self.shape = shape
    self.count = start
    self.nullCount = nullCount
    self.texts = texts
    self.ownedCodes = ownedCodes
    self.owner = owner
    pages = UnsafePointer(owner.pages)
    chunkCount = chunks.count
    self.chunks = .allocate(capacity: max(1, chunks.count))
    self.chunks.initialize(from: chunks, count: chunks.count)
    codeTexts = .allocate(capacity: max(1, texts.count))
    for code in 0..<texts.count { (codeTexts + code).initialize(to: texts.bytes(Int32(code))) }
    dictionary = (0..<texts.count).map { texts.string(Int32($0)) }
  }

  deinit {
    chunks.deallocate()
    codeTexts.deallocate()
  }

  @usableFromInline @inline(__always)
  func chunk(_ row: Int) -> UnsafeMutablePointer<ColumnChunk> {
    precondition(row >= 0 && row < count, "a row number outside of the table")
    var chunk = chunks + Int(pages[row >> TablePages.shift])
    while row >= chunk.pointee.end { chunk += 1 }
    return chunk
  }

  @usableFromInline @inline(__always)
  static func isNull(_ chunk: UnsafeMutablePointer<ColumnChunk>, _ offset: Int) -> Bool {
    guard let validity = chunk.pointee.validity else { return false }
    return validity[offset >> 3] >> UInt8(truncatingIfNeeded: offset & 7) & 1 == 0
  }

  @inlinable
  public func isNull(_ row: Int) -> Bool {
    if nullCount == 0 { return false }
    let chunk = chunk(row)
    return Self.isNull(chunk, row &- chunk.pointee.start)
  }

  /// Booleans as 0 and 1, dates in days, timestamps in seconds, money in minor units; 0 where null. Traps for texts.
  @inlinable
  public func integer(_ row: Int) -> Int64 {
    let chunk = chunk(row)
    let offset = row &- chunk.pointee.start
    if Self.isNull(chunk, offset) { return 0 }
    let values = chunk.pointee.values
    switch shape {
    case .eight: return values.loadUnaligned(fromByteOffset: offset &* 8, as: Int64.self)
    case .four: return Int64(values.loadUnaligned(fromByteOffset: offset &* 4, as: Int32.self))
    case .two: return Int64(values.loadUnaligned(fromByteOffset: offset &* 2, as: Int16.self))
    case .one: return Int64(values.load(fromByteOffset: offset, as: Int8.self))
    case .bits:
      let byte = values.load(fromByteOffset: offset >> 3, as: UInt8.self)
      return Int64(byte >> UInt8(truncatingIfNeeded: offset & 7) & 1)
    case .text, .code: preconditionFailure("column \(spec.name) holds texts, not numbers")
    }
  }

  /// UTF-8 of a text or code, empty where null. Traps for other types.
  @inlinable
  public func bytes(_ row: Int) -> UnsafeRawBufferPointer {
    if shape == .code {
      let code = code(row)
      return code < 0 ? UnsafeRawBufferPointer(start: nil, count: 0) : codeTexts[Int(code)]
    }
    precondition(shape == .text, "only a text or code column holds texts")
    let chunk = chunk(row)
    let offset = row &- chunk.pointee.start
    if Self.isNull(chunk, offset) { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let values = chunk.pointee.values
    let start = Int(values.loadUnaligned(fromByteOffset: offset &* 4, as: Int32.self))
    let end = Int(values.loadUnaligned(fromByteOffset: offset &* 4 &+ 4, as: Int32.self))
    return UnsafeRawBufferPointer(start: chunk.pointee.text + start, count: end &- start)
  }

  /// The index into `dictionary`, -1 where null. Only for code columns.
  @inlinable
  public func code(_ row: Int) -> Int32 {
    precondition(shape == .code, "only a code column holds codes")
    let chunk = chunk(row)
    let offset = row &- chunk.pointee.start
    if Self.isNull(chunk, offset) { return -1 }
    let code = chunk.pointee.values.loadUnaligned(fromByteOffset: offset &* 4, as: Int32.self)
    return chunk.pointee.codes.map { $0[Int(code)] } ?? code
  }

  /// The text of a text or code column, nil where null; for messages and edges, as each call makes a String.
  public func string(_ row: Int) -> String? {
    isNull(row) ? nil : String(decoding: bytes(row), as: UTF8.self)
  }

  /// The index of a text in `dictionary`, where the column has it.
  public func code(of text: String) -> Int32? {
    var text = text
    return text.withUTF8 { texts.find(UnsafeRawBufferPointer($0)) }
  }

  /// Any value as CSV text: `2026-11-20`, `2026-11-20T08:00:00`, `123.45`, `true`; empty where null.
  public func text(_ row: Int) -> String {
    if isNull(row) { return "" }
    switch spec.type {
    case .boolean: return integer(row) == 1 ? "true" : "false"
    case .int8, .int16, .int32, .int64: return String(integer(row))
    case .date: return CivilDay.text(Int(integer(row)))
    case .timestamp: return CivilDay.text(seconds: integer(row))
    case .money: return Self.money(integer(row))
    case .utf8, .code: return String(decoding: bytes(row), as: UTF8.self)
    }
  }

  private static func money(_ minor: Int64) -> String {
    let (units, cents) = minor.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(minor < 0 ? "-" : "")\(units).\(cents < 10 ? "0" : "")\(cents)"
  }
}

extension Column {
  /// Adds one file's dictionary to the column's; gives its codes in the column's numbers where they are not the same.
  private static func merge(
    _ dictionary: [ArrowSlice], into texts: ByteInterner
  ) throws(Problem) -> (codes: CodeMap?, count: Int) {
    var numbers: [Int32] = []
    for slice in dictionary {
      try check(slice, .text, codeCount: 0)
      for row in 0..<slice.count {
        let start = Int(slice.values.loadUnaligned(fromByteOffset: row * 4, as: Int32.self))
        let end = Int(slice.values.loadUnaligned(fromByteOffset: row * 4 + 4, as: Int32.self))
        numbers.append(texts.intern(UnsafeRawBufferPointer(rebasing: slice.text[start..<end])))
      }
    }
    if numbers.indices.allSatisfy({ numbers[$0] == Int32($0) }) { return (nil, numbers.count) }
    return (CodeMap(numbers), numbers.count)
  }

  /// That the nulls are as many as stated, texts lie within the file, and codes are in the dictionary.
  private static func check(_ slice: ArrowSlice, _ shape: ColumnShape, codeCount: Int) throws(Problem) {
    if let validity = slice.validity {
      var valid = 0
      for index in 0..<slice.count / 8 { valid += validity[index].nonzeroBitCount }
      if slice.count % 8 != 0 {
        valid += (validity[slice.count / 8] & UInt8((1 << (slice.count % 8)) - 1)).nonzeroBitCount
      }
      guard slice.count - valid == slice.nullCount else {
        throw .damaged("a column has more or fewer nulls than it says")
      }
    }
    if slice.count == 0 { return }
    if shape == .text { try checkOffsets(slice) }
    if shape == .code { try checkCodes(slice, codeCount) }
  }

  private static func checkOffsets(_ slice: ArrowSlice) throws(Problem) {
    var previous = slice.values.loadUnaligned(as: Int32.self)
    var isOrdered = previous >= 0
    for row in 1...slice.count {
      let next = slice.values.loadUnaligned(fromByteOffset: row &* 4, as: Int32.self)
      isOrdered = isOrdered && next >= previous
      previous = next
    }
    guard isOrdered, Int(previous) <= slice.text.count else { throw .damaged("a text lies outside of its batch") }
  }

  private static func checkCodes(_ slice: ArrowSlice, _ codeCount: Int) throws(Problem) {
    for row in 0..<slice.count {
      let code = Int(slice.values.loadUnaligned(fromByteOffset: row &* 4, as: Int32.self))
      if code >= 0 && code < codeCount { continue }
      // What stands where a value is null means nothing.
      if let validity = slice.validity, validity[row >> 3] >> UInt8(row & 7) & 1 == 0 { continue }
      throw .damaged("a code is not in its dictionary")
    }
  }
}
