/// Random texts from a stated seed.
struct TextSamples {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number below `bound`.
  mutating func number(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// Letters of few kinds, so that much is common; Chinese for a third of the texts, both scripts for another.
  mutating func text(length: Int) -> [UInt16] {
    let script = number(3)
    let kinds = 2 + number(8)
    return (0..<length).map { _ in
      let letter = UInt16(number(kinds))
      return script == 0 || (script == 1 && number(2) == 0) ? 0x4E00 + letter * 128 : 0x61 + letter
    }
  }

  /// A text and either another or one made from it by some edits.
  mutating func pair(longest: Int) -> ([UInt16], [UInt16]) {
    let a = text(length: number(longest + 1))
    if number(3) == 0 { return (a, text(length: number(longest + 1))) }
    return (a, edited(a, edits: number(5)))
  }

  /// A pair around the word size of the bit-parallel kernels.
  mutating func longPair() -> ([UInt16], [UInt16]) {
    let a = text(length: 61 + number(8))
    return (a, edited(a, edits: number(7)))
  }

  mutating func edited(_ text: [UInt16], edits: Int) -> [UInt16] {
    var result = text
    for _ in 0..<edits where !result.isEmpty {
      let place = number(result.count)
      switch number(4) {
      case 0: result.remove(at: place)
      case 1: result.insert(text[number(text.count)], at: place)
      case 2: result[place] = text[number(text.count)]
      default: result.swapAt(place, min(place + 1, result.count - 1))
      }
    }
    return result
  }

  /// 1,000 short pairs, 120 about 64 units long, 20 of any length.
  mutating func pairs() -> [([UInt16], [UInt16])] {
    (0..<1000).map { _ in pair(longest: 14) } + (0..<120).map { _ in longPair() }
      + (0..<20).map { _ in pair(longest: 150) }
  }
}

/// Calls a kernel with two texts.
func onUnits<Result>(
  _ a: [UInt16], _ b: [UInt16], _ body: (UnsafeBufferPointer<UInt16>, UnsafeBufferPointer<UInt16>) -> Result
) -> Result {
  a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in body(a, b) } }
}

func units(_ text: String) -> [UInt16] { Array(text.utf16) }
