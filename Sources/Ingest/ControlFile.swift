import Basics
import Definition
import Extracts

/// The control file of a delivery: one line for each file, in the layout that its source declares.
struct ControlFile {
  private let name: String
  /// By the name of the file, without its folders; empty where the layout has no column for it.
  private var statements: [String: DeliveryStatement] = [:]

  /// - Parameters:
  ///   - name: the path as messages give it.
  ///   - decimals: of the pipeline's currency.
  /// - Throws: `bad_control_file`, `unreadable_file`.
  init(_ path: String, named name: String, _ layout: ControlStatement, decimals: Int) throws(Problem) {
    self.name = name
    let file = try MappedFile(path)
    let expected = StatementColumn.layout(layout.columns, separator: layout.separator)
    func bad(_ message: String, line: Int) -> Problem {
      Problem(
        "bad_control_file", message, at: Place(name, line: line), expected: expected,
        advice: "Ask the source system to deliver the control file again")
    }
    for (index, line) in try Self.lines(file.bytes).enumerated() where index >= layout.headerLines && !line.isEmpty {
      let fields = line.split(separator: layout.separator, omittingEmptySubsequences: false).map(String.init)
      guard let statement = DeliveryStatement(fields, columns: layout.columns, decimals: decimals) else {
        throw bad("a line of the control file cannot be read", line: index + 1)
      }
      let file = statement.file ?? ""
      if let earlier = statements[file], earlier != statement {
        throw bad("the control file states different figures for one file", line: index + 1)
      }
      statements[file] = statement
    }
    withExtendedLifetime(file) {}
  }

  /// What is no UTF-8 is taken for GB18030: remarks in columns that are not looked at come in it.
  private static func lines(_ bytes: UnsafeRawBufferPointer) throws(Problem) -> [String] {
    var lines: [String] = []
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for var line in bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0).split(
      separator: 10, omittingEmptySubsequences: false)
    {
      if line.last == 13 { line = line.dropLast() }
      let raw = UnsafeRawBufferPointer(rebasing: line)
      if let text = String(validating: raw, as: UTF8.self) {
        lines.append(text)
      } else {
        lines.append(try TextEncoding.gb18030.lossyText(raw))
      }
    }
    return lines
  }

  /// The files that it speaks of, as messages name them.
  private var listed: String {
    let names = statements.keys.sorted()
    if names.isEmpty { return "no file" }
    return names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  /// - Throws: `not_in_control_file`.
  func statement(for file: String) throws(Problem) -> DeliveryStatement {
    if let statement = statements[Files.name(file)] ?? statements[""] { return statement }
    throw Problem(
      "not_in_control_file", "the control file does not list \(Files.name(file))", at: Place(name), found: listed,
      advice: "Ask the source system whether the delivery is complete")
  }
}
