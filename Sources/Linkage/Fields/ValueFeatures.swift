import Columns
import Glibc
import Standards

extension ValueFeatures {
  init(_ values: ValueUnits, _ kind: FieldKind) {
    switch kind {
    case .date:
      dates = (0..<Int32(values.count)).map {
        values.withUnits($0) { DateParts($0) ?? DateParts(year: 0, month: 0, day: 0) }
      }
    case .number:
      numbers = (0..<Int32(values.count)).map { Double(values.string($0)) ?? .nan }
    case .place:
      places = (0..<Int32(values.count)).map { value in
        let parts = values.string(value).split { $0 == "," || $0 == ";" || $0 == " " }.compactMap { Float($0) }
        return parts.count == 2 ? (parts[0], parts[1]) : (.nan, .nan)
      }
    case .givenName, .familyName:
      phonetic = (0..<Int32(values.count)).map { values.withUnits($0) { Phonetic.key($0) } }
      blanks = (0..<Int32(values.count)).map { values.withUnits($0) { $0.contains(32) } }
      findFormalNames(values)
      measureLetters(values)
    case .text:
      splitWords(values)
      measureLetters(values)
    case .longText, .organisation, .list:
      splitWords(values)
    case .wholeName: names = WholeNames(values)
    case .phone, .code: measureLetters(values)
    case .email:
      measureLetters(values)
      localBags = (0..<Int32(values.count)).map { values.withUnits($0) { LetterBag(FieldComparer.localPart($0)) } }
    case .postcode:
      measureLetters(values)
      beginnings = (0..<Int32(values.count)).map {
        values.withUnits($0) { $0.prefix(2).reduce(0) { $0 << 16 | UInt32($1) } }
      }
    case .category: break
    }
  }

  private mutating func measureLetters(_ values: ValueUnits) {
    bags = (0..<Int32(values.count)).map { values.withUnits($0) { LetterBag($0) } }
    lengths = (0..<Int32(values.count)).map { values.withUnits($0) { UInt8(min(255, $0.count)) } }
  }

  private mutating func findFormalNames(_ values: ValueUnits) {
    formalStarts.reserveCapacity(values.count + 1)
    formalStarts.append(0)
    for value in 0..<Int32(values.count) {
      formalNames += Nicknames.formalNames(of: values.string(value))
      formalStarts.append(Int32(formalNames.count))
    }
  }

  private mutating func splitWords(_ values: ValueUnits) {
    let interner = ByteInterner(capacity: 1 << 12)
    wordStarts.reserveCapacity(values.count + 1)
    wordStarts.append(0)
    var frequencies: [Int32] = []
    for value in 0..<Int32(values.count) {
      let begin = words.count
      values.withUnits(value) { units in
        var start = 0
        for end in 0...units.count where end == units.count || units[end] == 32 || units[end] == 59 || units[end] == 124
        {
          if end > start {
            let word = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: units[start..<end]))
            words.append(interner.intern(word))
          }
          start = end + 1
        }
      }
      words[begin...].sort()
      var last: Int32 = -1
      var end = begin
      for index in begin..<words.count where words[index] != last {
        last = words[index]
        words[end] = last
        end += 1
        if Int(last) >= frequencies.count {
          frequencies.append(contentsOf: repeatElement(0, count: Int(last) + 1 - frequencies.count))
        }
        frequencies[Int(last)] += 1
      }
      words.removeLast(words.count - end)
      wordStarts.append(words.count)
    }
    let total = Float(max(1, values.count))
    wordWeights = frequencies.map { log2f(1 + total / Float($0)) }
  }
}
