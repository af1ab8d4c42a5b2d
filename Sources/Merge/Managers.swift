import Basics
import Columns

/// Each customer's relationship manager: the latest assignment to an active manager, else the latest of all; of two on
/// one day the first in the file.
struct Managers {
  /// By customer: row of the assignment, -1 for none.
  private(set) var assignments: [Int32]
  let id: Column?
  let name: Column?
  private let status: Column?
  private let active: Int32

  init(_ night: MergeNight, customers: Int) throws(Problem) {
    assignments = [Int32](repeating: -1, count: customers)
    guard let table = try night.table(.assignment) else {
      (id, name, status, active) = (nil, nil, nil, -1)
      return
    }
    let link = try night.links(.assignment).column("customer")
    let (status, assigned) = (try table.column("manager_status"), try table.column("assigned_on"))
    id = try table.column("manager")
    name = try table.column("manager_name")
    self.status = status
    active = status.code(of: "active") ?? -2
    // Active before left, then the later day; a missing day is before all days.
    var best = [Int64](repeating: .min, count: customers)
    for row in 0..<table.rowCount where !link.isNull(row) {
      let customer = Int(link.integer(row))
      let day = assigned.isNull(row) ? -1 << 32 : assigned.integer(row)
      let key = day + (status.code(row) == active ? 1 << 40 : 0)
      if assignments[customer] >= 0, key <= best[customer] { continue }
      best[customer] = key
      assignments[customer] = Int32(row)
    }
  }

  func isActive(_ row: Int) -> Bool { status.map { $0.code(row) == active } ?? false }
}
