/// A check that the characters of a number pass together.
///
/// Source: GB 11643-1999 (ISO/IEC 7064 MOD 11-2), GB 32100-2015, ISO/IEC 7812-1 annex B (Luhn), J. Verhoeff, Error Detecting
/// Decimal Codes (1969), ISO/IEC 7064 MOD 97-10 and MOD 11,10, ISO 2108 (weights 2, 3, 4 … from the right, modulo 11).
public enum Checksum: String, Sendable, CaseIterable {
  case none
  /// 17 digits and `0` to `9` or `X`; the birth date stands in digits 7 to 14, the sex in the 17th.
  case gb11643
  case gb32100
  case luhn
  case verhoeff
  /// Digits and capitals, `A` being 10; the last two are the check.
  case mod97
  case iso7064Mod11_10 = "iso7064_mod11_10"
  /// The last character is the check, `X` being 10.
  case weightedMod11 = "weighted_mod11"

  /// Whether a number of ASCII capitals and digits passes; false where it has other characters than the check allows.
  public func holds(for number: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .none: true
    case .gb11643: ResidentId.isWellFormed(number) && ResidentId.checkCharacter(number) == number[17]
    case .gb32100: SocialCreditCode.isWellFormed(number) && SocialCreditCode.checkCharacter(number) == number[17]
    case .luhn: Self.isDigits(number) && Self.luhnSum(number) % 10 == 0
    case .verhoeff: Self.isDigits(number) && Self.verhoeffState(number) == 0
    case .mod97: Self.remainderBy97(number) == 1
    case .iso7064Mod11_10: Self.isDigits(number) && Self.holdsMod11And10(number)
    case .weightedMod11: Self.holdsWeightedMod11(number)
    }
  }

  private static func isDigits(_ number: UnsafeRawBufferPointer) -> Bool {
    for byte in number where byte &- 48 > 9 { return false }
    return number.count > 1
  }

  /// Every second digit from the right counts twice, its own digits added.
  private static func luhnSum(_ number: UnsafeRawBufferPointer) -> Int {
    var sum = 0
    for (place, byte) in number.reversed().enumerated() {
      let digit = Int(byte &- 48) << (place & 1)
      sum += digit > 9 ? digit - 9 : digit
    }
    return sum
  }

  private static func remainderBy97(_ number: UnsafeRawBufferPointer) -> Int {
    guard number.count > 2 else { return 0 }
    var remainder = 0
    for byte in number {
      switch byte {
      case 48...57: remainder = (remainder * 10 + Int(byte - 48)) % 97
      case 65...90: remainder = (remainder * 100 + Int(byte - 55)) % 97
      default: return 0
      }
    }
    return remainder
  }

  private static func holdsMod11And10(_ number: UnsafeRawBufferPointer) -> Bool {
    var product = 10
    for byte in number.dropLast() {
      let sum = (product + Int(byte &- 48)) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return (product + Int(number[number.count - 1] &- 48)) % 10 == 1
  }

  private static func holdsWeightedMod11(_ number: UnsafeRawBufferPointer) -> Bool {
    guard let last = number.last, number.count > 1 else { return false }
    var sum = last == 88 ? 10 : Int(last &- 48)
    if sum > 10 || last != 88 && sum > 9 { return false }
    var weight = 2
    for byte in number.dropLast().reversed() {
      let digit = byte &- 48
      if digit > 9 { return false }
      sum += Int(digit) * weight
      weight += 1
    }
    return sum % 11 == 0
  }

  /// 0 where the check digit is the right one.
  private static func verhoeffState(_ number: UnsafeRawBufferPointer) -> Int {
    var state = 0
    for (place, byte) in number.reversed().enumerated() {
      var digit = Int(byte &- 48)
      // The permutation has order 8.
      for _ in 0..<place % 8 { digit = verhoeffPermutation[digit] }
      state = dihedralProduct(state, digit)
    }
    return state
  }

  private static let verhoeffPermutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

  /// The group of the symmetries of a pentagon: 0 to 4 turn it, 5 to 9 turn it over.
  private static func dihedralProduct(_ a: Int, _ b: Int) -> Int {
    switch (a < 5, b < 5) {
    case (true, true): (a + b) % 5
    case (true, false): 5 + (a + b) % 5
    case (false, true): 5 + (a - b) % 5
    case (false, false): (a - b + 5) % 5
    }
  }
}
