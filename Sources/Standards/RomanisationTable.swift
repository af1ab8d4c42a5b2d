/// The tables behind `Romanisation`.
struct RomanisationTable: @unchecked Sendable {
  static let firstCharacter = 0x3400
  static let characterCount = 0xA000 - 0x3400

  /// Lists of sounds, one behind the other.
  struct Lists {
    let starts: UnsafeMutablePointer<UInt32>
    let entries: UnsafeMutablePointer<UInt16>
    let count: Int

    init(_ lists: [[UInt16]]) {
      count = lists.count
      starts = .allocate(capacity: lists.count + 1)
      entries = .allocate(capacity: max(1, lists.reduce(0) { $0 + $1.count }))
      var end = 0
      for (index, list) in lists.enumerated() {
        starts[index] = UInt32(end)
        for entry in list.sorted() {
          entries[end] = entry
          end += 1
        }
      }
      starts[lists.count] = UInt32(end)
    }

    @inline(__always)
    subscript(index: Int) -> UnsafeBufferPointer<UInt16> {
      guard index >= 0, index < count else { return UnsafeBufferPointer(start: nil, count: 0) }
      let start = Int(starts[index])
      return UnsafeBufferPointer(start: entries + start, count: Int(starts[index + 1]) - start)
    }
  }

  /// The sounds of a syllable as bits, to rule agreement out.
  struct Summary {
    /// By number of the sound, modulo 64.
    var sounds: UInt64 = 0
    /// By class of the initial; none for dialects.
    var initials: UInt64 = 0
    /// By class of the rime.
    var cantoneseRimes: UInt64 = 0
    var mandarinRimes: UInt64 = 0
  }

  /// By character, then one without sounds, then by spelling.
  let summaries: UnsafeMutablePointer<Summary>
  /// By simplified character less `firstCharacter`.
  let characters: Lists
  /// By number of the spelling.
  let spellings: Lists
  /// By number of the spelling.
  let isFamily: [Bool]
  /// By sound: class of the initial in the upper byte, of the rime in the lower.
  let classes: UnsafeMutablePointer<UInt16>
  /// Open addressing: packed letters (0: free) and the number of the spelling.
  private let slotKeys: UnsafeMutablePointer<UInt64>
  private let slotNumbers: UnsafeMutablePointer<Int32>
  private let mask: Int

  init() {
    var builder = RomanisationBuilder()
    builder.addCantonese()
    builder.addMandarin()
    builder.addDialects()
    characters = Lists(builder.characters)
    spellings = Lists(builder.spellings)
    isFamily = builder.familySpellings()
    classes = .allocate(capacity: builder.classes.count)
    for (sound, value) in builder.classes.enumerated() { classes[sound] = value }
    summaries = .allocate(capacity: characters.count + 1 + spellings.count)
    for index in 0..<characters.count { (summaries + index).initialize(to: builder.summary(builder.characters[index])) }
    (summaries + characters.count).initialize(to: Summary())
    for index in 0..<spellings.count {
      (summaries + characters.count + 1 + index).initialize(to: builder.summary(builder.spellings[index]))
    }
    var slotCount = 1024
    while slotCount < builder.spellings.count * 3 { slotCount *= 2 }
    mask = slotCount - 1
    slotKeys = .allocate(capacity: slotCount)
    slotKeys.initialize(repeating: 0, count: slotCount)
    slotNumbers = .allocate(capacity: slotCount)
    for (number, packed) in builder.packed.enumerated() {
      var slot = Self.hash(packed) & mask
      while slotKeys[slot] != 0 { slot = (slot + 1) & mask }
      slotKeys[slot] = packed
      slotNumbers[slot] = Int32(number)
    }
  }

  @inline(__always)
  func sounds(of syllable: Int32) -> UnsafeBufferPointer<UInt16> {
    let index = Int(syllable)
    return index < Self.characterCount ? characters[index] : spellings[index - Self.characterCount - 1]
  }

  @inline(__always)
  func spelling(_ packed: UInt64) -> Int32 {
    var slot = Self.hash(packed) & mask
    while slotKeys[slot] != 0 {
      if slotKeys[slot] == packed { return slotNumbers[slot] }
      slot = (slot + 1) & mask
    }
    return -1
  }

  @inline(__always)
  private static func hash(_ packed: UInt64) -> Int { Int((packed &* 0x9E37_79B9_7F4A_7C15) >> 40) }
}

/// Collects sounds, spellings and characters.
private struct RomanisationBuilder {
  var characters = [[UInt16]](repeating: [], count: RomanisationTable.characterCount)
  var spellings: [[UInt16]] = []
  /// By number of the spelling: its letters.
  var packed: [UInt64] = []
  var classes: [UInt16] = []
  private var numbers: [UInt64: Int] = [:]
  /// Classes of Cantonese, Mandarin and dialects, each numbered from 0.
  private var initials: [System: [String: UInt16]] = [:]
  private var rimes: [System: [String: UInt16]] = [:]

  /// Classes of different systems are different: each has its range of numbers.
  private enum System: UInt16 {
    case cantonese = 0
    case mandarin = 64
    case dialect = 128
  }

  mutating func addCantonese() {
    addTable(CantoneseTable.text) { syllable, builder in
      let (initial, rime) = CantoneseSpelling.parts(of: syllable)
      return builder.sound(.cantonese, Self.cantoneseClass(initial, rime), CantoneseSpelling.spellings(of: syllable))
    }
  }

  mutating func addMandarin() {
    var sounds: [String: UInt16] = [:]
    addTable(PinyinTable.text) { syllable, builder in
      let sound = builder.mandarin(syllable)
      sounds[syllable] = sound
      return sound
    }
    for (family, syllable) in FamilyReadings.special.sorted(by: { $0.key < $1.key }) {
      guard family.unicodeScalars.count == 1, let character = family.unicodeScalars.first else { continue }
      let sound = sounds[syllable] ?? mandarin(syllable)
      sounds[syllable] = sound
      add(sound, to: character.value)
    }
  }

  private mutating func mandarin(_ syllable: String) -> UInt16 {
    let (initial, rime) = WadeGiles.parts(of: syllable)
    var spellings = [syllable]
    if syllable.contains("v") {
      spellings += [syllable.replacing("v", with: "yu"), syllable.replacing("v", with: "u")]
    }
    return sound(.mandarin, Self.mandarinClass(initial, rime), spellings + WadeGiles.spellings(of: syllable))
  }

  mutating func addDialects() {
    for line in DialectFamilyNames.text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let names = words.first else { continue }
      for spelling in words.dropFirst() {
        let sound = sound(.dialect, ("", String(spelling)), [String(spelling)])
        for name in names.unicodeScalars { add(sound, to: name.value) }
      }
    }
  }

  /// Whether a spelling may be a common family name's.
  func familySpellings() -> [Bool] {
    var isFamilySound = [Bool](repeating: false, count: classes.count)
    for family in CommonFamilyNames.list.unicodeScalars where family.value > 32 {
      for sound in characters[index(family.value)] { isFamilySound[Int(sound)] = true }
    }
    return spellings.map { $0.contains { isFamilySound[Int($0)] } }
  }

  /// A table as `PinyinTable` has it; the sound of a syllable is made once.
  private mutating func addTable(_ text: String, _ make: (String, inout Self) -> UInt16) {
    var known: [String: UInt16] = [:]
    for line in text.utf8.split(separator: 10) {
      guard let space = line.firstIndex(of: 32) else { continue }
      let syllable = String(decoding: line[..<space], as: UTF8.self)
      let sound = known[syllable] ?? make(syllable, &self)
      known[syllable] = sound
      Array(line[line.index(after: space)...]).withUnsafeBytes { bytes in
        var reader = ScalarReader(bytes)
        while let scalar = reader.next() {
          if scalar != 124 { add(sound, to: scalar) }
        }
      }
    }
  }

  private func index(_ scalar: UInt32) -> Int { Int(SimplifiedForm.of(scalar)) - RomanisationTable.firstCharacter }

  private mutating func add(_ sound: UInt16, to scalar: UInt32) {
    let index = index(scalar)
    guard characters.indices.contains(index), !characters[index].contains(sound) else { return }
    characters[index].append(sound)
  }

  /// The sounds of one syllable as bits.
  func summary(_ sounds: [UInt16]) -> RomanisationTable.Summary {
    var summary = RomanisationTable.Summary()
    for sound in sounds {
      summary.sounds |= 1 << UInt64(sound % 64)
      let value = classes[Int(sound)]
      let (initial, rime) = (UInt64(value >> 8), UInt64(value & 0xFF))
      if initial >= UInt64(System.dialect.rawValue) { continue }
      summary.initials |= 1 << (initial % 64 + (initial >= 64 ? 24 : 0))
      if initial < 64 { summary.cantoneseRimes |= 1 << rime } else { summary.mandarinRimes |= 1 << rime }
    }
    return summary
  }

  private mutating func sound(_ system: System, _ parts: (String, String), _ written: [String]) -> UInt16 {
    let sound = UInt16(classes.count)
    let initial = number(parts.0, &initials[system, default: [:]])
    let rime = number(parts.1, &rimes[system, default: [:]])
    // Two classes are equal only within a system; a dialect's spelling is a class of its own.
    precondition(initial < 24 || system == .mandarin && initial < 40)
    precondition(system == .dialect || rime < 64)
    classes.append((initial + system.rawValue + (system == .dialect ? rime >> 8 : 0)) << 8 | rime & 0xFF)
    for spelling in written {
      let letters = Array(spelling.utf16)
      guard let word = letters.withUnsafeBufferPointer({ Romanisation.packed($0) }) else { continue }
      let number = numbers[word] ?? spellings.count
      if number == spellings.count {
        numbers[word] = number
        packed.append(word)
        spellings.append([])
      }
      if !spellings[number].contains(sound) { spellings[number].append(sound) }
    }
    return sound
  }

  private func number(_ text: String, _ numbers: inout [String: UInt16]) -> UInt16 {
    let number = numbers[text] ?? UInt16(numbers.count)
    numbers[text] = number
    return number
  }

  private static let cantoneseInitials = [
    "p": "b", "t": "d", "k": "g", "kw": "gw", "c": "z", "n": "l", "ng": "",
  ]
  private static let cantoneseRimes = [
    "eoi": "ui", "eon": "un", "eot": "ut", "yun": "un", "yut": "ut", "yu": "u", "ou": "o", "ei": "i", "eng": "ing",
    "ek": "ik",
  ]

  private static func cantoneseClass(_ initial: String, _ rime: String) -> (String, String) {
    let rime = rime.replacing("aa", with: "a")
    return (cantoneseInitials[initial] ?? initial, cantoneseRimes[rime] ?? rime)
  }

  private static let mandarinInitials = ["zh": "z", "ch": "c", "sh": "s", "n": "l"]
  private static let mandarinRimes = [
    "eng": "en", "ing": "in", "ang": "an", "iang": "ian", "uang": "uan", "v": "u", "ve": "ue",
  ]

  private static func mandarinClass(_ initial: String, _ rime: String) -> (String, String) {
    (mandarinInitials[initial] ?? initial, mandarinRimes[rime] ?? rime)
  }
}
