/// A mobile number of mainland China; `PhoneNumber` has other plans.
public enum Mobile {
  /// Appends the 11 digits.
  public static func standardise(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Standardised {
    PhoneNumber.standardise(bytes, plans: plans, into: &output)
  }

  public static func standardise(_ text: String) -> (text: String, result: Standardised) {
    PhoneNumber.standardise(text, plans: plans)
  }

  private static let plans = [PhonePlan.chinese]
}
