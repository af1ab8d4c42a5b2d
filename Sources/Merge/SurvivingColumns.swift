import Basics
import Columns
import Definition

/// Writes the surviving values of one attribute into the profiles, and where they came from into the provenance.
struct SurvivingColumns {
  let attribute: Attribute
  private let builders: [ColumnBuilder]
  private let record: ColumnBuilder
  private let rivals: ColumnBuilder
  /// By column and code of the party table: the code in the profiles, -1 until it is first needed.
  private var codes: [[Int32]]

  init(_ attribute: Attribute, _ rule: AttributeRule, profiles: TableWriter, provenance: TableWriter) {
    self.attribute = attribute
    builders = rule.columns.map { profiles.column($0) }
    record = provenance.column("\(rule.columns[0])_record")
    rivals = provenance.column("\(rule.columns[0])_rivals")
    codes = attribute.columns.map { [Int32](repeating: -1, count: $0.column.dictionary.count) }
  }

  mutating func append(_ choice: Survivorship.Choice) {
    let row = Int(choice.row)
    for index in builders.indices {
      let source = attribute.columns[index]
      let builder = builders[index]
      if row < 0 || source.column.isNull(row) {
        builder.appendNull()
        continue
      }
      switch source.kind {
      case .number: builder.append(source.column.integer(row))
      case .text: builder.append(utf8: source.column.bytes(row))
      case .code:
        let code = Int(source.column.code(row))
        if codes[index][code] < 0 { codes[index][code] = builder.intern(source.column.dictionary[code]) }
        builder.append(code: codes[index][code])
      }
    }
    appendProvenance(choice)
  }

  /// For the rule union, whose value stands in no single record.
  mutating func append(_ choice: Survivorship.Choice, union: [UInt8]) {
    union.withUnsafeBytes { union.isEmpty ? builders[0].appendNull() : builders[0].append(utf8: $0) }
    appendProvenance(choice)
  }

  private func appendProvenance(_ choice: Survivorship.Choice) {
    if choice.row < 0 { record.appendNull() } else { record.append(Int64(choice.row)) }
    rivals.append(Int64(choice.rivals))
  }
}
