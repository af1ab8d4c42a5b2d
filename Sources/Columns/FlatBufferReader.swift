import Basics

extension Problem {
  /// Something in a table's file contradicts itself or points outside of it.
  static func damaged(_ what: String) -> Problem {
    Problem("damaged_table", "not a whole Arrow file: \(what)", advice: "Run the stage that wrote it again")
  }

  /// The file is whole, but holds what this project never writes.
  static func unsupported(_ what: String, expected: String) -> Problem {
    Problem("unsupported_table", "the Arrow file holds what is not read here: \(what)", expected: expected)
  }
}

/// Reads one FlatBuffers message; every offset is checked against the message's bounds before it is followed.
struct FlatBuffer {
  let bytes: UnsafeRawBufferPointer

  func load<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) throws(Problem) -> Number {
    guard offset >= 0, offset <= bytes.count - MemoryLayout<Number>.size else {
      throw .damaged("metadata point outside of the message")
    }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  /// The object that the offset stored at `offset` leads to.
  func follow(_ offset: Int) throws(Problem) -> Int { offset + Int(try load(UInt32.self, at: offset)) }

  func root() throws(Problem) -> FlatTable { try FlatTable(self, at: follow(0)) }
}

/// A table in a message.
struct FlatTable {
  let buffer: FlatBuffer
  let position: Int
  private let vtable: Int
  private let vtableSize: Int

  init(_ buffer: FlatBuffer, at position: Int) throws(Problem) {
    self.buffer = buffer
    self.position = position
    vtable = position - Int(try buffer.load(Int32.self, at: position))
    vtableSize = Int(try buffer.load(UInt16.self, at: vtable))
  }

  /// Where a field's value stands, or nil where the table leaves it out.
  private func place(_ slot: Int) throws(Problem) -> Int? {
    let entry = 4 + 2 * slot
    guard entry + 2 <= vtableSize else { return nil }
    let offset = Int(try buffer.load(UInt16.self, at: vtable + entry))
    return offset == 0 ? nil : position + offset
  }

  func number<Number: FixedWidthInteger>(_ slot: Int, default value: Number) throws(Problem) -> Number {
    guard let place = try place(slot) else { return value }
    return try buffer.load(Number.self, at: place)
  }

  func table(_ slot: Int) throws(Problem) -> FlatTable? {
    guard let place = try place(slot) else { return nil }
    return try FlatTable(buffer, at: buffer.follow(place))
  }

  func string(_ slot: Int) throws(Problem) -> String? {
    guard let vector = try vector(slot, elementSize: 1) else { return nil }
    let text = UnsafeRawBufferPointer(rebasing: buffer.bytes[vector.start..<vector.start + vector.count])
    guard let text = String(validating: text, as: UTF8.self) else { throw .damaged("a name is not UTF-8") }
    return text
  }

  func tables(_ slot: Int) throws(Problem) -> [FlatTable] {
    guard let vector = try vector(slot, elementSize: 4) else { return [] }
    var tables: [FlatTable] = []
    for index in 0..<vector.count {
      tables.append(try FlatTable(buffer, at: buffer.follow(vector.start + 4 * index)))
    }
    return tables
  }

  /// A vector of structs that are made of `width` 8-byte numbers each.
  func structs(_ slot: Int, width: Int) throws(Problem) -> [[Int64]] {
    guard let vector = try vector(slot, elementSize: 8 * width) else { return [] }
    var structs: [[Int64]] = []
    for index in 0..<vector.count {
      var numbers: [Int64] = []
      for part in 0..<width {
        numbers.append(try buffer.load(Int64.self, at: vector.start + 8 * (width * index + part)))
      }
      structs.append(numbers)
    }
    return structs
  }

  private func vector(_ slot: Int, elementSize: Int) throws(Problem) -> (start: Int, count: Int)? {
    guard let place = try place(slot) else { return nil }
    let start = try buffer.follow(place)
    let count = Int(try buffer.load(UInt32.self, at: start))
    guard count <= (buffer.bytes.count - start - 4) / elementSize else {
      throw .damaged("a list runs past its message")
    }
    return (start + 4, count)
  }
}
