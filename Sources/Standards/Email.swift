/// An e-mail address in lower case.
///
/// Source: RFC 5321 by its common part: one `@`, a local part, and a domain with a dot; the local part is lowered too,
/// because every large provider treats it so.
public enum Email {
  public static func standardise(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Standardised {
    let start = output.count
    var notes: StandardNotes = []
    var at = -1
    var lastDot = -1
    var fault: Standardised.Fault?
    var reader = ScalarReader(bytes)
    while let written = reader.next() {
      let scalar = halfWidth(written)
      if scalar != written { notes.insert(.fullWidth) }
      if scalar == 32 || isInvisible(scalar) {
        notes.insert(.separatorsRemoved)
        continue
      }
      if scalar == 42 { notes.insert(.masked) }
      if scalar < 33 || scalar > 126 { fault = .wrongCharacter }
      if scalar == 64 {
        if at >= 0 { fault = .wrongCharacter }
        at = output.count
      }
      if scalar == 46 { lastDot = output.count }
      append(scalar >= 65 && scalar <= 90 ? scalar + 32 : scalar, to: &output)
    }
    let count = output.count - start
    if count == 0 { return Standardised(.missing, notes: notes) }
    let isWhole = at > start && lastDot > at + 1 && lastDot < output.count - 2
    if notes.contains(.masked) || fault != nil || !isWhole {
      output.removeLast(count)
      return notes.contains(.masked)
        ? Standardised(.missing, notes: notes) : Standardised(.invalid, fault ?? .wrongLength, notes: notes)
    }
    return Standardised(.valid, notes: notes)
  }

  public static func standardise(_ text: String) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, into: &$1) }
  }
}
