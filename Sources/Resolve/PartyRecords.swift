import Basics
import Columns
import Definition
import Linkage

/// The party table as records to be linked.
enum PartyRecords {
  /// - Parameters:
  ///   - columns: names of columns of party records.
  ///   - mobiles: by row, -1 where the mobile is no evidence: shared lines and placeholders.
  ///   - sources: ids of the party sources, in the order of the table's parts.
  static func records(
    _ party: Table, columns: [String], mobiles: [Int32], sources: [String]
  ) throws(Problem) -> RecordSet {
    var interned: [InternedColumn] = []
    for name in columns {
      let column = try party.column(name)
      interned.append(
        name == "mobile" ? intern(column, where: { mobiles[$0] >= 0 }) : intern(column, where: { _ in true }))
    }
    let files = sources.enumerated().map { index, source in
      let end = index + 1 < party.partStarts.count ? party.partStarts[index + 1] : party.rowCount
      return RecordSet.File(name: source, recordCount: end - party.partStarts[index])
    }
    return RecordSet(files: files, columns: interned)
  }

  /// One pass; codes are taken as they stand, other values are numbered by their texts.
  private static func intern(_ column: Column, where isEvidence: (Int) -> Bool) -> InternedColumn {
    switch column.spec.type {
    case .code:
      var texts = ValueTexts()
      for text in column.dictionary { texts.append(text) }
      return InternedColumn(
        name: column.spec.name,
        codes: (0..<column.count).map { isEvidence($0) ? column.code($0) : -1 }, texts: texts)
    case .utf8:
      let texts = ByteInterner(capacity: column.count / 2)
      let codes = (0..<column.count).map { row -> Int32 in
        let bytes = column.bytes(row)
        return bytes.isEmpty || !isEvidence(row) ? -1 : texts.intern(bytes)
      }
      return InternedColumn(name: column.spec.name, codes: codes, texts: values(texts))
    default:
      return internNumbers(column, where: isEvidence)
    }
  }

  /// Dates and other numbers: the text of each is made once.
  private static func internNumbers(_ column: Column, where isEvidence: (Int) -> Bool) -> InternedColumn {
    var numbers: [Int64: Int32] = [:]
    var texts = ValueTexts()
    let codes = (0..<column.count).map { row -> Int32 in
      if column.isNull(row) || !isEvidence(row) { return -1 }
      let value = column.integer(row)
      if let number = numbers[value] { return number }
      let number = Int32(texts.count)
      numbers[value] = number
      texts.append(column.text(row))
      return number
    }
    return InternedColumn(name: column.spec.name, codes: codes, texts: texts)
  }

  private static func values(_ interner: ByteInterner) -> ValueTexts {
    var texts = ValueTexts()
    for number in 0..<Int32(interner.count) { texts.append(interner.bytes(number)) }
    return texts
  }
}

extension Matching {
  /// The columns that its fields are made of, each once, in the order of the fields.
  var columns: [String] {
    var names: [String] = []
    for name in fields.flatMap(\.columns) where !names.contains(name) { names.append(name) }
    return names
  }
}
