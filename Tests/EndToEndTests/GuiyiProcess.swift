import Basics
import Foundation
import Glibc
import TestSupport
import Testing

/// The built program, run as a user would.
struct GuiyiProcess {
  var status: Int32
  var output: String
  var errors: String

  /// Beside the test bundle, where the build put it.
  static let program: String = Files.parent(Files.absolute("/proc/self/exe")) + "/guiyi"

  /// Runs `guiyi` with these arguments in a folder; streams go through files, so that no pipe can fill up.
  /// - Parameter input: what it reads from stdin.
  init(
    _ arguments: [String], in workingFolder: String = repositoryRoot, environment: [String: String] = [:],
    input: String? = nil
  ) throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: workingFolder)
    var variables = ProcessInfo.processInfo.environment
    variables["GUIYI_HOME"] = nil
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    let paths = [try folder.write("", to: "out"), try folder.write("", to: "err")]
    let handles = paths.compactMap { FileHandle(forWritingAtPath: $0) }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    process.standardInput =
      try input.flatMap { FileHandle(forReadingAtPath: try folder.write($0, to: "in")) } ?? FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try Files.text(of: paths[0])
    errors = try Files.text(of: paths[1])
  }
}

/// Runs `guiyi` and expects 0; gives what it wrote on stdout.
@discardableResult
func guiyi(_ arguments: String..., environment: [String: String] = [:]) throws -> String {
  let process = try GuiyiProcess(arguments, environment: environment)
  #expect(process.status == 0, "guiyi \(arguments.joined(separator: " ")): \(process.errors)")
  return process.output
}

/// The rows of a CSV text by their header's names; quoted fields may hold commas, quotes and line ends.
func rows(ofCSV text: String) -> [[String: String]] {
  var records: [[String]] = []
  var (record, field): ([String], String) = ([], "")
  var (isQuoted, sawQuote) = (false, false)
  for scalar in text.unicodeScalars {
    if isQuoted {
      if scalar == "\"" { (isQuoted, sawQuote) = (false, true) } else { field.unicodeScalars.append(scalar) }
      continue
    }
    switch scalar {
    case "\"":
      if sawQuote { field += "\"" }
      isQuoted = true
    case ",", "\n":
      record.append(field)
      field = ""
      if scalar == "\n" {
        records.append(record)
        record = []
      }
    default: field.unicodeScalars.append(scalar)
    }
    sawQuote = false
  }
  guard let header = records.first else { return [] }
  return records.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
}
