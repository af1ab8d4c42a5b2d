/// Provinces, cities and districts of China by code and by name.
///
/// Source: GB/T 2260 by `DivisionTable`. Loaded at first use.
public enum Divisions {
  /// 440305 → 南山区; nil for codes that the table does not hold, such as those of divisions dissolved since.
  public static func name(of code: Int) -> String? {
    index.place(of: code).map { String(decoding: index.names[$0], as: UTF8.self) }
  }

  static let index = DivisionIndex()
}

/// The divisions in order of their codes, and where to look for a name by its first two characters.
struct DivisionIndex {
  enum Level { case province, city, district }

  private(set) var codes: [Int] = []
  /// UTF-8.
  private(set) var names: [[UInt8]] = []
  /// How many bytes of each name are used alone: 深圳 of 深圳市; the whole name where there is no such part.
  private(set) var stems: [Int] = []
  /// Divisions in order of their codes, by their first six bytes.
  private var byBeginning: [UInt64: [Int]] = [:]
  /// Names that more than one division has.
  private(set) var isUnique: [Bool] = []

  init() {
    for line in DivisionTable.text.utf8.split(separator: 10) { read(Array(line)) }
    var counts: [[UInt8]: Int] = [:]
    for name in names { counts[name, default: 0] += 1 }
    isUnique = names.map { counts[$0] == 1 }
    for (place, name) in names.enumerated() {
      guard let key = name.withUnsafeBytes({ Self.key(of: $0) }) else { continue }
      byBeginning[key, default: []].append(place)
    }
  }

  private mutating func read(_ line: [UInt8]) {
    let prefix = line[..<4].reduce(0) { $0 * 10 + Int($1 - 48) }
    var at = 5
    while at + 2 < line.count {
      let code = prefix * 100 + Int(line[at] - 48) * 10 + Int(line[at + 1] - 48)
      at += 2
      var name: [UInt8] = []
      var stem = 0
      while at < line.count, line[at] == 39 || line[at] >= 0x80 {
        if line[at] == 39 { stem = name.count } else { name.append(line[at]) }
        at += 1
      }
      codes.append(code)
      names.append(name)
      stems.append(stem == 0 ? name.count : stem)
    }
  }

  /// Two characters of three bytes; every name begins so.
  private static func key(of text: UnsafeRawBufferPointer) -> UInt64? {
    guard text.count >= 6 else { return nil }
    return text[..<6].reduce(0) { $0 << 8 | UInt64($1) }
  }

  func candidates(for text: UnsafeRawBufferPointer) -> [Int] { Self.key(of: text).flatMap { byBeginning[$0] } ?? [] }

  func place(of code: Int) -> Int? {
    var (low, high) = (0, codes.count)
    while low < high {
      let middle = (low + high) / 2
      if codes[middle] < code { low = middle + 1 } else { high = middle }
    }
    return low < codes.count && codes[low] == code ? low : nil
  }

  static func level(of code: Int) -> Level { code % 10_000 == 0 ? .province : code % 100 == 0 ? .city : .district }

  /// Beijing, Tianjin, Shanghai and Chongqing have districts and no cities.
  static func isMunicipality(_ code: Int) -> Bool { [11, 12, 31, 50].contains(code / 10_000) }
}
