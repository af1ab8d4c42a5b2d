import Definition

/// Recognises lines of one length, and guesses where their fields begin: after a blank that stands in every line.
struct FixedSketch {
  /// Bytes of each field, in order; together a whole line.
  let widths: [Int]
  /// The values of each line, padding removed.
  let records: [[String]]

  /// Nil where fewer than nine lines in ten are of one length.
  init?(_ text: SampleText) {
    let counts = text.byteCounts.reduce(into: [:]) { counts, count in counts[count, default: 0] += 1 }
    guard let usual = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), usual.key >= 4,
      usual.value >= 2, usual.value * 10 >= text.lines.count * 9
    else { return nil }
    let lines = text.rawLines.filter { $0.count == usual.key }.map(Array.init)
    widths = Self.widths(of: lines, length: usual.key)
    let isGB = text.encoding == .gb18030
    records = lines.prefix(2_000).map { [widths] line in
      var start = 0
      return widths.map { width in
        defer { start += width }
        return SampleText.decode(line[start..<start + width], isGB ? .gb18030 : .utf8)
      }
    }
  }

  private static func widths(of lines: [[UInt8]], length: Int) -> [Int] {
    let blank = UInt8(ascii: " ")
    // Numbers filled with noughts stand side by side: a field of digits that begins behind one of text is found, two are not.
    var starts = [0]
    for place in 1..<length {
      let isBehindBlank = lines.allSatisfy { $0[place - 1] == blank }
      let isFilled = lines.contains { $0[place] != blank }
      if isBehindBlank && isFilled { starts.append(place) }
    }
    return zip(starts, starts.dropFirst() + [length]).map { $1 - $0 }
  }
}
