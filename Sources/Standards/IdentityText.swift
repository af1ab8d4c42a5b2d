/// What all identity documents have in common: upper-case ASCII without blanks and dashes.
enum IdentityText {
  /// Appends the letters and digits (and Chinese characters, as on military documents).
  ///
  /// - Returns: `.valid`; `.missing` for nothing or a masked value; `.invalid` for other characters.
  static func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) -> Standardised {
    let start = output.count
    var notes: StandardNotes = []
    var reader = ScalarReader(bytes)
    while let written = reader.next() {
      let scalar = halfWidth(written)
      if scalar != written { notes.insert(.fullWidth) }
      switch scalar {
      case 48...57, 65...90: output.append(UInt8(scalar))
      case 97...122: output.append(UInt8(scalar - 32))
      case 42: return Standardised(.missing, notes: notes.union(.masked))
      case 32, 40, 41: notes.insert(.separatorsRemoved)
      case _ where isDash(scalar) || isInvisible(scalar): notes.insert(.separatorsRemoved)
      case _ where isChinese(scalar): Standards.append(scalar, to: &output)
      default: return Standardised(.invalid, .wrongCharacter, notes: notes)
      }
    }
    return output.count == start ? Standardised(.missing, notes: notes) : Standardised(.valid, notes: notes)
  }
}
