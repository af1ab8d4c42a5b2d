import Basics
import Columns
import Definition
import Standards

/// A template cut into literal texts and the columns between them.
struct TemplateText: Equatable {
  enum Part: Equatable {
    case literal(String)
    case column(String)
  }

  var parts: [Part] = []

  /// What is sent: for text messages the signature comes first.
  init(_ template: TemplateDefinition) {
    var literal = template.channel == .sms ? TextMessage.opening(template.signature) : ""
    var rest = Substring(template.text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      literal += rest[..<open]
      if template.variables.contains(name) {
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(.column(name))
      } else {
        literal += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    literal += rest
    if !literal.isEmpty { parts.append(.literal(literal)) }
  }

  var columns: [String] {
    parts.compactMap { if case .column(let name) = $0 { name } else { nil } }
  }

  /// Everything that is the same for all customers.
  var literals: String {
    parts.compactMap { if case .literal(let text) = $0 { text } else { nil } }.joined()
  }
}

/// A template with the columns of tonight's customers in its gaps.
struct BoundTemplate {
  private enum Part {
    case literal([UInt8])
    case column(Column)
  }

  private var parts: [Part] = []
  private let decimals: Int

  /// - Parameters:
  ///   - decimals: of amounts of money.
  ///   - constants: columns of the customer row that have one value for all.
  ///   - column: finds a column of the customer row.
  init(
    _ text: TemplateText, constants: [String: String], decimals: Int, column: (String) throws(Problem) -> Column
  ) throws(Problem) {
    self.decimals = decimals
    for part in text.parts {
      switch part {
      case .literal(let literal): parts.append(.literal(Array(literal.utf8)))
      case .column(let name):
        if let constant = constants[name] {
          parts.append(.literal(Array(constant.utf8)))
        } else {
          parts.append(.column(try column(name)))
        }
      }
    }
  }

  /// Appends the text for a customer.
  /// - Returns: the name of the first column that has no value for the customer; the text is then incomplete.
  func append(_ row: Int, to output: inout [UInt8]) -> String? {
    for part in parts {
      switch part {
      case .literal(let bytes): output.append(contentsOf: bytes)
      case .column(let column):
        let start = output.count
        if !column.isNull(row) { column.append(row, to: &output, decimals: decimals) }
        // An empty text is no more to be read than none.
        if output.count == start { return column.spec.name }
      }
    }
    return nil
  }
}

extension Column {
  /// Appends a value that is not null as people read it: `2026-11-20`, `123.45`.
  func append(_ row: Int, to output: inout [UInt8], decimals: Int) {
    switch spec.type {
    case .utf8, .code: output.append(contentsOf: bytes(row))
    case .date: CalendarDate(days: Int32(integer(row))).append(to: &output)
    case .money: Money(minorUnits: integer(row)).append(to: &output, decimals: decimals)
    case .boolean, .int8, .int16, .int32, .int64, .timestamp: output.append(contentsOf: text(row).utf8)
    }
  }
}
