/// The files that say how records become customers.
extension KeyTable {
  /// resolve.yaml
  static let resolve = KeyTable(
    "the resolve definition",
    [
      .needed(
        "rules", .list(.part(joinRule)),
        "tried in this order; the first that joins two records is recorded as the cause"),
      .needed(
        "max_people_per_mobile", .wholeNumber(1...1_000),
        "a mobile that stands with more different names is a shared line and joins nobody"),
      .optional("linkage", .part(linkage), "rules only", "how a stored model links what no rule joins"),
    ])

  static let linkage = KeyTable(
    "the linkage",
    [
      .needed("matching", .text, "the file that says what is compared, as `guiyi train` or `guiyi link` writes it"),
      .needed(
        "model", .text, "the file with what was learnt, as `guiyi train` writes it; it is never changed by a run"),
      .optional(
        "join_from", bits, "the matching's `threshold`, else the model's `cluster_threshold` and at least 8",
        "the weight, in bits, from which on customers are joined"),
      .optional("review_from", bits, "`0`", "pairs from this weight on that are not joined go to `resolve/review`"),
    ])

  private static let bits = Shape.form("bits", "^-?[0-9]+(\\.[0-9]+)?$")

  static let joinRule = KeyTable(
    "a join rule",
    [
      .needed("id", .name, "names the cause in `resolve/pairs`"),
      .needed(
        "equal", .list(.choice(IdentityField.self)),
        "all present and equal. It must hold `document`, or `mobile` together with `name` or `birth_date` here or in "
          + "`compatible`: a mobile passes to other people, and two people may share name and birthday"),
      .optional(
        "compatible", .called("the same", .list(.choice(IdentityField.self))), "none",
        "none of these may contradict; pinyin and lost characters do not"),
    ])

  /// merge.yaml
  static let merge = KeyTable(
    "the merge definition",
    [
      .needed("priority", .list(.name), "every source of parties, most trusted first; breaks every tie"),
      .needed(
        "attributes", .list(.part(attribute)),
        "in the order of the profile's columns; `name`, `birth_date`, `mobile`, `wecom_id` and `branch` must be among "
          + "them, since later stages look at them"),
      .needed(
        "aum", .part(aum),
        "assets under management: the balances of open holdings whose product has `in_aum` = yes, in the pipeline's "
          + "currency"),
    ])

  static let attribute = KeyTable(
    "an attribute",
    [
      .needed(
        "columns", .called("columns of party", .list(.name)), "all of them are taken from the record that wins"),
      .needed("rule", .called("see below", .choice(SurvivorshipRule.self)), "whose value survives"),
      .optional(
        "priority", .list(.name), "the pipeline's", "sources of parties in order of trust for this attribute"),
      .optional(
        "avoid", .list(.choice(Unfitness.self)), "none",
        "values taken only where there is no other: with `?` or □ for a lost character; a name in Latin letters; a "
          + "mobile that nobody has, such as 13800000000; a document number that fails its checksum"),
    ])

  static let aum = KeyTable(
    "the AUM rule",
    [
      .needed("holdings", .list(.name), "sources of holdings that count"),
      .needed(
        "known_when_in", .list(.name),
        "a customer with a record in one of these sources of parties has a known AUM (0.00 without holdings); others "
          + "have none, which is not zero"),
    ])
}
