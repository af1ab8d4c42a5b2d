/// The unified social credit code of an organisation, 18 characters.
///
/// Source: GB 32100-2015: 31 symbols (digits and letters without I, O, S, V, Z), weights 3^i mod 31. Codes that fail the
/// check are in legal use, so a failure is a note and not a fault.
public enum SocialCreditCode {
  private static let symbols = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, symbol) in symbols.enumerated() { values[Int(symbol)] = UInt8(value) }
    return values
  }()

  /// Whether these are 18 symbols of the code.
  public static func isWellFormed(_ code: UnsafeRawBufferPointer) -> Bool {
    guard code.count == 18 else { return false }
    for symbol in code where values[Int(symbol)] == 255 { return false }
    return true
  }

  /// The check character of the first 17; they must be symbols of the code.
  public static func checkCharacter(_ code: UnsafeRawBufferPointer) -> UInt8 {
    var sum = 0
    var weight = 1
    for index in 0..<17 {
      sum += Int(values[Int(code[index])]) * weight
      weight = weight * 3 % 31
    }
    return symbols[(31 - sum % 31) % 31]
  }
}
