import Basics
import Columns
import Definition
import StageKit
import Store

/// Turns profiles and facts into measures, built-in tags and declared tags.
public enum TagStage: Stage {
  public static let name = StageName.tag

  /// What is wrong with the pipeline's tag expressions; needs no data.
  public static func check(_ pipeline: PipelineDefinition) -> [Problem] {
    do {
      return try TagExpressions.check(
        pipeline.tag.tags, columns: CustomerRow.columnsForTags(merge: pipeline.merge, tag: pipeline.tag))
    } catch {
      return [error]
    }
  }

  public static func run(_ context: StageContext) throws -> StageResult {
    let wrong = check(context.pipeline)
    if !wrong.isEmpty { throw Problems(.definition, wrong) }
    let definition = context.pipeline.tag
    let profiles = try Table("\(context.folder(of: .merge))/profiles.arrow")
    let customerIds = try profiles.column("customer_id")

    let measures = try MeasurePass.run(context, customers: profiles.rowCount)
    let measurePath = "\(context.outputFolder)/measures.arrow"
    let measureRows = try MeasureTable.write(measures, customerIds: customerIds, to: measurePath)
    let rules = BuiltInTags(businessDate: context.businessDate, policy: definition.policy)
    let builtIns = try BuiltInColumns(rules, profiles: profiles)

    let tagPath = "\(context.outputFolder)/tags.arrow"
    let table = try TagTable(
      tagPath, tags: definition.tags, policy: definition.policy, builtIns: builtIns, customerIds: customerIds)
    try fill(table, profiles: profiles, measures: try Table(measurePath), builtIns: builtIns, context)
    let tagRows = try table.finish()
    let typeProblems = table.columns.compactMap(\.problem)
    if !typeProblems.isEmpty { throw Problems(.data, typeProblems) }

    let database = try Database(creating: "\(context.outputFolder)/tags.sqlite")
    try database.load(
      "tag_customer", from: [try Table(tagPath)], primaryKey: ["customer_id"], withoutRowID: true)
    try database.finish()
    return StageResult(
      tables: [("measures.arrow", measureRows), ("tags.arrow", tagRows)],
      equations: [modeEquation(builtIns, customers: profiles.rowCount)],
      figures: figures(builtIns, table.columns, definition.policy),
      warnings: MeasurePass.warnings(measures))
  }

  /// Evaluates the expressions and writes a row for each customer.
  private static func fill(
    _ table: TagTable, profiles: Table, measures: Table, builtIns: BuiltInColumns, _ context: StageContext
  ) throws(Problem) {
    let rows = profiles.rowCount
    if context.pipeline.tag.tags.isEmpty {
      for _ in 0..<rows { try table.append(nil) }
      return
    }
    // Expressions see the built-in tags through a table, which is not part of the result.
    let builtInPath = "\(context.outputFolder)/built_in_tags.arrow"
    try BuiltInTable.write(builtIns, policy: context.pipeline.tag.policy, to: builtInPath)
    let database = try Database.inMemory()
    try database.register(
      TagExpressions.table, tables: [profiles, measures, try Table(builtInPath)], shared: ["customer_id"],
      dates: [(CustomerRow.businessDate.name, Int(context.businessDate.days))])
    try database.guardExpressions()
    var done = 0
    try TagExpressions.evaluate(context.pipeline.tag.tags, in: database) { statement throws(Problem) in
      try table.append(statement)
      done += 1
      if done & 0xFFFF == 0 { context.progress(done, of: rows, "customers") }
    }
    try Files.remove(builtInPath)
  }

  private static func modeEquation(_ builtIns: BuiltInColumns, customers: Int) -> ConservationEquation {
    ConservationEquation(
      "operating modes", "customers", Int64(customers),
      OperatingMode.allCases.enumerated().map { index, mode in
        .init(mode.rawValue, Int64(builtIns.modes.count { $0 == Int8(index) }))
      })
  }

  private static func figures(
    _ builtIns: BuiltInColumns, _ columns: [TagColumn], _ policy: Policy
  ) -> [(name: String, value: Int)] {
    var figures = [("customers", builtIns.modes.count)]
    for (index, mode) in OperatingMode.allCases.enumerated() {
      figures.append(("mode.\(mode.rawValue)", builtIns.modes.count { $0 == Int8(index) }))
    }
    for (index, tier) in policy.tiers.enumerated() {
      figures.append(("tier.\(tier.id)", builtIns.tiers.count { $0 == Int8(index) }))
    }
    figures.append(("tier.unknown", builtIns.tiers.count { $0 < 0 }))
    figures.append(("birthdays", builtIns.birthdays.count { $0 }))
    return figures + columns.flatMap(\.figures)
  }
}
