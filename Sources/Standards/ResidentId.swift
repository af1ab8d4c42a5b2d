public enum Sex: UInt8, Sendable {
  case male = 1
  case female = 2
}

/// The resident identity number of 18 characters, its 15-digit ancestor, and the other ids that share its form.
///
/// Source: GB 11643-1999: six digits of region, eight of birth date, three of sequence (odd for men), and a check
/// character by ISO 7064 MOD 11-2. The form of 1985 lacks the century and the check character. Since 2023-12-01 foreign
/// permanent residents have numbers of the same form that begin with 9; residence permits for people of Hong Kong, Macau
/// and Taiwan begin with 81, 82 and 83.
public enum ResidentId {
  /// Appends the 18 characters.
  ///
  /// - Returns: `.doubtful` where 18 characters fail the checksum or hold no date; `.invalid` for other shapes.
  public static func standardise(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Standardised {
    if bytes.isEmpty { return .missing }
    if isPlain(bytes) {
      output.append(contentsOf: bytes)
      return judge(bytes, notes: [])
    }
    let start = output.count
    let gathered = IdentityText.append(bytes, to: &output)
    var result = gathered
    if gathered.status == .valid { result = judge(&output, from: start, notes: gathered.notes) }
    if !result.hasText { output.removeLast(output.count - start) }
    return result
  }

  public static func standardise(_ text: String) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, into: &$1) }
  }

  private static func judge(_ output: inout [UInt8], from start: Int, notes: StandardNotes) -> Standardised {
    var notes = notes
    let count = output.count - start
    guard count == 18 || count == 15 else { return Standardised(.invalid, .wrongLength, notes: notes) }
    for index in start..<start + min(count, 17) where output[index] &- 48 > 9 {
      return Standardised(.invalid, .wrongCharacter, notes: notes)
    }
    if count == 15 {
      output.insert(contentsOf: "19".utf8, at: start + 6)
      output.append(output.withUnsafeBytes { checkCharacter(UnsafeRawBufferPointer(rebasing: $0[start...])) })
      notes.insert(.upgradedFrom15)
    }
    guard output[start + 17] &- 48 <= 9 || output[start + 17] == 88 else {
      return Standardised(.invalid, .wrongCharacter, notes: notes)
    }
    return output.withUnsafeBytes { judge(UnsafeRawBufferPointer(rebasing: $0[start...]), notes: notes) }
  }

  /// Whether these are 18 characters of the standard form already.
  private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == 18 else { return false }
    for index in 0..<17 where bytes[index] &- 48 > 9 { return false }
    return bytes[17] &- 48 <= 9 || bytes[17] == 88
  }

  private static func judge(_ id: UnsafeRawBufferPointer, notes: StandardNotes) -> Standardised {
    var notes = notes
    if isNotCitizen(id) { notes.insert(.notCitizen) }
    guard birthDate(of: id) != nil else { return Standardised(.doubtful, .impossibleDate, notes: notes) }
    guard checkCharacter(id) == id[17] else {
      return Standardised(.doubtful, .wrongChecksum, notes: notes.union(.checksumFailed))
    }
    return Standardised(.valid, notes: notes)
  }

  /// The check character of the first 17 digits: `0` to `9` or `X`.
  public static func checkCharacter(_ id: UnsafeRawBufferPointer) -> UInt8 {
    var sum = 0
    // The weights are 2^(17 - i) mod 11; doubling on the way gives the same sum.
    for index in 0..<17 { sum = (sum + Int(id[index] &- 48)) * 2 % 11 }
    let check = (12 - sum) % 11
    return check == 10 ? 88 : UInt8(48 + check)
  }

  /// The birth date in a standard id of 18 characters, nil where there is no such day or no such length.
  public static func birthDate(of id: UnsafeRawBufferPointer) -> CalendarDate? {
    guard id.count == 18, let year = digits(id, 6, 4), year >= 1800, let month = digits(id, 10, 2),
      let day = digits(id, 12, 2)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// Nil where the id has not 18 characters.
  public static func sex(of id: UnsafeRawBufferPointer) -> Sex? {
    guard id.count == 18, let digit = digits(id, 16, 1) else { return nil }
    return digit % 2 == 1 ? .male : .female
  }

  /// The six digits of the region that issued it (GB/T 2260), nil where the id has not 18 characters.
  public static func region(of id: UnsafeRawBufferPointer) -> Int? { id.count == 18 ? digits(id, 0, 6) : nil }

  /// Whether a standard id belongs to a foreigner or a resident from Hong Kong, Macau or Taiwan.
  public static func isNotCitizen(_ id: UnsafeRawBufferPointer) -> Bool {
    id.count == 18 && (id[0] == 57 || (id[0] == 56 && id[1] >= 49 && id[1] <= 51))
  }
}
