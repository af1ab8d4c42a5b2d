import Basics

/// What the parts read so far declare; nil where a part could not be read, so that nothing is checked against it.
struct Declared {
  /// In declared order, also those whose file is wrong.
  var sourceIds: [String]?
  /// Of the sources whose kind could be read.
  var kinds: [String: RecordKind] = [:]
  var sources: [SourceDefinition] = []
  var products: [Product]?
  var conventions = Conventions.chinese
  /// Decimals of amounts in the pipeline's currency.
  var decimals = 2
  var merge: MergeDefinition?
  var tag: TagDefinition?

  /// Reports a word that names no source, or one of another kind than is wanted.
  func checkSource(_ word: Word, holds kind: RecordKind, problems: ProblemCollector) {
    guard let sourceIds else { return }
    guard sourceIds.contains(word.text) else {
      let valid = sourceIds.filter { kinds[$0] == kind }
      problems.reportUnknown(word, "unknown_source", "no such source is listed in pipeline.yaml", valid: valid)
      return
    }
    guard let found = kinds[word.text], found != kind else { return }
    problems.report(
      "wrong_kind", "the source \(word.text) is of the wrong kind", at: word.place, found: found.rawValue,
      expected: kind.rawValue)
  }

  /// The codes that sources can put into a column, or nil where some source takes any value.
  func codes(of column: RecordKind.Column, in kind: RecordKind) -> [String]? {
    if !column.values.isEmpty { return column.values }
    if column.name == "product" { return products?.map(\.code) }
    var codes: Set<String> = []
    for source in sources where source.kind == kind {
      for constant in source.constants where constant.column == column.name { codes.insert(constant.value) }
      for field in source.fields where field.to == column.name {
        if field.codes.isEmpty { return nil }
        codes.formUnion(field.codes.map(\.to))
        if let other = field.otherCode { codes.insert(other) }
      }
    }
    // Without a source of this kind nothing is known; a source whose file is wrong may have declared any code.
    return codes.isEmpty || kinds.count != sourceIds?.count ? nil : codes.sorted()
  }
}
