/// What kind of identity document a number belongs to; numbers of different kinds never identify the same person.
public enum DocumentType: String, Sendable, CaseIterable {
  case residentId = "resident_id"
  case foreignPermanentResident = "foreign_permanent_resident"
  case passport
  case hkMacauPermit = "hk_macau_permit"
  case taiwanPermit = "taiwan_permit"
  case military
  case socialCreditCode = "social_credit_code"
}

/// The number of any identity document, by its type.
///
/// Source: resident ids and social credit codes by their standards; the others by the shapes in use, kept wide because
/// no public standard binds them.
public enum DocumentNumber {
  /// Appends the number in capitals without blanks and dashes; masked values (`*`) are `.missing`.
  public static func standardise(
    _ bytes: UnsafeRawBufferPointer, type: DocumentType, into output: inout [UInt8]
  ) -> Standardised {
    switch type {
    case .residentId: return ResidentId.standardise(bytes, into: &output)
    case .socialCreditCode: return SocialCreditCode.standardise(bytes, into: &output)
    default: break
    }
    let start = output.count
    var result = IdentityText.append(bytes, to: &output)
    if result.status == .valid, let fault = fault(of: output[start...], type: type) {
      result = Standardised(.invalid, fault, notes: result.notes)
    }
    let isNewForm = type == .foreignPermanentResident && output.count - start == 18
    if !result.hasText || isNewForm { output.removeLast(output.count - start) }
    // The form of 2023 follows the resident id, checksum and all.
    return isNewForm && result.hasText ? ResidentId.standardise(bytes, into: &output) : result
  }

  public static func standardise(_ text: String, type: DocumentType) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, type: type, into: &$1) }
  }

  private static func fault(of number: ArraySlice<UInt8>, type: DocumentType) -> Standardised.Fault? {
    let letters = number.prefix { $0 >= 65 && $0 <= 90 }.count
    let hasOnlyDigitsAfter = number.dropFirst(letters).allSatisfy { $0 &- 48 <= 9 }
    let isAlphanumeric = number.allSatisfy { $0 < 128 }
    switch type {
    case .residentId, .socialCreditCode:
      return nil
    case .passport:
      guard isAlphanumeric, number.contains(where: { $0 &- 48 <= 9 }) else { return .wrongCharacter }
      return (5...15).contains(number.count) ? nil : .wrongLength
    case .hkMacauPermit:
      guard (1...2).contains(letters), hasOnlyDigitsAfter else { return .wrongCharacter }
      return (9...11).contains(number.count) ? nil : .wrongLength
    case .taiwanPermit:
      guard letters <= 1, isAlphanumeric else { return .wrongCharacter }
      return (8...12).contains(number.count) ? nil : .wrongLength
    case .military:
      guard number.contains(where: { $0 &- 48 <= 9 }) else { return .wrongCharacter }
      return (6...40).contains(number.count) ? nil : .wrongLength
    case .foreignPermanentResident:
      if number.count == 18 { return number.first == 57 ? nil : .wrongPrefix }
      guard number.count == 15 else { return .wrongLength }
      return letters == 3 && hasOnlyDigitsAfter ? nil : .wrongCharacter
    }
  }
}
