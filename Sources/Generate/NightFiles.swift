import Basics
import Standards

/// The open files of one night.
struct NightFiles {
  private let stamp: String
  private let folder: String
  private let date: CalendarDate
  private let persons: Int
  private var writers: [FileWriter] = []
  private let truth: FileWriter
  private var rows = [Int](repeating: 0, count: Extract.allCases.count)
  private var sums = [Int64](repeating: 0, count: Extract.allCases.count)
  private var idSlips = 0
  /// Visits are grouped by branch, so they wait until the end.
  private var visits: [[UInt8]]

  init(_ options: GeneratorOptions, _ population: Population, night: Int, truth: FileWriter) throws(Problem) {
    date = options.firstDate.adding(days: night)
    stamp = date.compact
    folder = "\(options.folder)/\(stamp)"
    persons = population.count(on: night)
    self.truth = truth
    visits = [[UInt8]](repeating: [], count: population.branches + 1)
    try Files.makeFolder(folder)
    for extract in Extract.allCases {
      let writer = try FileWriter("\(folder)/\(extract.fileName(stamp))")
      try writer.write(NightFiles.header(extract, date))
      writers.append(writer)
    }
  }

  private static func header(_ extract: Extract, _ date: CalendarDate) -> String {
    switch extract {
    case .crmCustomers:
      "customer_no,party_type,name,gender,birth_date,document_type,document_no,mobile,email,address,occupation,"
        + "branch_code,wecom_userid,risk_level,risk_assessed_on,customer_since,employee,status,updated_on\n"
    case .crmConsents: "customer_no,channel,purpose,decision,decided_on\n"
    case .crmAssignments: "customer_no,manager_id,manager_name,manager_status,branch_code,assigned_on\n"
    case .crmContacts: "contact_no,customer_no,channel,kind,topic,status,happened_at,result\n"
    case .crmRelations: "from_customer_no,to_customer_no,relation,since\n"
    case .mobileUsers: "user_id,real_name,cert_no,phone,registered_on,last_login_on,push_enabled\r\n"
    case .mobileEvents: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<events date=\"\(date)\">\n"
    case .branchVisits: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<branches date=\"\(date)\">\n"
    default: ""
    }
  }

  mutating func write(_ chunk: Chunk) throws(Problem) {
    for extract in Extract.allCases {
      let index = extract.rawValue
      rows[index] += chunk.rows[index]
      sums[index] += chunk.sums[index]
      if extract != .branchVisits { try writers[index].write(chunk.outputs[index]) }
    }
    try truth.write(chunk.truth)
    idSlips += chunk.idSlips
    var start = 0
    for visit in chunk.visits {
      visits[visit.branch] += chunk.outputs[Extract.branchVisits.rawValue][start..<visit.end]
      start = visit.end
    }
  }

  /// Closes the files; the control file comes last, as the bank delivers it.
  mutating func finish() throws(Problem) -> GeneratorSummary.Night {
    try writeVisits()
    try writers[Extract.mobileEvents.rawValue].write("</events>\n")
    var files: [GeneratorSummary.File] = []
    var control = ""
    for extract in Extract.allCases {
      let index = extract.rawValue
      let hasSum = extract == .coreAccounts || extract == .coreTransactions
      let sum = Money(minorUnits: sums[index])
      if extract.isCore {
        try writers[index].write("TRAILER|\(rows[index])|\(sum)\n")
        control += "\(extract.fileName(stamp))|\(rows[index])|\(sum)\n"
      }
      _ = try writers[index].finish()
      files.append(
        GeneratorSummary.File(
          name: extract.fileName(stamp), rows: rows[index], sum: hasSum ? sum : nil, bytes: writers[index].count))
    }
    try Files.write(control, to: "\(folder)/core_\(stamp).ctl")
    return GeneratorSummary.Night(date: date, files: files, idSlips: idSlips, persons: persons)
  }

  private func writeVisits() throws(Problem) {
    let writer = writers[Extract.branchVisits.rawValue]
    for (branch, bytes) in visits.enumerated() where !bytes.isEmpty {
      let code = "00\(branch)".suffix(3)
      try writer.write("<branch code=\"B\(code)\">\n")
      try writer.write(bytes)
      try writer.write("</branch>\n")
    }
    try writer.write("</branches>\n")
  }
}
