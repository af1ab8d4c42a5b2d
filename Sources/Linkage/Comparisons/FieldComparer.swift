import Glibc

/// Says at which level two values of one field agree.
///
/// Symmetric. Equal values are level 1 and never get here; missing ones neither.
struct FieldComparer: Sendable {
  let kind: FieldKind
  let values: ValueUnits
  let features: ValueFeatures
  let different: UInt8

  init(_ field: Field) {
    kind = field.kind
    values = field.values
    features = field.features
    different = Ladder.of(field.kind).different
  }

  func level(_ a: Int32, _ b: Int32) -> UInt8 {
    switch kind {
    case .date: return DateLevel.level(features.dates[Int(a)], features.dates[Int(b)])
    case .number: return numberLevel(features.numbers[Int(a)], features.numbers[Int(b)])
    case .place: return placeLevel(features.places[Int(a)], features.places[Int(b)])
    case .longText, .organisation: return longTextLevel(a, b)
    case .list: return listLevel(a, b)
    case .wholeName:
      if let names = features.names { return names.comparison.level(a: a, b: b) + 1 }
      return different
    case .category: break
    case .givenName, .familyName, .text, .phone, .email, .code, .postcode: if isFarApart(a, b) { return different }
    }
    return values.units.withUnsafeBufferPointer { units in
      values.starts.withUnsafeBufferPointer { starts in
        let one = UnsafeBufferPointer(rebasing: units[starts[Int(a)]..<starts[Int(a) + 1]])
        let other = UnsafeBufferPointer(rebasing: units[starts[Int(b)]..<starts[Int(b) + 1]])
        switch kind {
        case .givenName, .familyName: return namePartLevel(a, one, b, other)
        case .phone: return phoneLevel(one, other)
        case .email: return emailLevel(one, other)
        case .code: return codeLevel(one, other)
        case .postcode: return postcodeLevel(one, other)
        case .category: return EditDistance.osa(one, other, limit: 1) <= 1 && min(one.count, other.count) > 2 ? 2 : 3
        default: return textLevel(a, one, b, other)
        }
      }
    }
  }

  typealias Units = UnsafeBufferPointer<UInt16>

  /// What comparing two values reads first; empty for some kinds.
  @inline(__always)
  borrowing func withSignatures(_ body: (UnsafeBufferPointer<LetterBag>) -> Void) {
    features.bags.withUnsafeBufferPointer(body)
  }

  /// Of name parts: false only where two values differ by more than one slip; -1 stands for a missing value.
  @inline(__always)
  func mayBeOneSlip(_ a: Int32, _ b: Int32) -> Bool {
    if a < 0 || b < 0 { return false }
    return a == b || features.bags.isEmpty || features.bags[Int(a)].editsAtLeast(features.bags[Int(b)]) <= 1
  }

  /// Whether the letters alone rule every level but the last out; most pairs end here.
  @inline(__always)
  private func isFarApart(_ a: Int32, _ b: Int32) -> Bool {
    let (one, other) = (features.bags[Int(a)], features.bags[Int(b)])
    let edits = one.editsAtLeast(other)
    switch kind {
    // A number may be the end of the other one.
    case .phone: return edits > 2 && (one.length == other.length || min(one.length, other.length) < 7)
    case .code: return edits > 2
    case .postcode: return edits > 1 && features.beginnings[Int(a)] != features.beginnings[Int(b)]
    case .email:
      return edits > 3 && one.similarityAtMost(other) < 0.92
        && features.localBags[Int(a)].editsAtLeast(features.localBags[Int(b)]) > 1
    default: break
    }
    guard edits > 2, one.similarityAtMost(other) < 0.8 else { return false }
    if kind == .text { return !sharesWord(a, b) }
    if features.phonetic[Int(a)] == features.phonetic[Int(b)] || isNickname(a, b) { return false }
    return features.lengths[Int(a)] > 1 && features.lengths[Int(b)] > 1 && !features.hasWords(a)
      && !features.hasWords(b)
  }

  private func sharesWord(_ a: Int32, _ b: Int32) -> Bool {
    var (i, j) = (features.wordStarts[Int(a)], features.wordStarts[Int(b)])
    let (iEnd, jEnd) = (features.wordStarts[Int(a) + 1], features.wordStarts[Int(b) + 1])
    while i < iEnd && j < jEnd {
      if features.words[i] == features.words[j] { return true }
      if features.words[i] < features.words[j] { i += 1 } else { j += 1 }
    }
    return false
  }

  /// Whether both may be short for one name.
  private func isNickname(_ a: Int32, _ b: Int32) -> Bool {
    let (i, iEnd) = (Int(features.formalStarts[Int(a)]), Int(features.formalStarts[Int(a) + 1]))
    let (j, jEnd) = (Int(features.formalStarts[Int(b)]), Int(features.formalStarts[Int(b) + 1]))
    if i == iEnd || j == jEnd { return false }
    for one in i..<iEnd {
      for other in j..<jEnd where features.formalNames[one] == features.formalNames[other] { return true }
    }
    return false
  }

  private func namePartLevel(_ a: Int32, _ one: Units, _ b: Int32, _ other: Units) -> UInt8 {
    let shorter = min(one.count, other.count)
    if shorter == 1 { return one[0] == other[0] ? 6 : different }
    let distance = EditDistance.osa(one, other, limit: 2)
    if distance == 1, shorter >= 3 { return 2 }
    if isNickname(a, b) { return 3 }
    let similarity = JaroWinkler.similarity(one, other)
    if similarity >= 0.92 || distance == 2 && shorter >= 6 || Self.isWordOf(one, other) { return 4 }
    let (p, q) = (features.phonetic[Int(a)], features.phonetic[Int(b)])
    if p == q && p != 0 || similarity >= 0.88 { return 5 }
    return similarity >= 0.8 ? 7 : different
  }

  /// Whether the shorter is one of the longer's words, or its beginning with a blank behind.
  static func isWordOf(_ a: Units, _ b: Units) -> Bool {
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    guard short.count >= 2, long.count > short.count, long.contains(32) else { return false }
    var start = 0
    while start + short.count <= long.count {
      let end = start + short.count
      if (end == long.count || long[end] == 32) && (0..<short.count).allSatisfy({ short[$0] == long[start + $0] }) {
        return true
      }
      guard let blank = long[start...].firstIndex(of: 32) else { return false }
      start = blank + 1
    }
    return false
  }

  private func phoneLevel(_ one: Units, _ other: Units) -> UInt8 {
    let shorter = min(one.count, other.count)
    if shorter >= 7, one.suffix(shorter).elementsEqual(other.suffix(shorter)) { return 1 }
    let distance = EditDistance.osa(one, other, limit: 2)
    return distance <= 2 && shorter >= 5 ? UInt8(1 + distance) : different
  }

  private func codeLevel(_ one: Units, _ other: Units) -> UInt8 {
    let distance = EditDistance.osa(one, other, limit: 2)
    return distance <= 2 && min(one.count, other.count) > 2 + distance ? UInt8(1 + distance) : different
  }

  private func postcodeLevel(_ one: Units, _ other: Units) -> UInt8 {
    if EditDistance.osa(one, other, limit: 1) <= 1 { return 2 }
    let shorter = min(one.count, other.count)
    let area = max(2, shorter - 3)
    return shorter >= 3 && (0..<area).allSatisfy { one[$0] == other[$0] } ? 3 : different
  }

  private func emailLevel(_ one: Units, _ other: Units) -> UInt8 {
    let distance = EditDistance.osa(one, other, limit: 3)
    if distance == 1 { return 2 }
    let (p, q) = (Self.localPart(one), Self.localPart(other))
    if p.count >= 4, p.elementsEqual(q) { return 3 }
    if distance <= 3 { return 4 }
    if EditDistance.osa(p, q, limit: 1) <= 1, min(p.count, q.count) >= 5 { return 5 }
    return JaroWinkler.similarity(one, other) >= 0.92 ? 5 : different
  }

  static func localPart(_ text: Units) -> Units {
    UnsafeBufferPointer(rebasing: text[..<(text.firstIndex(of: 64) ?? text.count)])
  }

  private func textLevel(_ a: Int32, _ one: Units, _ b: Int32, _ other: Units) -> UInt8 {
    let shorter = min(one.count, other.count)
    let distance = EditDistance.osa(one, other, limit: 2)
    if distance == 1 { return shorter >= 3 ? 2 : 5 }
    let similarity = JaroWinkler.similarity(one, other)
    if similarity >= 0.93 || distance == 2 && shorter >= 6 { return 3 }
    let shared = wordOverlap(a, b)
    if shared.contained >= 0.99, shared.words >= 2 { return 3 }
    if similarity >= 0.88 || shared.jaccard >= 0.5 { return 4 }
    return similarity >= 0.8 ? 5 : different
  }

  /// By weight: the share of all words that both have, and of the one's words that the other has; and how many.
  private func wordOverlap(_ a: Int32, _ b: Int32) -> (jaccard: Float, contained: Float, words: Int) {
    var (i, j) = (features.wordStarts[Int(a)], features.wordStarts[Int(b)])
    let (iEnd, jEnd) = (features.wordStarts[Int(a) + 1], features.wordStarts[Int(b) + 1])
    let fewest = min(iEnd - i, jEnd - j)
    var (both, one, other): (Float, Float, Float) = (0, 0, 0)
    while i < iEnd || j < jEnd {
      let (p, q) = (i < iEnd ? features.words[i] : .max, j < jEnd ? features.words[j] : .max)
      if p == q {
        both += features.wordWeights[Int(p)]
        i += 1
        j += 1
      } else if p < q {
        one += features.wordWeights[Int(p)]
        i += 1
      } else {
        other += features.wordWeights[Int(q)]
        j += 1
      }
    }
    let all = both + one + other
    return (all > 0 ? both / all : 0, both > 0 ? both / (both + min(one, other)) : 0, fewest)
  }

  private func longTextLevel(_ a: Int32, _ b: Int32) -> UInt8 {
    let overlap = wordOverlap(a, b)
    let similarity = max(overlap.jaccard, overlap.words >= 3 ? overlap.contained * 0.75 : 0)
    switch similarity {
    case 0.9...: return 2
    case 0.7...: return 3
    case 0.5...: return 4
    case 0.3...: return 5
    case 0.1...: return 6
    default: return different
    }
  }

  private func listLevel(_ a: Int32, _ b: Int32) -> UInt8 {
    let overlap = wordOverlap(a, b)
    if overlap.jaccard >= 0.66 { return 2 }
    return overlap.jaccard > 0 ? 3 : different
  }

  private func numberLevel(_ a: Double, _ b: Double) -> UInt8 {
    let apart = abs(a - b) / max(abs(a), abs(b), 1e-12)
    switch apart {
    case ..<0.01: return 2
    case ..<0.1: return 3
    case ..<0.3: return 4
    default: return different
    }
  }

  /// Great-circle distance by the haversine formula, on a sphere of 6,371 km.
  private func placeLevel(
    _ a: (latitude: Float, longitude: Float), _ b: (latitude: Float, longitude: Float)
  ) -> UInt8 {
    let radian = Double.pi / 180
    let (lat1, lat2) = (Double(a.latitude) * radian, Double(b.latitude) * radian)
    let dLat = lat2 - lat1
    let dLon = (Double(b.longitude) - Double(a.longitude)) * radian
    let h = sin(dLat / 2) * sin(dLat / 2) + cos(lat1) * cos(lat2) * sin(dLon / 2) * sin(dLon / 2)
    let km = 2 * 6_371 * asin(min(1, h.squareRoot()))
    switch km {
    case ...0.1: return 1
    case ...1: return 2
    case ...10: return 3
    case ...100: return 4
    default: return different
    }
  }
}
