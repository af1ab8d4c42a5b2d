/// The simplified form of traditional characters, so that 張億東 and 张亿东 compare as one name.
///
/// Source: OpenCC's table of single characters (`SimplifiedTable`). Loaded at first use.
public enum SimplifiedForm {
  /// The character itself where it has no other simplified form.
  @inline(__always)
  public static func of(_ scalar: UInt32) -> UInt32 {
    guard scalar >= Table.first else { return scalar }
    let index = Int(scalar - Table.first)
    if index < Table.count { return table.near[index] }
    return table.far[scalar] ?? scalar
  }

  public static func of(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(Unicode.Scalar(of(scalar.value)) ?? scalar) }
    return String(result)
  }

  /// Whether every character of a text is its own simplified form.
  public static func isSimplified(_ text: UnsafeRawBufferPointer) -> Bool {
    var reader = ScalarReader(text)
    while let scalar = reader.next() {
      if of(scalar) != scalar { return false }
    }
    return true
  }

  private static let table = Table()

  private struct Table {
    static let first: UInt32 = 0x3400
    static let count = 0xA000 - 0x3400

    /// By character from U+3400 to U+9FFF.
    var near: [UInt32]
    /// The few others.
    var far: [UInt32: UInt32] = [:]

    init() {
      near = (0..<Self.count).map { Self.first + UInt32($0) }
      var traditional: UInt32?
      for scalar in SimplifiedTable.text.unicodeScalars where scalar.value > 32 {
        guard let from = traditional else {
          traditional = scalar.value
          continue
        }
        let index = Int(from) - Int(Self.first)
        if near.indices.contains(index) { near[index] = scalar.value } else { far[from] = scalar.value }
        traditional = nil
      }
      // A few simplified forms are traditional ones of others.
      for index in near.indices {
        let next = Int(near[index]) - Int(Self.first)
        if near.indices.contains(next) { near[index] = near[next] }
      }
    }
  }
}
