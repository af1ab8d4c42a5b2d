/// A person's name in one spelling: trimmed, blanks collapsed, Latin letters in capitals, one kind of middle dot, no titles.
///
/// Source: the middle dot U+00B7 of minority names by 民委发〔2016〕33号; stand-ins and private-use characters as systems
/// with small character sets leave them (GB 18030 appendix for the nine that have a code point since).
public enum PersonName {
  /// How a pipeline writes Latin names whose parts are told apart by a comma (`SMITH, JOHN PAUL`).
  public enum Order: String, Sendable, CaseIterable {
    case familyFirst = "family_first"
    case givenFirst = "given_first"
  }

  public enum Kind: UInt8, Sendable {
    case chinese
    case latin
    case mixed
  }

  /// Appends the name; stand-ins become `?`.
  ///
  /// - Returns: notes with `.latinName` or `.mixedName`, `.standIn`, `.titleRemoved`; `.invalid` where there is no letter
  ///   or stand-in at all.
  public static func standardise(
    _ bytes: UnsafeRawBufferPointer, order: Order = .familyFirst, into output: inout [UInt8]
  ) -> Standardised {
    if bytes.isEmpty { return .missing }
    let start = output.count
    if isPlainChinese(bytes) {
      output.append(contentsOf: bytes)
    } else {
      var notes = appendSpelled(bytes, &output)
      if notes.contains(.masked) {
        output.removeLast(output.count - start)
        return Standardised(.missing, notes: notes)
      }
      NameTitles.remove(from: &output, start, &notes)
      return judged(&output, from: start, order, notes: notes)
    }
    var notes: StandardNotes = []
    NameTitles.remove(from: &output, start, &notes)
    return Standardised(.valid, notes: notes)
  }

  public static func standardise(
    _ text: String, order: Order = .familyFirst
  ) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, order: order, into: &$1) }
  }

  /// The nearly always case: nothing but characters U+4E00 to U+9FBF.
  private static func isPlainChinese(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count % 3 == 0 else { return false }
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      guard lead >= 0xE4, lead <= 0xE9, lead > 0xE4 || bytes[index + 1] >= 0xB8 else { return false }
      guard lead < 0xE9 || bytes[index + 1] < 0xBF else { return false }
      guard bytes[index + 1] & 0xC0 == 0x80, bytes[index + 2] & 0xC0 == 0x80 else { return false }
      index += 3
    }
    return true
  }

  private static func appendSpelled(_ bytes: UnsafeRawBufferPointer, _ output: inout [UInt8]) -> StandardNotes {
    var notes: StandardNotes = []
    var isBlankPending = false
    var last: UInt32 = 0
    var beforeLast: UInt32 = 0
    var reader = ScalarReader(bytes)
    while let written = reader.next() {
      var scalar = isMiddleDot(written) ? 0xB7 : halfWidth(written)
      if scalar == 32 || isInvisible(scalar) {
        isBlankPending = isBlankPending || scalar == 32
        if scalar != written { notes.insert(.fullWidth) }
        continue
      }
      if scalar == 42 { notes.insert(.masked) }
      scalar = upperCase(scalar)
      if scalar != upperCase(written), scalar != 0xB7, scalar != 46 { notes.insert(.fullWidth) }
      if isStandIn(scalar) {
        scalar = standardCharacter(ofPrivateUse: scalar)
        if scalar == 63 { notes.insert(.standIn) }
      }
      if isBlankPending, last != 0 {
        // Blanks pad two-character names; they part words only between Latin ones.
        if last < 0x250 && scalar < 0x250 && last != 0xB7 && scalar != 0xB7 {
          output.append(32)
        } else {
          notes.insert(.separatorsRemoved)
        }
      }
      isBlankPending = false
      if last == 46, isChinese(beforeLast), isChinese(scalar) {
        // A full stop between characters was meant as the middle dot.
        output.removeLast()
        append(0xB7, to: &output)
      }
      append(scalar, to: &output)
      beforeLast = last
      last = scalar
    }
    return notes
  }

  private static func judged(
    _ output: inout [UInt8], from start: Int, _ order: Order, notes: StandardNotes
  ) -> Standardised {
    if output.count == start { return Standardised(.missing, notes: notes) }
    var notes = notes
    switch output.withUnsafeBytes({ kind(of: UnsafeRawBufferPointer(rebasing: $0[start...])) }) {
    case .chinese: break
    case .latin:
      notes.insert(.latinName)
      reorder(&output, from: start, order)
    case .mixed: notes.insert(.mixedName)
    case nil:
      if notes.contains(.standIn) { break }
      output.removeLast(output.count - start)
      return Standardised(.invalid, .wrongCharacter, notes: notes)
    }
    return Standardised(.valid, notes: notes)
  }

  /// Where a comma parts family and given names, writes them in the pipeline's order without it.
  private static func reorder(_ output: inout [UInt8], from start: Int, _ order: Order) {
    guard var comma = output[start...].firstIndex(of: 44), comma > start else { return }
    // A second comma parts something else, such as JUNIOR.
    var given = comma + 1
    while given < output.count, output[given] == 32 { given += 1 }
    guard given < output.count, !output[given...].contains(44) else { return }
    while comma > start, output[comma - 1] == 32 { comma -= 1 }
    output.replaceSubrange(comma..<given, with: CollectionOfOne(32))
    guard order == .givenFirst else { return }
    let family = output[start..<comma]
    output.append(32)
    output.append(contentsOf: family)
    output.removeSubrange(start...comma)
  }

  /// Whether a standardised name is of Chinese characters, Latin letters or both; nil where it has neither.
  public static func kind(of name: UnsafeRawBufferPointer) -> Kind? {
    var hasChinese = false
    var hasLatin = false
    var reader = ScalarReader(name)
    while let scalar = reader.next() {
      if isChinese(scalar) {
        hasChinese = true
      } else if isLatinLetter(scalar) {
        hasLatin = true
      }
    }
    return hasChinese ? (hasLatin ? .mixed : .chinese) : hasLatin ? .latin : nil
  }

  /// Bytes of the family name at the beginning of a standardised Chinese name: one character, or two for compound names
  /// with at least one more after them; 0 for Latin and dotted names, whose family name is not known.
  public static func familyLength(of name: UnsafeRawBufferPointer) -> Int {
    var reader = ScalarReader(name)
    guard let first = reader.next(), isChinese(first) else { return 0 }
    let one = reader.offset
    guard let second = reader.next() else { return one }
    let two = reader.offset
    let isCompound = !reader.isAtEnd && CompoundFamilyNames.pairs.contains(UInt64(first) << 32 | UInt64(second))
    var scalar: UInt32? = second
    while let next = scalar {
      if next == 0xB7 { return 0 }
      scalar = reader.next()
    }
    return isCompound ? two : one
  }

  /// Family and given name of a standardised Chinese name; the family is empty where it is not known.
  public static func split(_ name: String) -> (family: String, given: String) {
    var name = name
    return name.withUTF8 { utf8 in
      let length = familyLength(of: UnsafeRawBufferPointer(utf8))
      return (String(decoding: utf8[..<length], as: UTF8.self), String(decoding: utf8[length...], as: UTF8.self))
    }
  }
}

func isMiddleDot(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0xB7, 0x387, 0x2022, 0x2024, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65: true
  default: false
  }
}

@inline(__always)
func isChinese(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3007, 0xF900...0xFAFF, 0x20000...0x323AF: true
  default: false
  }
}

@inline(__always)
func isLatinLetter(_ scalar: UInt32) -> Bool {
  scalar >= 65 && scalar <= 90 || scalar >= 97 && scalar <= 122
    || scalar >= 0xC0 && scalar < 0x250 && scalar != 0xD7 && scalar != 0xF7
}

/// What systems write for a character they cannot hold.
@inline(__always)
func isStandIn(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 63, 0x25A1, 0x3013, 0xFFFD, 0xE000...0xF8FF, 0xF0000...0x10FFFF: true
  default: false
  }
}

/// The real character of a private-use one that GB 18030 moved, else `?`.
func standardCharacter(ofPrivateUse scalar: UInt32) -> UInt32 {
  switch scalar {
  case 0xE81E: 0x9FB4
  case 0xE826: 0x9FB5
  case 0xE82B: 0x9FB6
  case 0xE82C: 0x9FB7
  case 0xE832: 0x9FB8
  case 0xE843: 0x9FB9
  case 0xE854: 0x9FBA
  case 0xE864: 0x9FBB
  case 0xE863: 0x4DAE
  default: 63
  }
}
