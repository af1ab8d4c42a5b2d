import Basics
import Glibc

/// A file as it was when it was finished.
public struct FileRecord: Sendable, Hashable, Codable {
  /// Relative to the folder that the record speaks of.
  public var path: String
  public var bytes: Int
  public var sha256: String

  public init(path: String, bytes: Int, sha256: String) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// The file as it is now.
  public init(_ path: String, in folder: String) throws(Problem) {
    let (hex, bytes) = try SHA256.ofFile("\(folder)/\(path)")
    self.init(path: path, bytes: bytes, sha256: hex)
  }

  var json: JSON {
    .object([("path", .string(path)), ("bytes", .integer(bytes)), ("sha256", .string(sha256))])
  }
}

/// How closely files are held against their records.
public enum VerificationDepth: Sendable {
  /// All are there, none besides them, and sizes agree.
  case sizes
  /// The same, and every byte is hashed again.
  case hashes
}

extension FileRecord {
  /// What differs between a folder and the records of its files, in byte order of the paths.
  /// - Parameter besides: names that may stand in the folder without a record.
  public static func differences(
    _ records: [FileRecord], in folder: String, besides: Set<String> = [], depth: VerificationDepth
  ) -> [Problem] {
    guard let present = try? Files.filesBelow(folder) else {
      return [Problem("missing_folder", "the folder cannot be read", at: Place(folder))]
    }
    var problems: [Problem] = []
    let expected = Set(records.map(\.path))
    for path in present where !expected.contains(path) && !besides.contains(path) {
      problems.append(Problem("unrecorded_file", "the file has no record", at: Place("\(folder)/\(path)")))
    }
    for record in records {
      if let problem = record.difference(in: folder, depth: depth) { problems.append(problem) }
    }
    return problems
  }

  private func difference(in folder: String, depth: VerificationDepth) -> Problem? {
    let place = Place("\(folder)/\(path)")
    guard let size = try? Files.size(place.file) else {
      return Problem("missing_file", "the file is not there or cannot be read", at: place)
    }
    guard size == bytes else {
      return Problem(
        "altered_file", "the file is not as it was written", at: place, found: "\(size) bytes",
        expected: "\(bytes) bytes")
    }
    guard depth == .hashes else { return nil }
    guard let now = try? SHA256.ofFile(place.file).hex else {
      return Problem("missing_file", "the file is not there or cannot be read", at: place)
    }
    guard now != sha256 else { return nil }
    return Problem(
      "altered_file", "the file is not as it was written", at: place, found: "sha256 \(now)",
      expected: "sha256 \(sha256)")
  }
}

extension StageRecord {
  /// What differs between a stage's folder and its record.
  public func differences(in folder: String, depth: VerificationDepth) -> [Problem] {
    FileRecord.differences(files, in: folder, besides: [StageRecord.fileName], depth: depth)
  }
}
