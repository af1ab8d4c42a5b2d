/// The number of a bank card: 12 to 19 digits with a check digit.
///
/// Source: ISO/IEC 7812-1; the issuer's digits are left alone. Cards whose check digit is another are in use, so a failure is
/// noted and the number kept; a masked number is no value.
public enum BankCard {
  /// Appends the digits.
  public static func standardise(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Standardised {
    let start = output.count
    var result = IdentityText.append(bytes, to: &output)
    if result.status == .valid {
      result = output.withUnsafeBytes { judge(UnsafeRawBufferPointer(rebasing: $0[start...]), notes: result.notes) }
    }
    if !result.hasText { output.removeLast(output.count - start) }
    return result
  }

  public static func standardise(_ text: String) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, into: &$1) }
  }

  private static func judge(_ number: UnsafeRawBufferPointer, notes: StandardNotes) -> Standardised {
    for byte in number where byte &- 48 > 9 { return Standardised(.invalid, .wrongCharacter, notes: notes) }
    guard (12...19).contains(number.count) else { return Standardised(.invalid, .wrongLength, notes: notes) }
    return Standardised(.valid, notes: Checksum.luhn.holds(for: number) ? notes : notes.union(.checksumFailed))
  }
}
