import Basics
import Columns
import Definition
import Extracts
import Standards

/// How the records of one extract become rows: made once the extract's columns are known, then shared by all threads.
final class SourcePlan: Sendable {
  let source: SourceDefinition
  let businessDate: CalendarDate
  let schema: TableSchema
  /// In reading order: types of party and document and currencies first, as names, numbers and amounts are read by them.
  let converters: [FieldConverter]
  /// The codes that each column of the table begins with in every batch.
  let firstCodes: [[String]]
  /// Numbers of the converters whose values together stand once in the extract; none for deltas.
  let uniqueFields: [Int]
  /// Numbers of the converters of money, and of those with codes.
  let moneyFields: [Int]
  let codedFields: [Int]
  let delta: DeltaPlan?
  let party: PartyCompletion?
  let conventions: Conventions
  let decimals: RowDecimals
  /// In the order in which people are shown the fields of a record.
  let shownConverters: [FieldConverter]
  /// Columns with the same value in every row.
  let constants: [(column: Int, value: Constant)]
  /// Nil where no column is kept that the definition does not know.
  let extra: ExtraColumns?
  /// Columns that nothing fills.
  let unfilled: [Int]

  enum Constant: Sendable {
    case code(Int32)
    case boolean(Bool)
    case date(Int32)
  }

  /// Columns of the place, in front of the kind's own.
  enum PlaceColumn { static let source = 0, line = 1, offset = 2, delivered = 3 }

  /// - Parameters:
  ///   - positions: where the columns of the extract stand in its records.
  ///   - extra: the columns that are kept beside the part.
  /// - Throws: `bad_constant`.
  init(
    _ order: IngestOrder, businessDate: CalendarDate, positions: [String: Int], extra: ExtraColumns? = nil
  ) throws(Problem) {
    let source = order.source
    self.extra = order.extraPath == nil ? nil : extra
    self.source = source
    conventions = order.conventions
    self.businessDate = businessDate
    let schema = CanonicalTable.schema(of: source.kind)
    var codes = [[String]](repeating: [], count: schema.columns.count)
    codes[PlaceColumn.source] = [source.id]
    var converters: [FieldConverter] = []
    for field in Self.inReadingOrder(source.fields) {
      guard let column = schema.index(of: field.to) else { continue }
      // A field that an extract may lack leaves its column empty.
      if !field.origins.contains(where: { positions[$0] != nil }) { continue }
      converters.append(
        FieldConverter(
          field, number: converters.count, column: column, positions: positions, businessDate: businessDate,
          conventions: order.conventions, firstCodes: &codes[column]))
    }
    var constants: [(column: Int, value: Constant)] = []
    for (name, text) in source.constants {
      guard let column = schema.index(of: name) else { continue }
      constants.append((column, try Self.constant(text, schema.columns[column], source, &codes[column])))
    }
    delta = DeltaPlan(source, positions)
    party =
      source.kind == .party
      ? PartyCompletion(schema: schema, documents: order.conventions.documents, firstCodes: &codes) : nil
    decimals = RowDecimals(schema: schema, conventions: order.conventions, own: order.decimals)
    shownConverters = Self.inOrder(source.fields, first: Self.typeColumns).compactMap { field in
      converters.first { $0.field.to == field.to }
    }
    let isUnique: (FieldConverter) -> Bool = { converter in
      source.unique.isEmpty ? converter.field.to == "key" : source.unique.contains(converter.field.from)
    }
    uniqueFields = converters.filter(isUnique).map(\.number)
    moneyFields = converters.filter { $0.field.type == .money }.map(\.number)
    codedFields = converters.filter { !$0.field.codes.isEmpty }.map(\.number)
    let filled = converters.map(\.column) + constants.map(\.column) + (party.map { [$0.notes] } ?? [])
    unfilled = (RecordKind.placeColumns.count..<schema.columns.count).filter { !filled.contains($0) }
    self.schema = schema
    self.converters = converters
    self.constants = constants
    firstCodes = codes
  }

  private static let typeColumns = ["party_type", "document_type"]

  /// The declared order, but for types of party and document and currencies: how names, numbers and amounts are read
  /// depends on them.
  private static func inReadingOrder(_ fields: [FieldDefinition]) -> [FieldDefinition] {
    inOrder(fields, first: typeColumns + ["currency"])
  }

  private static func inOrder(_ fields: [FieldDefinition], first: [String]) -> [FieldDefinition] {
    fields.filter { first.contains($0.to) } + fields.filter { !first.contains($0.to) }
  }

  private static func constant(
    _ text: String, _ column: ColumnSpec, _ source: SourceDefinition, _ codes: inout [String]
  ) throws(Problem) -> Constant {
    switch column.type {
    case .code: return .code(FirstCodes.number(of: text, in: &codes))
    case .boolean: return .boolean(text == "true")
    case .date: if let date = CalendarDate(text) { return .date(date.days) }
    default: break
    }
    throw Problem(
      "bad_constant", "a constant can fill code, boolean and date columns only", at: source.place, found: column.name)
  }
}

/// How the records of a delta are told apart.
struct DeltaPlan: Sendable {
  enum Change { case insert, update, delete }

  let mark: DeltaMark
  let position: Int
  private let words: WordTable
  private let changes: [Change]

  /// Nil for other sources.
  init?(_ source: SourceDefinition, _ positions: [String: Int]) {
    guard case .delta(let mark, _) = source.load, let position = positions[mark.field] else { return nil }
    self.mark = mark
    self.position = position
    words = WordTable(mark.inserts + mark.updates + mark.deletes)
    changes =
      mark.inserts.map { _ in .insert } + mark.updates.map { _ in .update } + mark.deletes.map { _ in .delete }
  }

  /// Nil for a mark that is not declared.
  func change(_ record: Record) -> Change? {
    let number = words.number(of: FieldConverter.trimmed(record.field(position)))
    return number < 0 ? nil : changes[Int(number)]
  }

  var expectation: String { "one of " + (mark.inserts + mark.updates + mark.deletes).joined(separator: ", ") }
}
