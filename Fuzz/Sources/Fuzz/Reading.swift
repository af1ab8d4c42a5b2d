import Basics

@testable import Extracts

/// All that a reader gave: what must not depend on how the bytes arrive.
struct Reading: Equatable {
  struct Item: Equatable {
    var kind: String
    var line: Int
    var byteOffset: Int
    /// Bytes as delivered, without the last line end.
    var count: Int
    var fields: [[UInt8]?]
    var raw: [UInt8]
  }

  var items: [Item] = []
  /// The problem that ended it.
  var failure: String?

  /// Of several flaws that end a document, which one is seen first may depend on how the bytes arrive; that it ends, and
  /// all that stood before, may not.
  static func == (a: Reading, b: Reading) -> Bool {
    a.items == b.items && (a.failure == nil) == (b.failure == nil)
  }

  /// Reads to the end, one by one or by batches.
  init(byBatches: Bool = false, _ open: () throws(Problem) -> any RecordReader) {
    do {
      let reader = try open()
      if byBatches { try readBatches(reader) } else { while let next = try reader.next() { take(next) } }
      let damaged = items.count { $0.kind.hasPrefix("damaged") }
      expect(reader.damagedCount == damaged, "damaged records are counted")
      expect(reader.recordCount == items.count - damaged, "records are counted")
    } catch {
      failure = "\(error)"
    }
  }

  private mutating func readBatches(_ reader: any RecordReader) throws(Problem) {
    let batch = RecordBatch(capacity: 3)
    while true {
      let other = try reader.fill(batch)
      for index in 0..<batch.count { take(.record(batch[index])) }
      if let other { take(other) } else if batch.count == 0 { return }
    }
  }

  private mutating func take(_ delivery: Delivery) {
    switch delivery {
    case .record(let record): append(record, "record")
    case .control(let record): append(record, "control")
    case .damaged(let damage):
      expect(!damage.found.isEmpty && !damage.expected.isEmpty, "damage says what was found and expected")
      items.append(
        Item(
          kind: "damaged \(damage.code) \(damage.lineCount) \(damage.found)", line: damage.place.line ?? 0,
          byteOffset: damage.place.byteOffset ?? -1, count: damage.rawCount, fields: [],
          // How much is kept of an element that is too long depends on when that shows.
          raw: damage.code == .recordTooLong ? Array(damage.raw.prefix(60)) : damage.raw))
    }
  }

  private mutating func append(_ record: Record, _ kind: String) {
    var fields: [[UInt8]?] = []
    for index in 0..<record.fieldCount {
      let bytes = Array(record.field(index))
      expect(String(validating: bytes, as: UTF8.self) != nil, "fields are UTF-8")
      fields.append(record.isAbsent(index) ? nil : bytes)
    }
    items.append(
      Item(
        kind: kind, line: record.line, byteOffset: record.byteOffset, count: record.raw.count, fields: fields,
        raw: Array(record.raw)))
  }

  // MARK: - What must hold

  /// Places ascend.
  func checkOrder() {
    for (item, next) in zip(items, items.dropFirst()) {
      expect(item.byteOffset < next.byteOffset, "byte offsets ascend")
      expect(item.line <= next.line, "lines ascend")
    }
    if let first = items.first { expect(first.byteOffset >= 0 && first.line >= 1, "places begin in the file") }
  }

  /// Every byte stands in one item, but for what `filler` allows between them and a byte-order mark before them.
  func checkEveryByte(of content: [UInt8], mark: Int, filler: (UInt8) -> Bool) {
    var at = 0
    for item in items {
      expect(item.byteOffset >= at && item.byteOffset + item.count <= content.count, "items do not overlap")
      let gap = content[at..<item.byteOffset].dropFirst(at == 0 ? mark : 0)
      expect(gap.allSatisfy(filler), "nothing is left out between items")
      at = item.byteOffset + item.count
    }
    if failure == nil {
      expect(content[at...].dropFirst(at == 0 ? mark : 0).allSatisfy(filler), "nothing is left out at the end")
    }
  }

  /// The raw bytes are those of the file.
  func checkRaw(of content: [UInt8]) {
    for item in items {
      expect(content[item.byteOffset...].starts(with: item.raw), "raw bytes are the file's")
    }
  }
}

/// Holds a reader to itself: pieces, blocks and batches change nothing. Gives what it read.
func readEveryWay(
  _ input: FuzzInput, _ open: (_ bytes: ExtractBytes, _ blockBytes: Int) throws(Problem) -> any RecordReader
) -> Reading {
  let content = input.content
  let whole = Reading { () throws(Problem) in try open(ExtractBytes(content, named: "f"), 4096) }
  for (byBatches, blockBytes) in [(false, 4096), (false, input.piece), (true, 2 * input.piece)] {
    let other = Reading(byBatches: byBatches) { () throws(Problem) in
      try open(ExtractBytes(content, named: "f", piece: input.piece), blockBytes)
    }
    expect(
      whole == other,
      "pieces of \(input.piece), blocks of \(blockBytes), batches \(byBatches): \(other.difference(whole))")
  }
  whole.checkOrder()
  return whole
}

extension Reading {
  func difference(_ whole: Reading) -> String {
    let at = zip(items, whole.items).prefix { $0 == $1 }.count
    func shown(_ reading: Reading) -> String {
      at < reading.items.count ? "\(reading.items[at])" : reading.failure ?? "the end"
    }
    return "\(shown(self)) instead of \(shown(whole))"
  }
}

func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
  if !holds { fatalError("invariant: \(what())") }
}
