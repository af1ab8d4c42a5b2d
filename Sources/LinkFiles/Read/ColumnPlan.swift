import Basics

/// Which columns there are over all files, where each stands in each file, and what each is for.
struct ColumnPlan {
  /// As the first file that has a column writes its name.
  private(set) var names: [String] = []
  /// By file and column: the field's index, -1 where the file lacks the column.
  private(set) var fields: [[Int]] = []
  private(set) var id: Int?
  private(set) var truth: Int?
  private(set) var source: Int?
  private(set) var ignored: Set<Int> = []
  private(set) var notes: [Problem] = []

  struct Header {
    var file: String
    var names: [String]
  }

  /// - Throws: `.data` with `duplicate_column`, `.definition` with `unknown_column`, `no_evidence`: all that is wrong.
  init(_ headers: [Header], id: String?, truth: String?, source: String?, ignore: [String]) throws(Problems) {
    try findColumns(headers)
    var problems: [Problem] = []
    self.id = find(id, "--id", &problems)
    self.truth = find(truth, "--truth", &problems)
    self.source = find(source, "--source", &problems)
    for name in ignore {
      if let column = find(name, "--ignore", &problems) { ignored.insert(column) }
    }
    if problems.isEmpty && evidence.isEmpty {
      problems.append(
        Problem(
          "no_evidence", "no column is left to compare records by", found: names.joined(separator: ", "),
          expected: "at least one column besides --id, --truth, --source and --ignore"))
    }
    if !problems.isEmpty { throw Problems(.definition, problems) }
  }

  /// Columns that say who a record is about, in their order.
  var evidence: [Int] {
    names.indices.filter { $0 != id && $0 != truth && $0 != source && !ignored.contains($0) }
  }

  private mutating func findColumns(_ headers: [Header]) throws(Problems) {
    var columns: [String: Int] = [:]
    var problems: [Problem] = []
    for (file, header) in headers.enumerated() {
      fields.append([])
      var seen: [String: Int] = [:]
      for (field, name) in header.names.enumerated() {
        var shown = Self.trimmed(name)
        if shown.isEmpty { shown = "column \(field + 1)" }
        let key = shown.lowercased()
        if let other = seen[key] {
          problems.append(
            Problem(
              "duplicate_column", "two columns have one name", at: Place(header.file, line: 1),
              found: "\"\(shown)\" as columns \(other + 1) and \(field + 1)",
              advice: "Rename one; the first line of a file names its columns"))
          continue
        }
        seen[key] = field
        if columns[key] == nil {
          columns[key] = names.count
          names.append(shown)
        }
        let column = columns[key] ?? 0
        while fields[file].count <= column { fields[file].append(-1) }
        fields[file][column] = field
      }
    }
    if !problems.isEmpty { throw Problems(.data, problems) }
    for (file, header) in headers.enumerated() {
      while fields[file].count < names.count { fields[file].append(-1) }
      let lacking = names.indices.filter { fields[file][$0] < 0 }.map { names[$0] }
      if lacking.isEmpty { continue }
      notes.append(
        Problem(
          "missing_column", "the file lacks columns that another one has; they are missing in all its records",
          severity: .warning, at: Place(header.file, line: 1), found: "no \(lacking.joined(separator: ", "))",
          advice: "Give columns that mean the same the same name in every file"))
    }
  }

  private func find(_ name: String?, _ option: String, _ problems: inout [Problem]) -> Int? {
    guard let name else { return nil }
    let key = Self.trimmed(name).lowercased()
    if let column = names.firstIndex(where: { $0.lowercased() == key }) { return column }
    problems.append(
      Problem(
        "unknown_column", "\(option) names a column that no file has", found: "\"\(name)\"",
        expected: "one of \(names.joined(separator: ", "))",
        advice: nearest(name, among: names).map { "Use \($0)" }))
    return nil
  }

  private static func trimmed(_ name: String) -> String {
    var bytes = Array(name.utf8)
    bytes = bytes.withUnsafeBytes { Array(FieldText.trimmed($0)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
