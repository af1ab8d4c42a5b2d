public enum Sex: UInt8, Sendable {
  case male = 1
  case female = 2
}

/// The resident identity number of 18 characters and the other ids that share its form.
///
/// Source: GB 11643-1999: six digits of region, eight of birth date, three of sequence (odd for men), and a check
/// character by ISO/IEC 7064 MOD 11-2. The form of 1985 lacks the century and the check character. Since 2023-12-01 foreign
/// permanent residents have numbers of the same form that begin with 9; residence permits for people of Hong Kong, Macau
/// and Taiwan begin with 81, 82 and 83.
public enum ResidentId {
  /// Whether these are 17 digits and a digit or `X`.
  public static func isWellFormed(_ id: UnsafeRawBufferPointer) -> Bool {
    guard id.count == 18 else { return false }
    for index in 0..<17 where id[index] &- 48 > 9 { return false }
    return id[17] &- 48 <= 9 || id[17] == 88
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
