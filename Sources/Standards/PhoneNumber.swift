/// A mobile number by the plans that a pipeline declares: national digits for the first plan, `+` and all digits for others.
///
/// Source: prefixes by ITU-T E.123 and the plan; punctuation and extensions as people and systems write them.
public enum PhoneNumber {
  /// Appends the number.
  ///
  /// - Parameter plans: at least one; numbers without a country are those of the first.
  /// - Returns: `.doubtful` with `.placeholder` for numbers that people type when they have none.
  public static func standardise(
    _ bytes: UnsafeRawBufferPointer, plans: [PhonePlan], into output: inout [UInt8]
  ) -> Standardised {
    if bytes.isEmpty { return .missing }
    if plans[0].isNational(bytes), Self.isDigits(bytes) {
      output.append(contentsOf: bytes)
      return judged(bytes, plans[0], notes: [])
    }
    let start = output.count
    var hasPlus = false
    var result = gather(bytes, &output, &hasPlus)
    if result.status == .valid { result = place(&output, from: start, plans, hasPlus: hasPlus, notes: result.notes) }
    if !result.hasText { output.removeLast(output.count - start) }
    return result
  }

  public static func standardise(_ text: String, plans: [PhonePlan]) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, plans: plans, into: &$1) }
  }

  private static func isDigits(_ bytes: UnsafeRawBufferPointer) -> Bool {
    for byte in bytes where byte &- 48 > 9 { return false }
    return true
  }

  /// Appends the digits of the first number that the text holds.
  private static func gather(
    _ bytes: UnsafeRawBufferPointer, _ output: inout [UInt8], _ hasPlus: inout Bool
  ) -> Standardised {
    let start = output.count
    var notes: StandardNotes = []
    var reader = ScalarReader(bytes)
    reading: while let written = reader.next() {
      let scalar = halfWidth(written)
      if scalar != written { notes.insert(.fullWidth) }
      switch scalar {
      case 48...57: output.append(UInt8(scalar))
      case 43 where output.count == start && !hasPlus: hasPlus = true
      case 42: return Standardised(.missing, notes: .masked)
      case 32, 40, 41, 46: notes.insert(.separatorsRemoved)
      case _ where isDash(scalar) || isInvisible(scalar): notes.insert(.separatorsRemoved)
      case _ where output.count - start >= 7 && beginsExtension(scalar):
        notes.insert(.extensionRemoved)
        break reading
      default: return Standardised(.invalid, .wrongCharacter)
      }
    }
    return output.count == start ? .missing : Standardised(.valid, notes: notes)
  }

  /// `ext 12`, `x12`, `#12`, `转12`, and what parts two numbers: `/`, `,`, `;`, `、`.
  private static func beginsExtension(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 35, 44, 47, 59, 69, 88, 101, 120, 0x3001, 0x8F6C, 0x8F49: true
    default: false
    }
  }

  /// Finds the plan and takes off what stands before the national number.
  private static func place(
    _ output: inout [UInt8], from start: Int, _ plans: [PhonePlan], hasPlus: Bool, notes: StandardNotes
  ) -> Standardised {
    let found = output.withUnsafeBytes { find(UnsafeRawBufferPointer(rebasing: $0[start...]), plans, hasPlus: hasPlus) }
    guard let (index, prefix) = found else {
      let digits = output[start...]
      let isNone = digits.allSatisfy { $0 == digits[start] } || digits.starts(with: "12345678".utf8)
      return isNone
        ? Standardised(.invalid, .placeholder, notes: notes.union(.placeholder))
        : Standardised(.invalid, .wrongShape, notes: notes)
    }
    output.removeSubrange(start..<start + prefix)
    let result = output.withUnsafeBytes {
      judged(
        UnsafeRawBufferPointer(rebasing: $0[start...]), plans[index],
        notes: prefix > 0 ? notes.union(.countryPrefix) : notes)
    }
    if index > 0 {
      output.insert(contentsOf: plans[index].countryCode.utf8, at: start)
      output.insert(43, at: start)
    }
    return result
  }

  /// The plan, and how many digits stand before its national number.
  private static func find(
    _ digits: UnsafeRawBufferPointer, _ plans: [PhonePlan], hasPlus: Bool
  ) -> (plan: Int, prefix: Int)? {
    let home = plans[0]
    if !hasPlus {
      if home.isNational(digits) { return (0, 0) }
      let trunk = home.trunkPrefix.utf8
      if !trunk.isEmpty, digits.starts(with: trunk), home.isNational(dropped(trunk.count, digits)) {
        return (0, trunk.count)
      }
      for prefix in home.internationalPrefixes where digits.starts(with: prefix.utf8) {
        let length = prefix.utf8.count
        if let found = international(dropped(length, digits), plans[...]) { return (found.plan, found.prefix + length) }
      }
    }
    // Without a sign that a country code follows, only the country's own is looked for.
    return international(digits, hasPlus ? plans[...] : plans.prefix(1))
  }

  /// A country code, perhaps a trunk prefix that does not belong there, and a national number.
  private static func international(
    _ digits: UnsafeRawBufferPointer, _ plans: ArraySlice<PhonePlan>
  ) -> (plan: Int, prefix: Int)? {
    for (index, plan) in plans.enumerated() where digits.starts(with: plan.countryCode.utf8) {
      let code = plan.countryCode.utf8.count
      let national = dropped(code, digits)
      if plan.isNational(national) { return (index, code) }
      let trunk = plan.trunkPrefix.utf8
      if !trunk.isEmpty, national.starts(with: trunk), plan.isNational(dropped(trunk.count, national)) {
        return (index, code + trunk.count)
      }
    }
    return nil
  }

  private static func dropped(_ count: Int, _ digits: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: digits.dropFirst(count))
  }

  @inline(__always)
  private static func judged(
    _ national: UnsafeRawBufferPointer, _ plan: PhonePlan, notes: StandardNotes
  ) -> Standardised {
    plan.isPlaceholder(national)
      ? Standardised(.doubtful, .placeholder, notes: notes.union(.placeholder)) : Standardised(.valid, notes: notes)
  }
}
