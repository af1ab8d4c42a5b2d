import Basics

extension TableWriter {
  /// Writes filled columns, in the schema's order and of one length, as a record batch of its own.
  ///
  /// Codes are numbered anew, in the order in which they first come in the table; the buffers' codes are changed by that.
  /// - Throws: `unwritable_file`.
  public func append(_ buffers: [ColumnBuffer]) throws(Problem) {
    precondition(buffers.count == schema.columns.count, "one buffer a column")
    try flush()
    guard let rows = buffers.first?.count, rows > 0 else { return }
    var body = ArrowBody(rowCount: rows)
    for (index, buffer) in buffers.enumerated() {
      precondition(buffer.count == rows && buffer.spec.type == schema.columns[index].type, "columns of this table")
      if buffer.shape == .code { buffer.renumber(into: column(at: index).dictionary) }
      buffer.put(into: &body)
    }
    try write(batch: body)
  }
}

extension ColumnBuffer {
  /// Gives each code its number in another dictionary, new ones in the order of rows.
  func renumber(into other: ByteInterner) {
    let codes = values.assumingMemoryBound(to: Int32.self)
    var numbers = [Int32](repeating: -1, count: dictionary.count)
    numbers.withUnsafeMutableBufferPointer { numbers in
      for row in 0..<count where presence[row] & 1 == 1 {
        let code = Int(codes[row])
        if numbers[code] < 0 { numbers[code] = other.intern(dictionary.bytes(Int32(code))) }
        codes[row] = numbers[code]
      }
    }
  }

  /// Adds the column's node and buffers; the bits that they need are packed into memory of the column.
  func put(into body: inout ArrowBody) {
    let nulls = packBits(of: presence, into: &validity)
    body.addNode(count: count, nulls: nulls)
    body.add(UnsafeRawBufferPointer(start: validity.baseAddress, count: nulls == 0 ? 0 : (count + 7) / 8))
    switch shape {
    case .bits:
      _ = packBits(of: values.assumingMemoryBound(to: UInt8.self), into: &bits)
      body.add(UnsafeRawBufferPointer(start: bits.baseAddress, count: (count + 7) / 8))
    case .text:
      body.add(UnsafeRawBufferPointer(start: starts, count: (count + 1) * 4))
      body.add(UnsafeRawBufferPointer(start: text, count: textCount))
    default: body.add(UnsafeRawBufferPointer(start: values, count: count * width))
    }
  }

  /// Packs the lowest bit of each of `count` bytes, eight to one, and gives how many of them are 0.
  private func packBits(of bytes: UnsafeMutablePointer<UInt8>, into target: inout UnsafeMutableRawBufferPointer) -> Int
  {
    let needed = (count + 7) / 8
    if target.count < needed {
      target.deallocate()
      target = .allocate(byteCount: max(needed, 128), alignment: Arrow.alignment)
    }
    var ones = 0
    let raw = UnsafeRawPointer(bytes)
    for group in 0..<count / 8 {
      let eight = raw.loadUnaligned(fromByteOffset: group &* 8, as: UInt64.self) & 0x0101_0101_0101_0101
      // The product gathers the eight lowest bits in its highest byte, the first of them lowest.
      let packed = UInt8(truncatingIfNeeded: (eight &* 0x0102_0408_1020_4080) >> 56)
      ones &+= packed.nonzeroBitCount
      target[group] = packed
    }
    if count % 8 > 0 {
      var last: UInt8 = 0
      for row in count / 8 * 8..<count { last |= (bytes[row] & 1) << UInt8(row % 8) }
      ones += last.nonzeroBitCount
      target[count / 8] = last
    }
    return count - ones
  }
}
