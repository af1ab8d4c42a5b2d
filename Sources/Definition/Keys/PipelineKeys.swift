extension KeyTable {
  /// pipeline.yaml
  static let pipeline = KeyTable(
    "a pipeline",
    [
      .needed("pipeline", .name, "names the pipeline in manifests"),
      .needed("title", .bilingual, "what people call it"),
      .needed("time_zone", .form("IANA name", "^[A-Za-z][A-Za-z0-9_+/-]*$"), "the zone in which dates are meant"),
      .needed("currency", .form("ISO 4217", "^[A-Z]{3}$"), "the currency of every amount that is added up"),
      .needed(
        "extracts", .form("path", "."),
        "where the systems deliver, relative to the pipeline's folder; `--extracts` overrides it"),
      .needed("products", .form("path", "."), "the product catalogue, relative to the pipeline's folder"),
      .needed(
        "sources", .list(.name), "one file each in `sources/`; this order is the order of records everywhere"),
      .optional(
        "rates", .pairs("currency: rate", .decimal("rate")), "none",
        "what one unit of a foreign currency is worth in `currency`"),
    ] + conventionKeys)
}
