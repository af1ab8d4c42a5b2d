import Linkage

/// What of a party record is evidence of who it is, for a matching that nobody has written yet.
///
/// Columns of party records mean the same in every pipeline, so nothing has to be recognised.
enum PartyMatching {
  private static let plans: [Matching.FieldPlan] = [
    plan("name", .wholeName, .name), plan("gender", .category, .other), plan("birth_date", .date, .birth),
    plan("document_number", .code, .other), plan("mobile", .phone, .contact, isShared: true),
    // An address is often made of the name: two that are only similar say nothing that the names do not say.
    plan("email", .code, .contact, isShared: true), plan("address", .text, .address, isShared: true),
    // A household goes to one branch.
    plan("branch", .category, .other, isShared: true),
  ]

  static let columns = plans.map(\.id)

  /// The fields that a thousandth of the records have.
  static func fields(_ records: RecordSet) -> [Matching.FieldPlan] {
    plans.filter { plan in
      guard let column = records.column(named: plan.id) else { return false }
      return (column.recordCount - column.missingCount) * 1_000 > column.recordCount
    }
  }

  private static func plan(
    _ column: String, _ kind: FieldKind, _ group: FieldGroup, isShared: Bool = false
  ) -> Matching.FieldPlan {
    Matching.FieldPlan(id: column, kind: kind, group: group, columns: [column], isShared: isShared)
  }
}
