import Standards

/// The words of names, in lower case without accents, numbered as they first come, with what is known of each.
///
/// Features that are to be compared with each other share one vocabulary. Some 100 bytes and 0.5 µs a distinct word; finding
/// a known one takes some 30 ns.
public struct NameVocabulary: Sendable {
  struct Facts: Sendable {
    var role: WordRole = .name
    var generation: UInt8 = 0
    var length: UInt8 = 0
    /// A bit for each letter that occurs; bits 26 and above for others.
    var letters: UInt32 = 0
    /// `Phonetic.key`; 0 where there is none.
    var sound: UInt64 = 0
    /// Number of its spelling where it is one Chinese syllable, else -1.
    var spelling: Int32 = -1
    /// Whether it may be a Chinese family name of two syllables: Szeto.
    var isCompoundFamily = false
    /// Into `segments`: how it may be parted into Chinese syllables.
    var segmentStart: Int32 = 0
    var segmentCount: UInt8 = 0
    /// Into `formals`.
    var formalCount: UInt8 = 0
    var formalStart: Int32 = 0
  }

  private(set) var letters: [UInt16] = []
  private(set) var starts: [Int32] = [0]
  private(set) var facts: [Facts] = []
  /// Each way: how many syllables, and their spellings.
  private(set) var segments: [Int32] = []
  private(set) var formals: [UInt16] = []
  private var slots = [Int32](repeating: 0, count: 1024)

  public init() {}

  public var count: Int { facts.count }

  /// A word's letters, for messages.
  public func text(_ word: UInt32) -> String {
    String(decoding: letters[Int(starts[Int(word)])..<Int(starts[Int(word) + 1])], as: UTF16.self)
  }

  /// The arrays as pointers, for loops that must not count references.
  @inline(__always)
  func withPointers<Result>(_ body: (NameWordFacts) -> Result) -> Result {
    letters.withUnsafeBufferPointer { letters in
      starts.withUnsafeBufferPointer { starts in
        facts.withUnsafeBufferPointer { facts in
          segments.withUnsafeBufferPointer { segments in
            formals.withUnsafeBufferPointer { formals in
              body(
                NameWordFacts(
                  letters: letters.baseAddress, starts: starts.baseAddress, facts: facts.baseAddress,
                  segments: segments.baseAddress, formals: formals.baseAddress))
            }
          }
        }
      }
    }
  }

  mutating func number(_ word: UnsafeBufferPointer<UInt16>) -> UInt32 {
    let hash = NameHash.of(word)
    var mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let known = slots[slot] - 1
      if isEqual(Int(known), word) { return UInt32(known) }
      slot = (slot + 1) & mask
    }
    if facts.count * 2 > slots.count {
      grow()
      mask = slots.count - 1
      slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
    }
    let number = facts.count
    slots[slot] = Int32(number + 1)
    letters.append(contentsOf: word)
    starts.append(Int32(letters.count))
    learn(word)
    return UInt32(number)
  }

  private func isEqual(_ known: Int, _ word: UnsafeBufferPointer<UInt16>) -> Bool {
    let start = Int(starts[known])
    guard Int(starts[known + 1]) - start == word.count else { return false }
    for index in 0..<word.count where letters[start + index] != word[index] { return false }
    return true
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = [Int32](repeating: 0, count: mask + 1)
    letters.withUnsafeBufferPointer { letters in
      for number in facts.indices {
        let word = UnsafeBufferPointer(rebasing: letters[Int(starts[number])..<Int(starts[number + 1])])
        var slot = Int(truncatingIfNeeded: NameHash.of(word)) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(number + 1)
      }
    }
  }

  private mutating func learn(_ word: UnsafeBufferPointer<UInt16>) {
    var fact = Facts()
    fact.length = UInt8(min(255, word.count))
    fact.sound = Phonetic.key(word)
    for letter in word {
      fact.letters |= 1 << (letter >= 97 && letter <= 122 ? UInt32(letter) - 97 : 26 + UInt32(letter) % 6)
    }
    if word.count <= 12 {
      let text = String(decoding: word, as: UTF16.self)
      fact.role = NameWords.role(of: text)
      fact.generation = fact.role == .suffix ? NameWords.generation(of: text) : 0
      let names = Nicknames.formalNames(of: text)
      fact.formalStart = Int32(formals.count)
      fact.formalCount = UInt8(min(255, names.count))
      formals.append(contentsOf: names.prefix(255))
    }
    fact.segmentStart = Int32(segments.count)
    if word.count >= 2, word.count <= 20 {
      fact.spelling = Romanisation.spelling(word)
      var path: [Int32] = []
      segment(word, from: 0, &path, &fact.segmentCount)
      fact.isCompoundFamily = isCompoundFamily(from: Int(fact.segmentStart), fact.segmentCount)
    }
    facts.append(fact)
  }

  private func isCompoundFamily(from start: Int, _ count: UInt8) -> Bool {
    var place = start
    for _ in 0..<count {
      let length = Int(segments[place])
      if length == 2,
        Romanisation.isCompoundFamilyName(
          Romanisation.Syllable(spelling: segments[place + 1]), Romanisation.Syllable(spelling: segments[place + 2]))
      {
        return true
      }
      place += length + 1
    }
    return false
  }

  /// Adds every way to read the rest of a word as at most four syllables; at most six ways.
  private mutating func segment(
    _ word: UnsafeBufferPointer<UInt16>, from start: Int, _ path: inout [Int32], _ count: inout UInt8
  ) {
    if start == word.count {
      segments.append(Int32(path.count))
      segments.append(contentsOf: path)
      count += 1
      return
    }
    if path.count == 4 { return }
    // Long pieces first, so that a whole syllable stands before its parts.
    for length in stride(from: min(7, word.count - start), through: 2, by: -1) where count < 6 {
      let piece = UnsafeBufferPointer(rebasing: word[start..<start + length])
      let spelling = Romanisation.spelling(piece)
      guard spelling >= 0, length == word.count || Self.isJoinable(piece) else { continue }
      path.append(spelling)
      segment(word, from: start + length, &path, &count)
      path.removeLast()
    }
  }

  /// Syllables written together end as the systems have it, not in the -y, -ie and -h of free spelling (Mandy, Annie).
  private static func isJoinable(_ piece: UnsafeBufferPointer<UInt16>) -> Bool {
    let last = piece[piece.count - 1]
    let before = piece[piece.count - 2]
    return !(last == 121 && before != 97 && before != 111 && before != 101)
      && !(last == 101 && before == 105 && piece.count > 3)
  }
}

/// The arrays of a vocabulary, borrowed; only what some word has is read.
struct NameWordFacts {
  let letters: UnsafePointer<UInt16>?
  let starts: UnsafePointer<Int32>?
  let facts: UnsafePointer<NameVocabulary.Facts>?
  let segments: UnsafePointer<Int32>?
  let formals: UnsafePointer<UInt16>?

  @inline(__always)
  subscript(word: UInt32) -> NameVocabulary.Facts { facts.unsafelyUnwrapped[Int(word)] }

  @inline(__always)
  func letters(_ word: UInt32) -> UnsafeBufferPointer<UInt16> {
    let (start, end) = (Int(starts.unsafelyUnwrapped[Int(word)]), Int(starts.unsafelyUnwrapped[Int(word) + 1]))
    return UnsafeBufferPointer(start: letters.unsafelyUnwrapped + start, count: end - start)
  }

  @inline(__always)
  func segment(_ index: Int) -> Int32 { segments.unsafelyUnwrapped[index] }
}

/// Hashes for keys and equality, the same in every run.
enum NameHash {
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    var mixed = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 29
    return mixed &* 0xBF58_476D_1CE4_E5B9 ^ mixed >> 32
  }

  @inline(__always)
  static func of(_ word: UnsafeBufferPointer<UInt16>) -> UInt64 {
    var hash = seed
    for letter in word { hash = (hash ^ UInt64(letter)) &* 0x100_0000_01B3 }
    return mix(hash, UInt64(word.count))
  }
}
