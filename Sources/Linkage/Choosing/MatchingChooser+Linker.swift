extension MatchingChooser {
  /// A linker with fields, swappable names and blocking rules chosen within the budget of pairs.
  ///
  /// - Returns: no fields where no column is evidence.
  public static func choose(
    _ records: RecordSet, _ table: RecognisedTable, _ settings: Linker.Settings
  ) -> (linker: Linker, choice: BlockingChooser.Choice) {
    let (plans, swappable) = fields(table)
    return choose(records, plans, swappable: swappable, settings)
  }

  /// A linker of given fields, with blocking rules chosen within the budget of pairs.
  public static func choose(
    _ records: RecordSet, _ plans: [Matching.FieldPlan], swappable: [(String, String)] = [], _ settings: Linker.Settings
  ) -> (linker: Linker, choice: BlockingChooser.Choice) {
    var matching = Matching(fields: plans, swappable: swappable, blocking: [])
    let prepared = Field.prepare(records, matching, threads: settings.threads)
    var choice = BlockingChooser.Choice()
    choice.budget = BlockingChooser.budget(recordCount: records.count)
    if !BlockingChooser.comparesAll(recordCount: records.count) {
      choice = BlockingChooser(prepared, budget: choice.budget).choose()
      matching.blocking = choice.rules
    }
    return (Linker(prepared, matching, recordCount: records.count, settings), choice)
  }
}
