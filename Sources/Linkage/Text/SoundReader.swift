/// Reads a name letter by letter and writes the codes of its sounds.
struct SoundReader {
  static let longest = 48
  /// Zeros behind the letters, so that looking ahead needs no test.
  static let margin = 4

  private enum Code: UInt64 { case vowel = 1, p, t, f, k, s, j, l, m, n, r, h }

  private let letters: UnsafeMutablePointer<UInt8>
  private let count: Int
  private var index = 0
  private var result: UInt64 = 0
  private var length = 0
  /// The code just written; 0 after a vowel, as a sound that comes again then counts again.
  private var last: UInt64 = 0

  init(letters: UnsafeMutablePointer<UInt8>, count: Int) {
    self.letters = letters
    self.count = count
  }

  /// Copies the Latin letters of `units`; nil where there are none, or letters of another script.
  static func letters(of units: UnsafeBufferPointer<UInt16>, to room: UnsafeMutableBufferPointer<UInt8>) -> Int? {
    var count = 0
    for unit in units {
      if unit >= 128 { return nil }
      if unit >= 0x61, unit <= 0x7A, count < longest {
        room[count] = UInt8(truncatingIfNeeded: unit)
        count &+= 1
      }
    }
    for offset in 0..<margin { room[count &+ offset] = 0 }
    return count == 0 ? nil : count
  }

  mutating func key() -> UInt64 {
    start()
    while index < count, length < 16 {
      let letter = letters[index]
      index &+= 1
      read(letter)
    }
    return length == 0 ? 0 : result << UInt64(64 - 4 * length)
  }

  // MARK: Looking and writing

  @inline(__always) private func isVowel(_ letter: UInt8) -> Bool {
    // Bits of a, e, i, o, u and y.
    letter >= 0x61 && (0x0110_4111 as UInt32) >> UInt32(letter &- 0x61) & 1 != 0
  }

  private func isStop(_ letter: UInt8) -> Bool { "kpbtdg".utf8.contains(letter) }

  @inline(__always) private func isFront(_ letter: UInt8) -> Bool {
    letter == Letter.e || letter == Letter.i || letter == Letter.y
  }

  /// The letter at `offset` behind the one being read.
  @inline(__always) private func ahead(_ offset: Int) -> UInt8 {
    index &+ offset <= count &+ Self.margin ? letters[index &+ offset &- 1] : 0
  }

  /// The letter at `offset` before the one being read, 0 before the first.
  @inline(__always) private func behind(_ offset: Int) -> UInt8 {
    index > offset ? letters[index &- 1 &- offset] : 0
  }

  @inline(__always) private mutating func put(_ code: Code) {
    if code.rawValue == last || length == 16 { return }
    last = code.rawValue
    result = result << 4 | code.rawValue
    length &+= 1
  }

  @inline(__always) private func starts(_ a: UInt8, _ b: UInt8) -> Bool { letters[0] == a && letters[1] == b }

  // MARK: Rules

  /// Beginnings with a silent letter, and vowels.
  private mutating func start() {
    if starts(Letter.k, Letter.n) || starts(Letter.g, Letter.n) || starts(Letter.p, Letter.s)
      || starts(Letter.p, Letter.t) || starts(Letter.w, Letter.r)
    {
      index = 1
    } else if starts(Letter.t, Letter.c) || (starts(Letter.t, Letter.s) && letters[2] == Letter.c)
      || starts(Letter.t, Letter.s)
    {
      // Tchaikovsky, Tschaikowski, Tsui.
      index = 1
    } else if starts(Letter.d, Letter.j) || starts(Letter.d, Letter.z) {
      index = 1
    } else if letters[0] == Letter.x {
      put(.s)
      index = 1
    } else if letters[0] == Letter.y || letters[0] == Letter.j {
      put(letters[0] == Letter.y && !isVowel(letters[1]) ? .vowel : .j)
      index = 1
    } else if isVowel(letters[0]) {
      put(.vowel)
      last = 0
      index = 1
    } else if letters[0] == Letter.h {
      put(.h)
      index = 1
    }
  }

  private mutating func read(_ letter: UInt8) {
    switch letter {
    case Letter.b: if !(index == count && behind(1) == Letter.m) { put(.p) }  // Lamb
    case Letter.p: readP()
    case Letter.d, Letter.t: readDental(letter)
    case Letter.f, Letter.v: put(.f)
    case Letter.w: readW()
    case Letter.c: readC()
    case Letter.g: readG()
    case Letter.k, Letter.q: put(.k)
    case Letter.x:
      put(.k)
      put(.s)
    case Letter.s, Letter.z:
      put(.s)
      if letter == Letter.s, ahead(1) == Letter.c, ahead(2) == Letter.h { index &+= 2 }  // one hiss: Schmidt
    case Letter.l: put(.l)
    case Letter.m: put(.m)
    case Letter.n: put(.n)
    case Letter.r: readR()
    case Letter.j: if index == 1 || (index == 2 && behind(1) == Letter.d) { put(.j) }
    case Letter.h: break
    default: last = 0  // vowels
    }
  }

  private mutating func readP() {
    if ahead(1) == Letter.h {
      put(.f)
      index &+= 1
    } else if behind(1) == Letter.m, ahead(1) == Letter.s || ahead(1) == Letter.t {
      return  // Thompson
    } else {
      put(.p)
    }
  }

  /// Silent before what it hardens or is written with: Rodger, Mitchell, Schwartz, Fritsch.
  private mutating func readDental(_ letter: UInt8) {
    let next = ahead(1)
    if letter == Letter.d, next == Letter.g, isFront(ahead(2)) { return }
    if letter == Letter.t, next == Letter.z || (next == Letter.c && ahead(2) == Letter.h) { return }
    if letter == Letter.t, next == Letter.s, ahead(2) == Letter.c, ahead(3) == Letter.h { return }
    put(.t)
  }

  /// A glide that is not heard before l and n and at the end; v elsewhere.
  private mutating func readW() {
    let next = ahead(1)
    if isVowel(behind(1)), next == 0 || next == Letter.l || next == Letter.n || (next == Letter.e && ahead(2) == 0) {
      return
    }
    put(.f)
  }

  private mutating func readC() {
    let next = ahead(1)
    if next == Letter.h {
      put(isHardCH() ? .k : .s)
      index &+= 1
    } else if next == Letter.z || next == Letter.s {
      put(.s)
      index &+= 1
    } else if isFront(next) {
      put(.s)
    } else if next == 0, behind(1) == Letter.i, behind(2) == Letter.v {
      put(.s)  // Petrovic
    } else {
      put(.k)
    }
  }

  /// After s always a hiss; else k before consonants (Christine), at the end after a, o, u (Bach), in -chae- (Michael),
  /// -achar- (Zachary) and -cho- inside a word (Nicholas).
  private func isHardCH() -> Bool {
    if behind(1) == Letter.s || behind(1) == Letter.t { return false }
    let next = ahead(2)
    let before = behind(1)
    if next == 0 { return before == Letter.a || before == Letter.o || before == Letter.u }
    if !isVowel(next) { return true }
    if next == Letter.a { return ahead(3) == Letter.e || (before == Letter.a && index > 1) }
    return next == Letter.o && before != 0 && isVowel(before)
  }

  private mutating func readG() {
    let next = ahead(1)
    if next == Letter.h {
      index &+= 1
      // Hugh, Wright, Callaghan; but Singh, Ghassan.
      if index > 2, isVowel(letters[index &- 3]) { return }
      put(.k)
    } else if isFront(next) {
      put(.j)
    } else {
      put(.k)
    }
  }

  /// Polish rz after a consonant that it follows often: Krzysztof.
  private mutating func readR() {
    if ahead(1) == Letter.z, isStop(behind(1)) { return }
    put(.r)
  }
}

private enum Letter {
  static let a: UInt8 = 0x61
  static let b: UInt8 = 0x62
  static let c: UInt8 = 0x63
  static let d: UInt8 = 0x64
  static let e: UInt8 = 0x65
  static let f: UInt8 = 0x66
  static let g: UInt8 = 0x67
  static let h: UInt8 = 0x68
  static let i: UInt8 = 0x69
  static let j: UInt8 = 0x6A
  static let k: UInt8 = 0x6B
  static let l: UInt8 = 0x6C
  static let m: UInt8 = 0x6D
  static let n: UInt8 = 0x6E
  static let o: UInt8 = 0x6F
  static let p: UInt8 = 0x70
  static let q: UInt8 = 0x71
  static let r: UInt8 = 0x72
  static let s: UInt8 = 0x73
  static let t: UInt8 = 0x74
  static let u: UInt8 = 0x75
  static let v: UInt8 = 0x76
  static let w: UInt8 = 0x77
  static let x: UInt8 = 0x78
  static let y: UInt8 = 0x79
  static let z: UInt8 = 0x7A
}
