import Basics
import Columns

/// One field of evidence of all records, ready to be compared: folded distinct values with what comparisons need of each.
struct Field: Sendable {
  let plan: Matching.FieldPlan
  /// By record: the number of its value, -1 where it is missing.
  let codes: [Int32]
  /// By value. Given and family names that may be swapped have one numbering.
  let values: ValueUnits
  /// By value: how many records have it in this field.
  let counts: [Int32]
  /// Records that have a value.
  let known: Int
  let features: ValueFeatures

  var kind: FieldKind { plan.kind }
  var recordCount: Int { codes.count }

  func text(_ record: Int) -> String { codes[record] < 0 ? "" : values.string(codes[record]) }
}

/// What comparisons need of each value, by kind; arrays that a kind does not need are empty.
struct ValueFeatures: Sendable {
  var dates: [DateParts] = []
  var numbers: [Double] = []
  var phonetic: [UInt64] = []
  var places: [(latitude: Float, longitude: Float)] = []
  /// Words of each value, sorted by number: `words[wordStarts[v]..<wordStarts[v + 1]]`.
  var words: [Int32] = []
  var wordStarts: [Int] = []
  /// By word: its weight, the logarithm of how rare it is.
  var wordWeights: [Float] = []
  /// Bounds on how similar two values can be.
  var bags: [LetterBag] = []
  /// Of what stands before the @ of e-mail addresses.
  var localBags: [LetterBag] = []
  /// Of postcodes: the first two characters.
  var beginnings: [UInt32] = []
  /// In units, at most 255.
  var lengths: [UInt8] = []
  /// Of name parts: whether there is a blank in it.
  var blanks: [Bool] = []
  /// Numbers of the names that a given name may be short for, by value: `formalNames[formalStarts[v]..<formalStarts[v + 1]]`.
  var formalNames: [UInt16] = []
  var formalStarts: [Int32] = []
  var names: WholeNames?

  @inline(__always)
  func hasWords(_ value: Int32) -> Bool { blanks[Int(value)] }

  @inline(__always)
  func formals(_ value: Int32) -> ArraySlice<UInt16> {
    formalNames[Int(formalStarts[Int(value)])..<Int(formalStarts[Int(value) + 1])]
  }
}

/// Whole names of persons, ready to be compared and to give blocking keys.
struct WholeNames: Sendable {
  let comparison: NameComparison
  let keys: NameKeys
  let parts: NameParts
  /// Whether there are names with and without Chinese characters, a hundredth of the values at least.
  let areMixed: Bool

  /// Whether one of two names has Chinese characters and the other has not.
  @inline(__always)
  func areAcross(_ a: Int32, _ b: Int32) -> Bool { parts.hasCharacters[Int(a)] != parts.hasCharacters[Int(b)] }

  init(_ values: ValueUnits) {
    var texts = ValueTexts()
    for value in 0..<Int32(values.count) { texts.append(values.string(value)) }
    var vocabulary = NameVocabulary()
    let features = NameFeatures(texts, vocabulary: &vocabulary)
    comparison = NameComparison(features, vocabulary: vocabulary)
    keys = NameKeys(features, vocabulary: vocabulary)
    parts = NameParts(features)
    let with = parts.hasCharacters.count { $0 }
    areMixed = min(with, values.count - with) * 100 > values.count
  }
}

/// Numbers distinct folded texts of one or several columns.
struct FieldInterner {
  let interner = ByteInterner(capacity: 1 << 12)
  private var folded: [UInt16] = []

  /// By value of a column: its number here, -1 where nothing is left of it.
  mutating func numbers(of column: InternedColumn, kind: FieldKind) -> [Int32] {
    var result = [Int32](repeating: -1, count: column.valueCount)
    for value in 0..<column.valueCount where column.counts[value] > 0 {
      folded.removeAll(keepingCapacity: true)
      column.texts.withBytes(Int32(value)) { Self.fold($0, kind: kind, into: &folded) }
      if folded.isEmpty { continue }
      result[value] = folded.withUnsafeBytes { interner.intern($0) }
    }
    return result
  }

  static func fold(_ bytes: UnsafeRawBufferPointer, kind: FieldKind, into units: inout [UInt16]) {
    switch kind {
    case .email: TextFold.foldKeepingPunctuation(bytes, into: &units)
    case .date:
      for byte in bytes { units.append(UInt16(byte)) }
      DateParts.standardise(&units)
    case .place, .number: for byte in bytes { units.append(UInt16(byte)) }
    case .list: TextFold.foldKeepingPunctuation(bytes, into: &units)
    // Capitals and punctuation say which part of a name is what.
    case .wholeName: units.append(contentsOf: String(decoding: bytes, as: UTF8.self).utf16)
    case .phone:
      for byte in bytes where byte &- 48 <= 9 { units.append(UInt16(byte)) }
    case .code, .postcode:
      TextFold.fold(bytes, into: &units)
      units.removeAll { $0 == 32 }
    default: TextFold.fold(bytes, into: &units)
    }
  }

  func values() -> ValueUnits {
    var values = ValueUnits()
    values.units.reserveCapacity(interner.byteCount / 2)
    values.starts.reserveCapacity(interner.count + 1)
    for number in 0..<Int32(interner.count) { values.append(interner.bytes(number).bindMemory(to: UInt16.self)) }
    return values
  }
}

extension Field {
  /// Fields of a plan, in its order.
  static func prepare(_ records: RecordSet, _ matching: Matching, threads: Int) -> [Field] {
    let partners = Dictionary(matching.swappable.map { ($0.family, $0.given) }, uniquingKeysWith: { a, _ in a })
    var groups: [[Int]] = []
    var groupOf: [String: Int] = [:]
    for (index, plan) in matching.fields.enumerated() {
      if let partner = partners[plan.id], let group = groupOf[partner] {
        groups[group].append(index)
        continue
      }
      groupOf[plan.id] = groups.count
      groups.append([index])
    }
    let plans = groups.map { $0.map { matching.fields[$0] } }
    let prepared = Parallel.map(plans.count, threads: threads) { prepare(plans[$0], records) }
    var result = [Field?](repeating: nil, count: matching.fields.count)
    for (group, fields) in zip(groups, prepared) {
      for (index, field) in zip(group, fields) { result[index] = field }
    }
    return result.map { $0! }
  }

  /// Fields with one numbering of their values.
  private static func prepare(_ plans: [Matching.FieldPlan], _ records: RecordSet) -> [Field] {
    var interner = FieldInterner()
    var codes: [[Int32]] = []
    for plan in plans {
      let column = joined(plan, records)
      let numbers = interner.numbers(of: column, kind: plan.kind)
      codes.append(column.codes.map { $0 < 0 ? -1 : numbers[Int($0)] })
    }
    let values = interner.values()
    let features = ValueFeatures(values, plans[0].kind)
    return zip(plans, codes).map { plan, codes in
      var counts = [Int32](repeating: 0, count: values.count)
      var known = 0
      for code in codes where code >= 0 {
        counts[Int(code)] += 1
        known += 1
      }
      return Field(plan: plan, codes: codes, values: values, counts: counts, known: known, features: features)
    }
  }

  /// The columns of a field as one.
  private static func joined(_ plan: Matching.FieldPlan, _ records: RecordSet) -> InternedColumn {
    let columns = plan.columns.map { name -> InternedColumn in
      guard let column = records.column(named: name) else { preconditionFailure("no column \(name)") }
      return column
    }
    if columns.count == 1 { return columns[0] }
    let separator = plan.kind == .date ? "-" : plan.kind == .place ? "," : " "
    var numbers: [[Int32]: Int32] = [:]
    var texts = ValueTexts()
    let codes = (0..<records.count).map { record -> Int32 in
      let key = columns.map { $0.codes[record] }
      if let number = numbers[key] { return number }
      let parts = zip(columns, key).map { $1 < 0 ? "" : $0.texts[$1] }
      let isMissing = plan.kind == .date || plan.kind == .place ? parts.contains("") : parts.allSatisfy(\.isEmpty)
      let number: Int32 = isMissing ? -1 : Int32(texts.count)
      if !isMissing {
        texts.append(
          plan.kind == .date ? Self.dateText(parts) : parts.filter { !$0.isEmpty }.joined(separator: separator))
      }
      numbers[key] = number
      return number
    }
    return InternedColumn(name: plan.id, codes: codes, texts: texts)
  }

  /// `1949-07-22` of year, month and day.
  private static func dateText(_ parts: [String]) -> String {
    parts.enumerated().map { index, part in
      let width = index == 0 ? 4 : 2
      return String(repeating: "0", count: max(0, width - part.utf8.count)) + part
    }.joined(separator: "-")
  }
}
