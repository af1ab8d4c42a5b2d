/// One field of all records: each record has the number of its value, and each distinct value is held once.
public struct InternedColumn: Sendable {
  public var name: String
  /// By record: the number of its value, -1 where it is missing.
  public var codes: [Int32]
  /// By value; numbered in the order in which they first come.
  public var texts: ValueTexts
  /// By value: how many records have it.
  public var counts: [Int32]

  public init(name: String, codes: [Int32], texts: ValueTexts) {
    self.name = name
    self.codes = codes
    self.texts = texts
    var counts = [Int32](repeating: 0, count: texts.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    self.counts = counts
  }

  /// From one text a record; nil and blank texts are missing. For tests and small data.
  public init(name: String, values: [String?]) {
    var numbers: [String: Int32] = [:]
    var texts = ValueTexts()
    let codes = values.map { value -> Int32 in
      guard let value, value.contains(where: { $0 != " " }) else { return -1 }
      if let number = numbers[value] { return number }
      let number = Int32(texts.count)
      numbers[value] = number
      texts.append(value)
      return number
    }
    self.init(name: name, codes: codes, texts: texts)
  }

  public var recordCount: Int { codes.count }
  public var valueCount: Int { texts.count }

  /// Records without a value.
  public var missingCount: Int { recordCount - counts.reduce(0) { $0 + Int($1) } }

  /// A record's value; nil where it is missing.
  public func text(_ record: Int) -> String? { codes[record] < 0 ? nil : texts[codes[record]] }
}
