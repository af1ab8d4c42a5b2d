/// A mainland mobile number: 11 digits beginning with 13 to 19.
///
/// Source: MIIT numbering plan (1[3-9] segments); prefixes and punctuation as people and systems write them.
public enum Mobile {
  /// Appends the 11 digits.
  ///
  /// - Returns: `.doubtful` with `.placeholder` for numbers that people type when they have none.
  public static func standardise(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Standardised {
    if bytes.isEmpty { return .missing }
    let start = output.count
    let result = isPlain(bytes) ? appendPlain(bytes, &output) : appendParsed(bytes, &output)
    if result.status == .missing || result.status == .invalid { output.removeLast(output.count - start) }
    return result
  }

  public static func standardise(_ text: String) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, into: &$1) }
  }

  private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == 11, bytes[0] == 49, bytes[1] >= 51 else { return false }
    for byte in bytes where byte &- 48 > 9 { return false }
    return true
  }

  private static func appendPlain(_ bytes: UnsafeRawBufferPointer, _ output: inout [UInt8]) -> Standardised {
    output.append(contentsOf: bytes)
    // Placeholders end in a zero or in their second digit; most numbers end here.
    if bytes[10] != 48 && bytes[10] != bytes[1] { return Standardised(.valid) }
    return judged(output, from: output.count - 11, notes: [])
  }

  private static func appendParsed(_ bytes: UnsafeRawBufferPointer, _ output: inout [UInt8]) -> Standardised {
    let start = output.count
    var notes: StandardNotes = []
    var hasPlus = false
    var reader = ScalarReader(bytes)
    while let written = reader.next() {
      let scalar = halfWidth(written)
      if scalar != written { notes.insert(.fullWidth) }
      switch scalar {
      case 48...57: output.append(UInt8(scalar))
      case 43 where output.count == start && !hasPlus: hasPlus = true
      case 42: return Standardised(.missing, notes: .masked)
      case 32, 40, 41: notes.insert(.separatorsRemoved)
      case _ where isDash(scalar): notes.insert(.separatorsRemoved)
      case _ where isInvisible(scalar): notes.insert(.separatorsRemoved)
      default: return Standardised(.invalid, .wrongCharacter)
      }
    }
    if output.count == start { return .missing }
    let prefix = prefixLength(output, from: start, hasPlus: hasPlus)
    if prefix > 0 { notes.insert(.countryPrefix) }
    output.removeSubrange(start..<start + prefix)
    return judged(output, from: start, notes: notes)
  }

  /// Length of `0086`, `86` or a trunk `0` before 11 further digits.
  private static func prefixLength(_ output: [UInt8], from start: Int, hasPlus: Bool) -> Int {
    let count = output.count - start
    if count == 15, output[start...].starts(with: "0086".utf8), !hasPlus { return 4 }
    if count == 13, output[start...].starts(with: "86".utf8) { return 2 }
    if count == 12, output[start] == 48, !hasPlus { return 1 }
    return 0
  }

  private static func judged(_ output: [UInt8], from start: Int, notes: StandardNotes) -> Standardised {
    guard output.count - start == 11 else { return Standardised(.invalid, .wrongLength, notes: notes) }
    let digits = output[start...]
    if digits.allSatisfy({ $0 == digits[start] }) || digits.starts(with: "12345678".utf8) {
      return Standardised(.invalid, .placeholder, notes: notes.union(.placeholder))
    }
    guard output[start] == 49, output[start + 1] >= 51 else {
      return Standardised(.invalid, .wrongPrefix, notes: notes)
    }
    if isPlaceholder(digits) { return Standardised(.doubtful, .placeholder, notes: notes.union(.placeholder)) }
    return Standardised(.valid, notes: notes)
  }

  /// Eight zeros at the end, one digit ten times, or China Mobile's famous service number 13800138000.
  private static func isPlaceholder(_ digits: ArraySlice<UInt8>) -> Bool {
    if digits[digits.endIndex - 1] != 48 && digits[digits.endIndex - 1] != digits[digits.startIndex + 1] {
      return false
    }
    return digits.suffix(8).allSatisfy { $0 == 48 } || digits.dropFirst().allSatisfy { $0 == digits.last }
      || digits.elementsEqual("13800138000".utf8)
  }
}
