import Standards

/// The files of one night that hold rows.
enum Extract: Int, CaseIterable {
  case crmCustomers, crmConsents, crmAssignments, crmContacts, crmRelations
  case coreCustomers, coreAccounts, coreTransactions
  case mobileUsers, mobileEvents
  case branchVisits

  var name: String {
    switch self {
    case .crmCustomers: "crm_customers"
    case .crmConsents: "crm_consents"
    case .crmAssignments: "crm_assignments"
    case .crmContacts: "crm_contacts"
    case .crmRelations: "crm_relations"
    case .coreCustomers: "core_customers"
    case .coreAccounts: "core_accounts"
    case .coreTransactions: "core_transactions"
    case .mobileUsers: "mobile_users"
    case .mobileEvents: "mobile_events"
    case .branchVisits: "branch_visits"
    }
  }

  var suffix: String {
    switch self {
    case .coreCustomers, .coreAccounts, .coreTransactions: "txt"
    case .mobileEvents, .branchVisits: "xml"
    default: "csv"
    }
  }

  func fileName(_ stamp: String) -> String { "\(name)_\(stamp).\(suffix)" }

  var isCore: Bool { self == .coreCustomers || self == .coreAccounts || self == .coreTransactions }
}

/// The rows of some persons in a row, for all files of one night; one thread fills it, then it is written and reused.
final class Chunk: @unchecked Sendable {
  /// Persons; empty where there is nothing to do.
  var persons = 0..<0
  var outputs = [[UInt8]](repeating: [], count: Extract.allCases.count)
  var rows = [Int](repeating: 0, count: Extract.allCases.count)
  var sums = [Int64](repeating: 0, count: Extract.allCases.count)
  var truth: [UInt8] = []
  /// The branch of each visit and where the visit ends in its output.
  var visits: [(branch: Int, end: Int)] = []
  var idSlips = 0

  /// Space for the lines: one in UTF-8, one in GB 18030.
  let space = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * Line.capacity)

  deinit { space.deallocate() }

  func start(_ persons: Range<Int>) {
    self.persons = persons
    for index in outputs.indices {
      outputs[index].removeAll(keepingCapacity: true)
      rows[index] = 0
      sums[index] = 0
    }
    truth.removeAll(keepingCapacity: true)
    visits.removeAll(keepingCapacity: true)
    idSlips = 0
  }

  func append(_ line: Line, to extract: Extract, sum: Int64 = 0) {
    outputs[extract.rawValue].append(contentsOf: line.bytes)
    rows[extract.rawValue] += 1
    sums[extract.rawValue] += sum
  }
}
