/// The keys that one part of a definition may have: what its reader accepts, what `guiyi schema` writes and what
/// docs/formats.md lists.
struct KeyTable: Sendable {
  /// What messages call the part, with its article: `a source`.
  let title: String
  /// In the order of messages and documents.
  let keys: [Key]

  struct Key: Sendable {
    let name: String
    let shape: Shape
    let isNeeded: Bool
    /// What holds where the key is left out, as the document says it.
    let absence: String
    /// For people, in Markdown.
    let meaning: String

    static func needed(_ name: String, _ shape: Shape, _ meaning: String) -> Key {
      Key(name: name, shape: shape, isNeeded: true, absence: "needed", meaning: meaning)
    }

    /// - Parameter absence: in Markdown: a value, `none`, or when the key is needed after all.
    static func optional(_ name: String, _ shape: Shape, _ absence: String, _ meaning: String) -> Key {
      Key(name: name, shape: shape, isNeeded: false, absence: absence, meaning: meaning)
    }
  }

  init(_ title: String, _ keys: [Key]) {
    self.title = title
    self.keys = keys
  }

  /// - Parameter key: that the texts stand under.
  static func bilingual(_ key: String) -> KeyTable {
    KeyTable(key, [.needed("zh", .text, "in Chinese"), .needed("en", .text, "in English")])
  }

  /// What may stand under a key.
  indirect enum Shape: Sendable {
    case text
    /// Small letters, digits and `_`, beginning with a letter.
    case name
    /// A text of a certain form.
    /// - Parameters:
    ///   - meaning: what documents call it.
    ///   - expression: an ECMA-262 regular expression that it matches; a text that matches may still be wrong.
    case form(_ meaning: String, _ expression: String)
    case wholeNumber(ClosedRange<Int>)
    case boolean
    /// An exact decimal in quotes.
    case decimal(_ meaning: String)
    case choice([String])
    case bilingual
    case list(Shape)
    /// Any keys, with values of one shape.
    /// - Parameter meaning: what documents call it: `column: value`.
    case pairs(_ meaning: String, Shape)
    case part(KeyTable)
    case either([Shape])
    /// A shape that documents call otherwise, as where it is too long for a table.
    case called(String, Shape)

    static func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Shape
    where Choice.RawValue == String {
      .choice(Choice.allCases.map(\.rawValue))
    }
  }
}
