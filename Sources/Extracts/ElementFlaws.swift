/// What spoils a record of an XML document, and where it stands.
struct Flaw: BitwiseCopyable {
  /// In the document's text as UTF-8.
  var text: Int
  /// In the file.
  var byteOffset: Int
  var code: DamagedRecord.Code
}

/// The flaws that belong to no finished record, in the order in which they stand, and the bytes that libxml2 must not see.
struct ElementFlaws {
  private(set) var list: [Flaw] = [] {
    didSet { firstText = list.first?.text ?? .max }
  }
  /// Where the first one stands in the text.
  private(set) var firstText = Int.max
  private var masked: [(text: Int, byte: UInt8)] = []

  var first: Flaw? { list.first }

  /// Flaws come nearly in order: what the text's bytes spoil is known before what its markup does.
  mutating func add(_ flaw: Flaw) {
    var at = list.count
    while at > 0, list[at - 1].text > flaw.text { at -= 1 }
    list.insert(flaw, at: at)
  }

  /// Remembers which byte stood where a `?` stands for libxml2.
  mutating func mask(_ byte: inout UInt8, at text: Int) {
    masked.append((text, byte))
    byte = UInt8(ascii: "?")
  }

  /// Puts back the bytes before an offset, now that libxml2 has its copy.
  mutating func unmask(before end: Int, in base: UnsafeMutablePointer<UInt8>, at origin: Int) {
    if masked.isEmpty { return }
    for (text, byte) in masked where text < end && text >= origin { base[text - origin] = byte }
    masked.removeAll { $0.text < end }
  }

  /// Forgets the flaws before an offset.
  mutating func forget(before end: Int) {
    if firstText < end { list.removeAll { $0.text < end } }
  }

  /// Keeps one flaw of those before an offset: a record needs no second one, and a hostile one may have millions.
  mutating func thin(before end: Int) {
    guard list.count > 1 else { return }
    let first = list[0]
    list.removeAll { $0.text < end }
    if first.text < end { list.insert(first, at: 0) }
  }
}
