import Basics

/// Reads what is agreed about an extract: limits, columns, bad records, change.
struct ContractReader {
  let format: ExtractFormat
  let problems: ProblemCollector

  func limits(_ source: Section) -> ReadLimits {
    var limits = ReadLimits()
    guard let value = source["limits"], let section = Section(value, .limits) else { return limits }
    limits.fileBytes = section.integer("file_bytes") ?? limits.fileBytes
    limits.expansion = section.integer("expansion") ?? limits.expansion
    limits.recordBytes = section.integer("record_bytes") ?? limits.recordBytes
    limits.fieldBytes = section.integer("field_bytes") ?? limits.fieldBytes
    limits.quotedLines = section.integer("quoted_lines") ?? limits.quotedLines
    limits.quotedBytes = section.integer("quoted_bytes") ?? limits.quotedBytes
    if case .delimited(let layout) = format, layout.quote != nil { return limits }
    for key in ["quoted_lines", "quoted_bytes"] { section.refuse(key, because: "no field is quoted") }
    return limits
  }

  func columnChanges(_ source: Section) -> ColumnChanges {
    var changes = ColumnChanges()
    guard let value = source["columns_changed"] else { return changes }
    guard case .delimited(let layout) = format, layout.hasHeader else {
      source.refuse("columns_changed", because: "there is no header row")
      return changes
    }
    guard let section = Section(value, .columnChanges) else { return changes }
    changes.added = section["added"]?.choice(ColumnChanges.Added.self) ?? changes.added
    changes.missing = section["missing"]?.choice(among: [Reaction.warn, .refuse]) ?? changes.missing
    changes.reordered = section["reordered"]?.choice(Reaction.self) ?? changes.reordered
    if changes.reordered != .accept { source.demand("columns", because: "it says in which order they belong") }
    return changes
  }

  func reject(_ source: Section) -> RejectLimits {
    var limits = RejectLimits(fail: RejectLimit(perThousand: 10, atLeastRows: 10))
    guard let value = source["reject"], let section = Section(value, .reject) else { return limits }
    limits.warn = section["warn"].flatMap(rejectLimit)
    limits.fail = section["fail"].flatMap(rejectLimit) ?? limits.fail
    return limits
  }

  private func rejectLimit(_ value: Value) -> RejectLimit? {
    guard let section = Section(value, .rejectLimit) else { return nil }
    if section["per_thousand"] == nil {
      section.refuse("at_least_rows", because: "there is no per_thousand")
      if section["rows"] == nil { section.demand("per_thousand", because: "nothing is limited") }
    }
    // No share is greater than all: only the count is looked at.
    return RejectLimit(
      rows: section.integer("rows"), perThousand: section.integer("per_thousand") ?? 1_000,
      atLeastRows: section.integer("at_least_rows") ?? 10)
  }

  func change(_ source: Section) -> ChangeLimits {
    var limits = ChangeLimits()
    guard let value = source["change"], let section = Section(value, .change) else { return limits }
    limits.rows = section["rows"].flatMap(span)
    limits.sum = section["sum"].flatMap(span)
    limits.emptyPoints = section.integer("empty_points")
    limits.codes = section["codes"]?.choice(Reaction.self) ?? limits.codes
    limits.reaction = section["exceeded"]?.choice(among: [Reaction.warn, .refuse]) ?? limits.reaction
    limits.atLeastRows = section.integer("at_least_rows") ?? limits.atLeastRows
    return limits
  }

  private func span(_ value: Value) -> ChangeLimits.Span? {
    guard let section = Section(value, .span) else { return nil }
    if section["fall_percent"] == nil && section["grow_percent"] == nil {
      section.demand("fall_percent", because: "nothing is limited")
    }
    return ChangeLimits.Span(
      fallPercent: section.integer("fall_percent"), growPercent: section.integer("grow_percent"))
  }
}
