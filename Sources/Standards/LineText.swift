/// A text of one line, such as the name of an organisation: ASCII forms of full-width signs, one blank between Latin words and
/// none between Chinese characters.
///
/// Source: Unicode, Halfwidth and Fullwidth Forms.
public enum LineText {
  public static func standardise(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Standardised {
    let start = output.count
    var notes: StandardNotes = []
    var isBlankPending = false
    var last: UInt32 = 0
    var reader = ScalarReader(bytes)
    while let written = reader.next() {
      let scalar = halfWidth(written)
      if scalar != written { notes.insert(.fullWidth) }
      if scalar == 32 || isInvisible(scalar) {
        isBlankPending = true
        continue
      }
      if isBlankPending {
        // A blank tells words apart only between Latin ones.
        if last > 0, last < 0x250, scalar < 0x250 { output.append(32) } else { notes.insert(.separatorsRemoved) }
        isBlankPending = false
      }
      append(scalar, to: &output)
      last = scalar
    }
    return output.count == start ? Standardised(.missing, notes: notes) : Standardised(.valid, notes: notes)
  }

  public static func standardise(_ text: String) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, into: &$1) }
  }
}
