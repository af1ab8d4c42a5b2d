import Basics

/// JSON Schema (draft 2020-12) of definition files, for editors that complete and check YAML.
///
/// It says what each key may hold; what keys mean together only `guiyi check` knows.
public enum DefinitionSchema {
  /// The files that have a schema: those of a pipeline's folder, `source` for `sources/<id>.yaml`, and `matching` for
  /// `matching.yaml`.
  public static let names = tables.map(\.name)

  static let tables: [(name: String, table: KeyTable)] = [
    ("pipeline", .pipeline), ("source", .source), ("resolve", .resolve), ("merge", .merge), ("tags", .tags),
    ("broadcast", .broadcast), ("campaign", .campaign), ("matching", .matching),
  ]

  /// Indented JSON, or nil for a name that is not among `names`.
  public static func text(of name: String) -> String? {
    guard let table = tables.first(where: { $0.name == name })?.table else { return nil }
    let parts = table.partsBelow.map { part in (part.schemaName, part.schema) }
    let head: [(key: String, value: JSON)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string("guiyi: \(table.title)")),
    ]
    let definitions: [(key: String, value: JSON)] = parts.isEmpty ? [] : [("$defs", .object(parts))]
    return JSON.object(head + table.members + definitions).pretty
  }
}

extension KeyTable {
  /// The parts that stand under its keys, and under theirs, each once.
  var partsBelow: [KeyTable] {
    var parts: [KeyTable] = []
    func add(_ table: KeyTable) {
      for part in table.keys.flatMap(\.shape.parts) where !parts.contains(where: { $0.title == part.title }) {
        parts.append(part)
        add(part)
      }
    }
    add(self)
    return parts
  }

  fileprivate var schema: JSON { .object(members) }

  fileprivate var schemaName: String { title.replacing(" ", with: "_") }

  fileprivate var members: [(key: String, value: JSON)] {
    let needed = keys.filter(\.isNeeded).map(\.name)
    return [
      ("type", .string("object")), ("properties", .object(keys.map { ($0.name, $0.schema) })),
      ("required", .strings(needed)), ("additionalProperties", .bool(false)),
    ]
  }
}

extension KeyTable.Key {
  fileprivate var schema: JSON {
    var members: [(key: String, value: JSON)] = [("description", .string(plainMeaning))]
    if let fallback { members.append(("default", fallback)) }
    return .object(members + shape.members)
  }

  /// Without links into docs/formats.md.
  private var plainMeaning: String {
    let text = meaning.replacing(/\[([^\]]+)\]\(#[^)]*\)/) { String($0.1) }.replacing("; see below", with: "")
    return text == "see below" ? name : text
  }

  /// The value that holds where the key is left out, where it is one word or number.
  private var fallback: JSON? {
    if let number = Int(absence) { return .integer(number) }
    guard absence.count > 2, absence.hasPrefix("`"), absence.hasSuffix("`"), !absence.hasPrefix("`{"),
      !absence.hasPrefix("`[")
    else { return nil }
    let text = absence.dropFirst().dropLast()
    if text == "true" || text == "false" { return .bool(text == "true") }
    let isQuoted = text.count > 2 && (text.hasPrefix("\"") || text.hasPrefix("'"))
    return .string(String(isQuoted ? text.dropFirst().dropLast() : text))
  }
}

extension KeyTable.Shape {
  fileprivate var parts: [KeyTable] {
    switch self {
    case .part(let table): [table]
    case .list(let shape), .pairs(_, let shape), .called(_, let shape): shape.parts
    case .either(let shapes): shapes.flatMap(\.parts)
    default: []
    }
  }

  /// YAML reads a text without quotes as a number or a truth value where it looks like one.
  private static let scalar = JSON.strings(["string", "number", "boolean"])

  fileprivate var members: [(key: String, value: JSON)] {
    switch self {
    case .text: return [("type", Self.scalar)]
    case .name: return [("type", .string("string")), ("pattern", .string("^[a-z][a-z0-9_]*$"))]
    case .form(_, let expression): return [("type", Self.scalar), ("pattern", .string(expression))]
    case .wholeNumber(let range): return [("type", .string("integer"))] + Self.bounds(range)
    case .boolean: return [("type", .string("boolean"))]
    case .decimal: return [("type", .string("string")), ("pattern", .string("^[0-9]+(\\.[0-9]+)?$"))]
    case .choice(let values): return [("enum", .strings(values))]
    case .bilingual: return KeyTable.bilingual("").members
    case .list(let shape): return [("type", .string("array")), ("items", .object(shape.members))]
    case .pairs(_, let shape):
      return [("type", .string("object")), ("additionalProperties", .object(shape.members))]
    case .part(let table): return [("$ref", .string("#/$defs/" + table.schemaName))]
    case .either(let shapes): return [("anyOf", .array(shapes.map { .object($0.members) }))]
    case .called(_, let shape): return shape.members
    }
  }

  private static func bounds(_ range: ClosedRange<Int>) -> [(key: String, value: JSON)] {
    if range == Int.min...Int.max { return [] }
    return [("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound))]
  }
}
