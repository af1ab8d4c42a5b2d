import Basics
import Foundation
import Standards
import TestSupport

@testable import Generate

/// Generated extracts in a folder of their own, read back the slow way.
struct Generated {
  let folder: TemporaryFolder
  let summary: GeneratorSummary

  init(
    customers: Int, seed: UInt64 = 7, nights: Int = 1, threads: Int = 2,
    change: (inout GeneratorOptions) -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder()
    let date = CalendarDate(year: 2026, month: 11, day: 20) ?? .distantFuture
    var options = GeneratorOptions(
      customers: customers, seed: seed, firstDate: date, nights: nights, folder: folder.path)
    options.threads = threads
    change(&options)
    summary = try generate(options)
  }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")) }

  /// All files below the folder with their bytes.
  func everything() throws -> [String: Data] {
    var all: [String: Data] = [:]
    for name in try Files.filesBelow(folder.path) { all[name] = try bytes(name) }
    return all
  }

  /// Data rows of a file without header and trailer, split; CSV of these files has quotes around addresses only.
  func rows(_ extract: Extract, night: Int = 0) throws -> [[String]] {
    let stamp = summary.nights[night].date.compact
    let data = try bytes("\(stamp)/\(extract.fileName(stamp))")
    if extract.isCore {
      let text = String(data: data, encoding: String.Encoding(rawValue: 0x8000_0632)) ?? ""
      return text.split(separator: "\n").dropLast().map { $0.components(separatedBy: "|") }
    }
    let text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    return text.split(separator: "\n").dropFirst().map { row in
      row.components(separatedBy: "\"").enumerated().map { index, piece in
        index % 2 == 0 ? piece : piece.replacingOccurrences(of: ",", with: "，")
      }.joined().components(separatedBy: ",")
    }
  }

  func text(_ extract: Extract, night: Int = 0) throws -> String {
    let stamp = summary.nights[night].date.compact
    return String(decoding: try bytes("\(stamp)/\(extract.fileName(stamp))"), as: UTF8.self)
  }

  /// What stands between two marks, wherever they are.
  static func pieces(_ text: String, after start: String, before end: String) -> [String] {
    text.components(separatedBy: start).dropFirst().map { String($0.components(separatedBy: end)[0]) }
  }
}
