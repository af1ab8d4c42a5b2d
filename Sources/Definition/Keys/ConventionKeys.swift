import Standards

extension KeyTable {
  static let document = KeyTable(
    "a document type",
    [
      .needed("document", .name, "the value of the column `document_type`"),
      .optional(
        "pattern", .text, "needed without a checksum",
        "what the whole number looks like, in capitals and without blanks, dashes and brackets; a "
          + "[text pattern](#text-patterns)"),
      .optional("checksum", .choice(Checksum.self), "`none`", "the check that the number has to pass"),
      .optional(
        "checksum_failure", .choice(DocumentKind.ChecksumFailure.self), "`doubt`",
        "what a number is worth that fails it: as much as any other, with a note; it is shown and identifies nobody; it is "
          + "no value"),
      .optional(
        "derives", .list(.choice(DocumentKind.Derivation.self)), "none",
        "what is read from a number by gb11643 where the source does not say it"),
    ])

  static let phonePlan = KeyTable(
    "a phone plan",
    [
      .needed("country", .form("digits", "^[0-9]{1,3}$"), "the country code"),
      .needed(
        "national", .text,
        "what a national mobile number looks like, without prefixes; a [text pattern](#text-patterns)"),
      .optional("trunk", .form("digits", "^[0-9]{1,4}$"), "none", "what is dialled before a national number"),
      .optional(
        "international", .list(.form("digits", "^[0-9]{1,5}$")), "`[\"00\"]`",
        "what is dialled before a country code; counts in the first plan"),
      .optional(
        "placeholders", .list(.form("digits", "^[0-9]{1,15}$")), "none", "numbers that people give who have none"),
    ])

  /// Keys of pipeline.yaml.
  static let conventionKeys: [Key] = [
    .optional(
      "conventions", .choice(Conventions.Preset.self), "`cn`",
      "what the next keys begin with: mainland China, or no country, where `documents` and `phones` are needed"),
    .optional("documents", .list(.part(.document)), "by `conventions`", "the types of identity documents"),
    .optional(
      "phones", .list(.part(.phonePlan)), "by `conventions`",
      "how mobile numbers are written; the first plan is the country's own"),
    .optional(
      "currencies", .pairs("currency: 0 to 4", .wholeNumber(0...4)), "by ISO 4217",
      "decimals of amounts in a currency, where they are not those of the standard"),
    .optional(
      "name_order", .choice(PersonName.Order.self), "by `conventions`",
      "how Latin names are written whose parts are told apart by a comma; China has the family name first"),
    .optional(
      "address_divisions", .choice(Conventions.AddressDivisions.self), "by `conventions`",
      "whether names of Chinese provinces, cities and districts are written in full in addresses"),
  ]
}
