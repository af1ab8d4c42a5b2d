/// Syllables of a name in one reading: characters, or numbers of spellings.
struct NameSyllables {
  static let limit = 8

  private var items = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
  private(set) var count = 0

  @inline(__always)
  mutating func append(_ item: UInt32) {
    let index = count
    withUnsafeMutableBytes(of: &items) { $0.storeBytes(of: item, toByteOffset: index * 4, as: UInt32.self) }
    count += 1
  }

  @inline(__always)
  subscript(index: Int) -> UInt32 {
    withUnsafeBytes(of: items) { $0.load(fromByteOffset: index * 4, as: UInt32.self) }
  }
}

/// The ways to read a name as Chinese syllables, in borrowed space.
struct SyllableWays {
  /// Ways that are tried; `Weixian` has two, few names more than three.
  static let limit = 12
  /// The space needed: one list read from while the other is written.
  static let capacity = 2 * limit

  /// Fills `space` and says how many ways it holds from its beginning; 0 where a word is not Chinese.
  static func fill(_ space: UnsafeMutablePointer<NameSyllables>, _ name: Name, _ words: NameWordFacts) -> Int {
    space[0] = NameSyllables()
    var count = 1
    for index in 0..<name.mainCount {
      let element = name[index]
      if Name.isCharacter(element) {
        for way in 0..<count {
          if space[way].count == NameSyllables.limit { return 0 }
          space[way].append(element)
        }
        continue
      }
      count = extend(space, count, words[element], words)
      if count == 0 { return 0 }
    }
    return count
  }

  /// Every way so far with every way of one more word.
  private static func extend(
    _ space: UnsafeMutablePointer<NameSyllables>, _ count: Int, _ fact: NameVocabulary.Facts, _ words: NameWordFacts
  ) -> Int {
    let longer = space + limit
    var longerCount = 0
    var place = Int(fact.segmentStart)
    for _ in 0..<fact.segmentCount {
      let length = Int(words.segment(place))
      for way in 0..<count where space[way].count + length <= NameSyllables.limit && longerCount < limit {
        longer[longerCount] = space[way]
        for syllable in place + 1...place + length { longer[longerCount].append(UInt32(words.segment(syllable))) }
        longerCount += 1
      }
      place += length + 1
    }
    space.update(from: longer, count: longerCount)
    return longerCount
  }
}
