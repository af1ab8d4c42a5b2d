/// What spoils a record of an XML document, and where it stands.
struct Flaw: BitwiseCopyable {
  /// In the document's text as UTF-8.
  var text: Int
  /// In the file.
  var byteOffset: Int
  var code: DamagedRecord.Code
}

/// The flaws that belong to no finished record, in the order in which they stand, and the bytes that libxml2 must not see.
final class ElementFlaws {
  private(set) var list: [Flaw] = []
  /// Where the first one stands in the text.
  private(set) var firstText = Int.max
  private var masked: [(text: Int, byte: UInt8)] = []

  var first: Flaw? { list.first }

  /// Flaws come nearly in order: what the text's bytes spoil is known before what its markup does.
  func add(_ flaw: Flaw) {
    var at = list.count
    while at > 0, list[at - 1].text > flaw.text { at -= 1 }
    list.insert(flaw, at: at)
    firstText = list[0].text
  }

  /// Remembers which byte stood where `_` stands for libxml2: it ends nothing, and may stand in names.
  func mask(_ byte: inout UInt8, at text: Int) {
    masked.append((text, byte))
    byte = UInt8(ascii: "_")
  }

  /// Puts back the bytes before an offset, now that libxml2 has its copy.
  func unmask(before end: Int, in base: UnsafeMutablePointer<UInt8>, at origin: Int) {
    if masked.isEmpty { return }
    for (text, byte) in masked where text < end && text >= origin { base[text - origin] = byte }
    masked.removeAll { $0.text < end }
  }

  /// Forgets the flaws before an offset.
  func forget(before end: Int) {
    if firstText >= end { return }
    list.removeAll { $0.text < end }
    firstText = list.first?.text ?? .max
  }

  /// Keeps one flaw of those before an offset: a record needs no second one, and a hostile one may have millions.
  func thin(before end: Int) {
    guard list.count > 1 else { return }
    let first = list[0]
    list.removeAll { $0.text < end }
    if first.text < end { list.insert(first, at: 0) }
  }
}
