/// What a text message of the mobile network may hold and what it costs.
///
/// The length counts UTF-16 units of everything that is sent, the signature in its brackets included. Up to 70 units go
/// as one message; longer ones as segments of 67, since each carries a header of three.
enum TextMessage {
  static let longest = 500

  static func segments(units: Int) -> Int { units <= 70 ? 1 : (units + 66) / 67 }

  /// UTF-16 units of valid UTF-8.
  static func units(_ utf8: some Sequence<UInt8>) -> Int {
    var units = 0
    for byte in utf8 {
      if byte & 0xC0 != 0x80 { units += 1 }
      // Beyond the basic plane: a pair of surrogates.
      if byte >= 0xF0 { units += 1 }
    }
    return units
  }

  /// `【signature】`, or nothing for an empty signature.
  static func opening(_ signature: String) -> String { signature.isEmpty ? "" : "【\(signature)】" }
}

/// What WeCom takes in one message.
enum WeComMessage {
  static let longestBytes = 4_000
}
