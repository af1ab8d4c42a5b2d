import Basics

/// Copies of tables without some of their rows.
public enum TableFilter {
  /// Writes the rows of one Arrow file but those named, in the same batches; holds one batch in memory.
  /// - Parameter dropped: rows that are left out, ascending.
  /// - Returns: how many rows are left.
  /// - Throws: `unreadable_file`, `damaged_table`, `unsupported_table`, `unwritable_file`.
  public static func copy(_ path: String, to target: String, without dropped: [Int]) throws(Problem) -> Int {
    let file = try ArrowFile(path)
    let writer = try TableWriter(target, schema: file.schema, batchRows: 1)
    var codes: [[String]] = []
    for slices in file.dictionaries { codes.append(slices.flatMap(texts)) }
    var first = 0
    var next = 0
    for batch in file.batches {
      let rows = batch[0].count
      var kept = [UInt8](repeating: 1, count: rows)
      while next < dropped.count, dropped[next] < first + rows {
        kept[dropped[next] - first] = 0
        next += 1
      }
      let buffers = batch.indices.map { index in
        ColumnBuffer(file.schema.columns[index], firstCodes: codes[index])
      }
      for (buffer, slice) in zip(buffers, batch) {
        buffer.add(slice)
        buffer.keep(from: 0, kept)
      }
      try writer.append(buffers)
      first += rows
    }
    return try writer.finish()
  }

  private static func texts(_ slice: ArrowSlice) -> [String] {
    (0..<slice.count).map { row in
      let start = Int(slice.values.loadUnaligned(fromByteOffset: row * 4, as: Int32.self))
      let end = Int(slice.values.loadUnaligned(fromByteOffset: row * 4 + 4, as: Int32.self))
      return String(decoding: slice.text[start..<end], as: UTF8.self)
    }
  }
}

extension ColumnBuffer {
  /// Adds the rows of a batch that this program wrote: its codes are numbers of `dictionary`.
  func add(_ slice: ArrowSlice) {
    reserve(rows: slice.count)
    for row in 0..<slice.count {
      let isValid = slice.validity.map { $0[row >> 3] >> UInt8(row & 7) & 1 } ?? 1
      presence[count + row] = isValid
    }
    switch shape {
    case .bits:
      for row in 0..<slice.count {
        let byte = slice.values.load(fromByteOffset: row >> 3, as: UInt8.self)
        values.storeBytes(of: byte >> UInt8(row & 7) & 1, toByteOffset: count + row, as: UInt8.self)
      }
    case .text:
      reserve(text: slice.text.count, behind: textCount)
      if let base = slice.text.baseAddress { (text + textCount).copyMemory(from: base, byteCount: slice.text.count) }
      for row in 0..<slice.count {
        let end = slice.values.loadUnaligned(fromByteOffset: row * 4 + 4, as: Int32.self) + Int32(textCount)
        values.storeBytes(of: end, toByteOffset: (count + row) * 4, as: Int32.self)
      }
    default: (values + count * width).copyMemory(from: slice.values, byteCount: slice.count * width)
    }
    add(rows: slice.count)
  }
}
