/// The number of any identity document, by its declared kind.
public enum DocumentNumber {
  /// Appends the number in capitals without blanks, dashes and brackets; masked values (`*`) are `.missing`.
  ///
  /// - Returns: `.doubtful` or `.invalid` with `.checksumFailed`, as the kind has it, where the checksum is wrong.
  public static func standardise(
    _ bytes: UnsafeRawBufferPointer, kind: DocumentKind, into output: inout [UInt8]
  ) -> Standardised {
    let start = output.count
    var result: Standardised
    if kind.checksum == .gb11643, kind.pattern == nil, ResidentId.isWellFormed(bytes) {
      // Most numbers come in their standard form.
      result = judgeResidentForm(bytes, kind, notes: [])
      if result.hasText { output.append(contentsOf: bytes) }
      return result
    }
    result = IdentityText.append(bytes, to: &output)
    if result.status == .valid, kind.checksum == .gb11643 { upgrade(&output, from: start, &result.notes) }
    if result.status == .valid {
      result = output.withUnsafeBytes {
        judge(UnsafeRawBufferPointer(rebasing: $0[start...]), kind: kind, notes: result.notes)
      }
    }
    if !result.hasText { output.removeLast(output.count - start) }
    return result
  }

  public static func standardise(_ text: String, kind: DocumentKind) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, kind: kind, into: &$1) }
  }

  /// Turns a resident id of 15 digits into one of 18 characters.
  private static func upgrade(_ output: inout [UInt8], from start: Int, _ notes: inout StandardNotes) {
    guard output.count - start == 15, output[start...].allSatisfy({ $0 &- 48 <= 9 }) else { return }
    output.insert(contentsOf: "19".utf8, at: start + 6)
    output.append(output.withUnsafeBytes { ResidentId.checkCharacter(UnsafeRawBufferPointer(rebasing: $0[start...])) })
    notes.insert(.upgradedFrom15)
  }

  private static func judge(
    _ number: UnsafeRawBufferPointer, kind: DocumentKind, notes: StandardNotes
  ) -> Standardised {
    if let pattern = kind.pattern, !pattern.matches(number) { return Standardised(.invalid, .wrongShape, notes: notes) }
    switch kind.checksum {
    case .none: return Standardised(.valid, notes: notes)
    case .gb11643:
      if !ResidentId.isWellFormed(number) {
        // Another form that the pattern allows; without a pattern there is none.
        return kind.pattern == nil ? wrongForm(number, length: 18, notes) : Standardised(.valid, notes: notes)
      }
      return judgeResidentForm(number, kind, notes: notes)
    case .gb32100:
      return SocialCreditCode.isWellFormed(number) ? checked(number, kind, notes) : wrongForm(number, length: 18, notes)
    case .luhn, .verhoeff, .mod97, .iso7064Mod11_10, .weightedMod11: return checked(number, kind, notes)
    }
  }

  /// Judges 18 characters that are well formed.
  private static func judgeResidentForm(
    _ number: UnsafeRawBufferPointer, _ kind: DocumentKind, notes: StandardNotes
  ) -> Standardised {
    var notes = notes
    if ResidentId.isNotCitizen(number) { notes.insert(.notCitizen) }
    if ResidentId.birthDate(of: number) == nil { return Standardised(.doubtful, .impossibleDate, notes: notes) }
    let isRight = ResidentId.checkCharacter(number) == number[17]
    return isRight ? Standardised(.valid, notes: notes) : failed(kind, notes)
  }

  private static func wrongForm(
    _ number: UnsafeRawBufferPointer, length: Int, _ notes: StandardNotes
  ) -> Standardised {
    Standardised(.invalid, number.count == length ? .wrongCharacter : .wrongLength, notes: notes)
  }

  private static func checked(
    _ number: UnsafeRawBufferPointer, _ kind: DocumentKind, _ notes: StandardNotes
  ) -> Standardised {
    kind.checksum.holds(for: number) ? Standardised(.valid, notes: notes) : failed(kind, notes)
  }

  private static func failed(_ kind: DocumentKind, _ notes: StandardNotes) -> Standardised {
    let notes = notes.union(.checksumFailed)
    switch kind.onChecksumFailure {
    case .note: return Standardised(.valid, notes: notes)
    case .doubt: return Standardised(.doubtful, .wrongChecksum, notes: notes)
    case .reject: return Standardised(.invalid, .wrongChecksum, notes: notes)
    }
  }
}
