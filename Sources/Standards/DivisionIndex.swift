import Glibc

/// Provinces, cities and districts of China by code and by name.
///
/// Source: GB/T 2260 by `DivisionTable`. Loaded at first use.
public enum Divisions {
  /// 440305 → 南山区; nil for codes that the table does not hold, such as those of divisions dissolved since.
  public static func name(of code: Int) -> String? {
    index.place(of: code).map { String(decoding: index.name($0), as: UTF8.self) }
  }

  static let index = DivisionIndex()
}

/// The divisions in order of their codes, and where to look for a name by its first two characters.
///
/// Lives as long as the process; raw memory, because it is read for each address.
struct DivisionIndex: @unchecked Sendable {
  enum Level { case province, city, district }

  struct Entry {
    var code: Int
    /// In `text`, UTF-8.
    var nameStart: Int
    var nameCount: Int
    /// How many bytes of the name are used alone: 深圳 of 深圳市; all of them where there is no such part.
    var stemCount: Int
    /// Whether no other division has the name.
    var isUnique = true
    /// The next division whose name has the same hash, -1 behind the last.
    var next = -1
  }

  private static let slotBits = 13

  let entries: UnsafeMutableBufferPointer<Entry>
  private let text: UnsafeMutableBufferPointer<UInt8>
  /// By hash of the first two characters: the first such division, -1 for none.
  private let slots: UnsafeMutableBufferPointer<Int>

  init() {
    var entries: [Entry] = []
    var text: [UInt8] = []
    for line in DivisionTable.text.utf8.split(separator: 10) { Self.read(Array(line), &entries, &text) }
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for entry in entries { counts[text[entry.nameStart..<entry.nameStart + entry.nameCount], default: 0] += 1 }
    self.text = .allocate(capacity: text.count)
    _ = self.text.initialize(from: text)
    self.entries = .allocate(capacity: entries.count)
    _ = self.entries.initialize(from: entries)
    slots = .allocate(capacity: 1 << Self.slotBits)
    slots.initialize(repeating: -1)
    // From behind, so that chains go in order of the codes.
    for place in entries.indices.reversed() {
      let entry = entries[place]
      self.entries[place].isUnique = counts[text[entry.nameStart..<entry.nameStart + entry.nameCount]] == 1
      guard let slot = Self.slot(of: name(place)) else { continue }
      self.entries[place].next = slots[slot]
      slots[slot] = place
    }
  }

  private static func read(_ line: [UInt8], _ entries: inout [Entry], _ text: inout [UInt8]) {
    let prefix = line[..<4].reduce(0) { $0 * 10 + Int($1 - 48) }
    var at = 5
    while at + 2 < line.count {
      let code = prefix * 100 + Int(line[at] - 48) * 10 + Int(line[at + 1] - 48)
      at += 2
      let start = text.count
      var stem = 0
      while at < line.count, line[at] == 39 || line[at] >= 0x80 {
        if line[at] == 39 { stem = text.count - start } else { text.append(line[at]) }
        at += 1
      }
      let count = text.count - start
      entries.append(Entry(code: code, nameStart: start, nameCount: count, stemCount: stem == 0 ? count : stem))
    }
  }

  /// By two characters of three bytes; every name begins so.
  private static func slot(of text: UnsafeRawBufferPointer) -> Int? {
    guard text.count >= 6 else { return nil }
    var key: UInt64 = 0
    for index in 0..<6 { key = key << 8 | UInt64(text[index]) }
    return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - slotBits))
  }

  /// The first division whose name may begin as the text does, -1 for none; the others follow by `next`.
  func firstCandidate(for text: UnsafeRawBufferPointer) -> Int { Self.slot(of: text).map { slots[$0] } ?? -1 }

  func name(_ place: Int) -> UnsafeRawBufferPointer {
    let entry = entries[place]
    return UnsafeRawBufferPointer(
      UnsafeBufferPointer(rebasing: text[entry.nameStart..<entry.nameStart + entry.nameCount]))
  }

  /// Whether the first `count` bytes of a name stand at the beginning of a text.
  func begins(_ text: UnsafeRawBufferPointer, with place: Int, count: Int) -> Bool {
    guard text.count >= count, let base = text.baseAddress, let name = name(place).baseAddress else { return false }
    return memcmp(base, name, count) == 0
  }

  func place(of code: Int) -> Int? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].code < code { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].code == code ? low : nil
  }

  static func level(of code: Int) -> Level { code % 10_000 == 0 ? .province : code % 100 == 0 ? .city : .district }
}
