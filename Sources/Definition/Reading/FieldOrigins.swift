import Basics

/// What a field of an extract may be called, by the extract's format.
struct FieldOrigins {
  let format: ExtractFormat
  let problems: ProblemCollector

  func check(_ word: Word, under key: String = "from") {
    switch format {
    case .delimited(let layout):
      if !layout.columns.isEmpty { check(word, among: layout.columns) }
    case .fixed(let layout):
      if !layout.columns.isEmpty { check(word, among: layout.columns.map(\.name)) }
    case .xml(let layout): checkElements(word, key, layout)
    case .jsonLines:
      if word.text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) { return }
      problems.report(
        "bad_path", "\(key) is not a path relative to the record", at: word.place, found: "\"\(word.text)\"",
        expected: "names joined with /: customer/name")
    }
  }

  private func check(_ word: Word, among names: [String]) {
    if names.contains(word.text) { return }
    problems.reportUnknown(word, "unknown_field", "the source's columns have no such name", valid: names)
  }

  private func checkElements(_ word: Word, _ key: String, _ layout: ElementLayout) {
    // Where the record's path is wrong, its depth is not known.
    let depth = layout.record.isEmpty ? Int.max : XMLPath(layout.record)?.steps.count ?? Int.max
    guard let path = XMLPath(word.text), path.isOfField(inDepth: depth) else {
      problems.report(
        "bad_path", "\(key) is not a path relative to the record", at: word.place, found: "\"\(word.text)\"",
        expected: "a path such as @id, visitor/name, phone[2] or ../@code")
      return
    }
    path.checkPrefixes(of: word, declared: layout.namespaces.map(\.prefix), problems)
  }
}
