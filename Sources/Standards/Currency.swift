/// What is known of currencies by their codes.
///
/// Source: ISO 4217, list one: currencies whose minor unit is not a hundredth.
public enum Currency {
  private static let others: [String: Int] = {
    var decimals: [String: Int] = [:]
    for (count, codes) in [
      (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
      (3, "BHD IQD JOD KWD LYD OMR TND"), (4, "CLF UYW"),
    ] {
      for code in codes.split(separator: " ") { decimals[String(code)] = count }
    }
    return decimals
  }()

  /// Decimals of an amount in this currency; 2 for codes that the list does not name.
  public static func decimals(of code: String) -> Int { others[code] ?? 2 }
}
