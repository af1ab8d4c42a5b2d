import Glibc

/// Pronunciations of Chinese characters in pinyin: lower-case, without tones, ü as v, every reading of a character.
///
/// Source: `PinyinTable` (Unihan through pypinyin), the readings of family names (`FamilyReadings`) added. Loaded at first use.
public enum Pinyin {
  /// The commonest reading first; none for what is not a character U+3400 to U+9FFF. ü appears as v, yu and u.
  public static func readings(of character: Unicode.Scalar) -> [String] {
    table.range(of: character.value).map { table.text(of: table.entries[$0]) }
  }

  static let table = Table()

  /// Readings of a character are `entries[starts[i]..<starts[i + 1]]`, each the number of a syllable.
  ///
  /// Lives as long as the process; raw memory, because it is read for each character of each pair compared.
  struct Table: @unchecked Sendable {
    static let first: UInt32 = 0x3400
    static let count = 0xA000 - 0x3400

    let starts: UnsafeMutablePointer<UInt16>
    let entries: UnsafeMutablePointer<UInt16>
    /// Each syllable takes eight bytes: its length and up to seven letters.
    let syllables: UnsafeMutablePointer<UInt8>

    @inline(__always)
    func range(of scalar: UInt32) -> Range<Int> {
      let index = Int(scalar) - Int(Table.first)
      guard index >= 0, index < Table.count else { return 0..<0 }
      return Int(starts[index])..<Int(starts[index + 1])
    }

    func text(of syllable: UInt16) -> String {
      let letters = syllables + Int(syllable) * 8
      return String(decoding: UnsafeBufferPointer(start: letters + 1, count: Int(letters[0])), as: UTF8.self)
    }
  }
}

extension Pinyin.Table {
  private struct Reading {
    var character: Int
    var syllable: UInt16
  }

  /// Numbers syllables in order of appearance.
  private struct Syllables {
    var numbers: [String: UInt16] = [:]
    var list: [String] = []

    mutating func number(_ syllable: String) -> UInt16 {
      if let number = numbers[syllable] { return number }
      let number = UInt16(list.count)
      numbers[syllable] = number
      list.append(syllable)
      return number
    }
  }

  init() {
    var syllables = Syllables()
    var firsts: [Reading] = []
    var others: [Reading] = []
    for line in PinyinTable.text.utf8.split(separator: 10) {
      guard let space = line.firstIndex(of: 32) else { continue }
      let syllable = String(decoding: line[..<space], as: UTF8.self)
      let numbers = Self.spellings(of: syllable).map { syllables.number($0) }
      var isFirst = true
      Array(line[line.index(after: space)...]).withUnsafeBytes { bytes in
        var reader = ScalarReader(bytes)
        while let scalar = reader.next() {
          if scalar == 124 {
            isFirst = false
            continue
          }
          let character = Int(scalar - Self.first)
          for (rank, number) in numbers.enumerated() {
            let reading = Reading(character: character, syllable: number)
            if isFirst && rank == 0 { firsts.append(reading) } else { others.append(reading) }
          }
        }
      }
    }
    for (family, syllable) in FamilyReadings.special.sorted(by: { $0.key < $1.key }) {
      guard family.unicodeScalars.count == 1, let character = family.unicodeScalars.first else { continue }
      others.append(Reading(character: Int(character.value - Self.first), syllable: syllables.number(syllable)))
    }
    self.init(firsts + others, syllables.list)
  }

  private init(_ readings: [Reading], _ list: [String]) {
    starts = .allocate(capacity: Self.count + 1)
    entries = .allocate(capacity: readings.count)
    syllables = .allocate(capacity: list.count * 8)
    for (number, syllable) in list.enumerated() {
      syllables[number * 8] = UInt8(syllable.utf8.count)
      for (index, letter) in syllable.utf8.enumerated() { syllables[number * 8 + 1 + index] = letter }
    }
    var byCharacter = [[UInt16]](repeating: [], count: Self.count)
    for reading in readings where !byCharacter[reading.character].contains(reading.syllable) {
      byCharacter[reading.character].append(reading.syllable)
    }
    var count = 0
    for (character, numbers) in byCharacter.enumerated() {
      starts[character] = UInt16(count)
      for number in numbers {
        entries[count] = number
        count += 1
      }
    }
    starts[Self.count] = UInt16(count)
  }

  /// Passports write ü after l and n as YU, older papers as V or U.
  private static func spellings(of syllable: String) -> [String] {
    guard syllable.utf8.contains(118) else { return [syllable] }
    let tail = syllable.dropFirst(2)
    let head = syllable.prefix(1)
    return [syllable, "\(head)yu\(tail)", "\(head)u\(tail)"]
  }
}
