import Basics
import Foundation

/// A folder of its own for one test, removed when this goes.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    path = FileManager.default.temporaryDirectory.path + "/guiyi-test-" + UUID().uuidString
    try Files.makeFolder(path)
  }

  deinit { try? Files.remove(path) }

  /// Writes `text` to a file below the folder and gives its path.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Files.makeFolder(Files.parent(file))
    try Files.write(text, to: file)
    return file
  }

  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Files.makeFolder(Files.parent(file))
    let writer = try FileWriter(file)
    try writer.write(bytes)
    _ = try writer.finish()
    return file
  }
}

/// The root of the checkout that these tests were compiled from.
public let repositoryRoot: String = {
  var path = #filePath
  for _ in 0..<3 { path = Files.parent(path) }
  return path
}()
