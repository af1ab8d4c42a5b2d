/// Titles that people write around names: 张伟先生, Dr. Jane Smith.
enum NameTitles {
  private static let behind = ["先生", "女士", "小姐", "太太", "夫人"].map { Array($0.utf8) }
  /// Letters in the order read, a byte each.
  private static let before =
    ["MR", "MRS", "MS", "MISS", "MX", "DR", "PROF", "SIR", "DAME", "REV"].map { title in
      title.utf8.reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    }

  /// Takes a title off a name in capitals, unless nothing would be left.
  static func remove(from output: inout [UInt8], _ start: Int, _ notes: inout StandardNotes) {
    guard output.count - start > 3 else { return }
    if output[start] < 0x80 {
      removeBefore(&output, start, &notes)
    } else {
      removeBehind(&output, start, &notes)
    }
  }

  private static func removeBehind(_ output: inout [UInt8], _ start: Int, _ notes: inout StandardNotes) {
    guard output.count - start > 6, let last = output.last else { return }
    // All end in 生, 士, 姐, 太 or 人: the last byte rules nearly every name out.
    guard last == 0x9F || last == 0xAB || last == 0x90 || last == 0xAA || last == 0xBA else { return }
    for title in behind where output[start...].suffix(6).elementsEqual(title) {
      output.removeLast(6)
      while output.count > start, output.last == 32 { output.removeLast() }
      notes.insert(.titleRemoved)
      return
    }
  }

  private static func removeBefore(_ output: inout [UInt8], _ start: Int, _ notes: inout StandardNotes) {
    var word: UInt32 = 0
    var end = start
    while end < output.count, output[end] != 32, output[end] != 46 {
      // The longest have four letters.
      if end - start == 4 { return }
      word = word << 8 | UInt32(output[end])
      end += 1
    }
    guard end < output.count, before.contains(word) else { return }
    while end < output.count, output[end] == 46 || output[end] == 32 { end += 1 }
    if end == output.count { return }
    output.removeSubrange(start..<end)
    notes.insert(.titleRemoved)
  }
}
