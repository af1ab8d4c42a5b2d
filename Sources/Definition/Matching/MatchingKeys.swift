import Linkage

extension KeyTable {
  /// matching.yaml
  static let matching = KeyTable(
    "a matching",
    [
      .needed("fields", .list(.part(matchingField)), "what is compared"),
      .optional(
        "swappable", .list(.list(.text)), "none", "given and family names that may stand in one another's place"),
      .optional(
        "blocking", .list(.pairs("field: part", .either([.text, .list(.text)]))), "every pair",
        "which pairs are compared"),
      .optional("largest_block", .wholeNumber(2...1_000_000), "2000", "records that may agree in one key"),
      .optional("threshold", .form("bits", "^-?[0-9]+(\\.[0-9]+)?$"), "the best", "average weight of what is joined"),
      .optional(
        "sources_without_duplicates", .either([.choice(["auto"]), .list(.text)]), "`auto`",
        "sources that hold everybody once"),
    ])

  static let matchingField = KeyTable(
    "a field of evidence",
    [
      .needed("id", .text, "by which rules name it"),
      .needed("columns", .list(.text), "of which it is made, in this order"),
      .needed("kind", .choice(FieldKind.self), "how its values are compared"),
      .optional("group", .choice(FieldGroup.allCases.map(\.word)), "`other`", "fields that change together"),
      .optional("shared", .boolean, "`false`", "whether people of one household usually have the same value"),
    ])
}
