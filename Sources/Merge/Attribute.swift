import Basics
import Columns
import Definition
import Standards

/// One attribute of the merge definition, made ready for the party table.
struct Attribute {
  let rule: SurvivorshipRule
  let columns: [PartyColumn]
  /// By code of the source: 0 for the most trusted.
  let ranks: [Int32]
  /// A record with any of these notes gives its value only where there is no other.
  let avoided: StandardNotes
  /// By code of the source: the columns (as bits) of which one must be filled for the record to be looked at. A column
  /// that is the same in all records of a source says nothing about one of them.
  let telling: [UInt32]

  init(_ rule: AttributeRule, party: Table, pipeline: PipelineDefinition) throws(Problem) {
    self.rule = rule.rule
    var columns: [PartyColumn] = []
    for name in rule.columns { columns.append(PartyColumn(try party.column(name))) }
    self.columns = columns
    if rule.rule == .union, columns.count > 1 || columns[0].kind == .number {
      throw Problem(
        "union_of_no_text", "the rule union joins the values of one column of texts", at: rule.place,
        found: rule.columns.joined(separator: ", "), expected: "one column of type text or code",
        advice: "Choose another rule for this attribute")
    }
    let sources = try party.column("source").dictionary
    let order = Self.trust(rule, pipeline)
    ranks = sources.map { source in Int32(order.firstIndex(of: source) ?? order.count) }
    avoided = rule.avoid.reduce(into: []) { $0.formUnion($1.notes) }
    telling = sources.map { source in
      let constants = pipeline.source(source)?.constants.map(\.column) ?? []
      let telling = rule.columns.indices.filter { !constants.contains(rule.columns[$0]) }
      return (telling.isEmpty ? Array(rule.columns.indices) : telling).reduce(0) { $0 | 1 << UInt32($1) }
    }
  }

  /// Sources from the most trusted: the attribute's own, then the pipeline's priority, then the declared order.
  private static func trust(_ rule: AttributeRule, _ pipeline: PipelineDefinition) -> [String] {
    var order: [String] = []
    for source in rule.priority + pipeline.merge.priority + pipeline.sources.map(\.id) where !order.contains(source) {
      order.append(source)
    }
    return order
  }

  /// Which columns of a record are filled, as bits.
  func filled(_ row: Int) -> UInt32 {
    var bits: UInt32 = 0
    for index in columns.indices where !columns[index].column.isNull(row) { bits |= 1 << UInt32(index) }
    return bits
  }

  func areEqual(_ a: Int, _ b: Int) -> Bool {
    for column in columns where !column.areEqual(a, b) { return false }
    return true
  }
}

extension Unfitness {
  /// The notes of standardisation that say so.
  var notes: StandardNotes {
    switch self {
    case .standIn: .standIn
    case .latin: .latinName
    case .placeholder: .placeholder
    case .checksumFailed: .checksumFailed
    }
  }
}

/// A column of the party table, and how its values are compared.
struct PartyColumn {
  enum Kind { case number, text, code }

  let column: Column
  let kind: Kind

  init(_ column: Column) {
    self.column = column
    switch column.spec.type {
    case .utf8: kind = .text
    case .code: kind = .code
    case .boolean, .int8, .int16, .int32, .int64, .date, .timestamp, .money: kind = .number
    }
  }

  /// Whether two records hold the same value, or both none.
  func areEqual(_ a: Int, _ b: Int) -> Bool {
    switch kind {
    case .code: return column.code(a) == column.code(b)
    case .number: return column.integer(a) == column.integer(b) && column.isNull(a) == column.isNull(b)
    case .text:
      let (x, y) = (column.bytes(a), column.bytes(b))
      return x.count == y.count && x.elementsEqual(y)
    }
  }

  /// Numbers by size, texts by their bytes.
  func isLess(_ a: Int, _ b: Int) -> Bool {
    kind == .number ? column.integer(a) < column.integer(b) : column.bytes(a).lexicographicallyPrecedes(column.bytes(b))
  }

  /// Characters of a text; 0 for numbers.
  func length(_ row: Int) -> Int32 {
    if kind == .number { return 0 }
    return column.bytes(row).reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}
