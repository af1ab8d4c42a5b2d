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
  /// Who finds flaws. Each goes over a block after the one before it, so that together they come in no order.
  enum Finder: Int, CaseIterable { case decoding, characters, markup }

  /// The flaws of each finder, and how many of them were let go.
  private var lists: [[Flaw]] = Finder.allCases.map { _ in [] }
  private var gone: [Int] = Finder.allCases.map { _ in 0 }
  /// Where the first one stands in the text.
  private(set) var firstText = Int.max
  private var masked: [(text: Int, byte: UInt8)] = []

  var first: Flaw? { lists.indices.compactMap(front).min { $0.text < $1.text } }

  private func front(_ finder: Int) -> Flaw? { gone[finder] < lists[finder].count ? lists[finder][gone[finder]] : nil }

  /// Flaws of one finder come in order, but for values that are too long: those have ended when their beginning is told.
  func add(_ flaw: Flaw, by finder: Finder) {
    let index = finder.rawValue
    var at = lists[index].count
    while at > gone[index], lists[index][at - 1].text > flaw.text { at -= 1 }
    lists[index].insert(flaw, at: at)
    firstText = min(firstText, flaw.text)
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
    for finder in lists.indices {
      while let flaw = front(finder), flaw.text < end { gone[finder] += 1 }
    }
    firstText = first?.text ?? .max
  }

  /// Keeps one flaw a finder of those before an offset: a record needs no second one, and a hostile one may have millions.
  func thin(before end: Int) {
    for finder in lists.indices where !lists[finder].isEmpty {
      let kept = front(finder)
      lists[finder].removeSubrange(..<gone[finder])
      gone[finder] = 0
      guard let kept, kept.text < end else { continue }
      lists[finder].removeAll { $0.text < end }
      lists[finder].insert(kept, at: 0)
    }
  }
}
