import Basics

/// A folder whose files come into being together: they are written beside it and moved there once all are complete.
///
/// A folder that is there keeps what else is in it; files of the same names are replaced one by one then, each whole.
public struct OutputFolder: Sendable {
  public let path: String
  private let temporary: String

  /// Makes the folder that is written to first, empty, mode 0700.
  public init(_ path: String) throws(Problem) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    if Files.exists(trimmed), !Files.isFolder(trimmed) {
      throw Problem(
        "not_a_folder", "the results need a folder", at: Place(path), found: "a file", advice: "Name another folder")
    }
    self.path = trimmed
    temporary = trimmed + ".writing"
    try Files.remove(temporary)
    try Files.makeFolder(temporary)
  }

  /// Where a file is to be written until `commit()`.
  public func file(_ name: String) -> String { "\(temporary)/\(name)" }

  /// Moves everything to its place.
  public func commit() throws(Problem) {
    try Files.syncFolder(temporary)
    if !Files.exists(path) { return try Files.rename(temporary, to: path) }
    for name in try Files.names(in: temporary) { try Files.rename("\(temporary)/\(name)", to: "\(path)/\(name)") }
    try Files.remove(temporary)
  }

  /// Removes what was written so far.
  public func discard() { try? Files.remove(temporary) }
}
