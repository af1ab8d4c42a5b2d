import Glibc

extension Problem {
  /// The operating system's word for the last failed call, as in `No such file or directory`.
  static var systemReason: String { String(cString: strerror(errno)) }

  public static func unreadable(_ path: String) -> Problem {
    Problem(
      "unreadable_file", "cannot read \(path): \(systemReason)", advice: "Check that it exists and its permissions")
  }

  public static func unwritable(_ path: String) -> Problem {
    Problem(
      "unwritable_file", "cannot write \(path): \(systemReason)",
      advice: "Check the folder's permissions and free space")
  }
}

/// Files and folders as this project makes them: private (0600 and 0700), durable, renamed into place once complete.
public enum Files {
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  public static func size(_ path: String) throws(Problem) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unreadable(path) }
    return Int(status.st_size)
  }

  /// Makes the folder and those above it that are missing, mode 0700.
  public static func makeFolder(_ path: String) throws(Problem) {
    if path.isEmpty || path == "/" || isFolder(path) { return }
    try makeFolder(parent(path))
    if mkdir(path, 0o700) != 0 && errno != EEXIST { throw .unwritable(path) }
  }

  /// Names in a folder, without `.` and `..`, in byte order.
  public static func names(in folder: String) throws(Problem) -> [String] {
    guard let handle = opendir(folder) else { throw .unreadable(folder) }
    defer { closedir(handle) }
    var names: [String] = []
    while true {
      // Only errno tells a folder's end from a disk that stopped answering, which must not look like fewer files.
      errno = 0
      guard let entry = readdir(handle) else {
        if errno != 0 { throw .unreadable(folder) }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Every file below a folder, as paths relative to it, in byte order.
  public static func filesBelow(_ folder: String) throws(Problem) -> [String] {
    var found: [String] = []
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      if isFolder(path) {
        for inner in try filesBelow(path) { found.append("\(name)/\(inner)") }
      } else {
        found.append(name)
      }
    }
    return found.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Reads a file from its start in blocks of 1 MiB, the last one shorter; safe where somebody cuts the file meanwhile.
  /// - Throws: `unreadable_file`.
  public static func forEachBlock(of path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(Problem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path) }
    defer { close(descriptor) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { block.deallocate() }
    while true {
      let count = read(descriptor, block.baseAddress, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path) }
      if count == 0 { return }
      body(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  /// The whole file as text; not for extracts.
  public static func text(of path: String) throws(Problem) -> String {
    let file = try MappedFile(path)
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      throw Problem("not_utf8", "the file is not UTF-8", at: Place(path), advice: "Save it as UTF-8")
    }
    return text
  }

  /// The text of a file that a person wrote or trained: whatever is wrong with it is a mistake in the definition.
  public static func definitionText(of path: String) throws(Problems) -> String {
    do throws(Problem) {
      return try text(of: path)
    } catch {
      throw Problems(.definition, [error])
    }
  }

  /// Writes a small file beside its place, fsyncs it and renames it there.
  public static func write(_ text: String, to path: String) throws(Problem) {
    let temporary = path + ".writing"
    let writer = try FileWriter(temporary)
    try writer.write(text)
    _ = try writer.finish()
    try rename(temporary, to: path)
  }

  /// Renames, then fsyncs the folder that holds the new name, so that the name survives a power cut.
  public static func rename(_ from: String, to: String) throws(Problem) {
    guard Glibc.rename(from, to) == 0 else { throw .unwritable(to) }
    try syncFolder(parent(to))
  }

  public static func syncFolder(_ folder: String) throws(Problem) {
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .unwritable(folder) }
  }

  /// Fsyncs every folder at and below `folder` (files are fsynced by their writers).
  public static func syncFolders(below folder: String) throws(Problem) {
    for name in try names(in: folder) where isFolder("\(folder)/\(name)") {
      try syncFolders(below: "\(folder)/\(name)")
    }
    try syncFolder(folder)
  }

  /// Removes a file, or a folder with everything below it; nothing happens where there is nothing.
  public static func remove(_ path: String) throws(Problem) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in try names(in: path) { try remove("\(path)/\(name)") }
      guard rmdir(path) == 0 else { throw .unwritable(path) }
    } else {
      guard unlink(path) == 0 else { throw .unwritable(path) }
    }
  }

  /// Gives a finished file, which nobody writes to again, a second name; copies it where the file system has no links.
  public static func linkOrCopy(_ from: String, to: String) throws(Problem) {
    if link(from, to) == 0 { return }
    let source = try MappedFile(from)
    let writer = try FileWriter(to)
    try writer.write(source.bytes)
    _ = try writer.finish()
  }

  public static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  public static func name(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// An absolute path without `.`, `..`, doubled slashes and links; of what is not there yet, links cannot be known.
  public static func absolute(_ path: String) -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    var trimmed = Substring(path)
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let (folder, last) = (parent(String(trimmed)), name(String(trimmed)))
    // Neither the root nor the working folder is there: nothing can be resolved.
    if trimmed.isEmpty || trimmed == "/" || trimmed == "." { return path }
    let above = absolute(folder)
    switch last {
    case ".": return above
    case "..": return parent(above)
    default: return above == "/" ? "/\(last)" : "\(above)/\(last)"
    }
  }
}

/// Writes one new file of mode 0600 through a buffer, hashing on the way.
///
/// Not thread-safe: one writer belongs to one task at a time.
public final class FileWriter: @unchecked Sendable {
  public let path: String
  /// Bytes written so far.
  public private(set) var count = 0
  private var descriptor: Int32
  private var buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var hash: SHA256?

  /// - Parameter hashing: whether `finish()` gives the SHA-256 of what was written.
  public init(_ path: String, hashing: Bool = false) throws(Problem) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unwritable(path) }
    self.path = path
    buffer = .allocate(byteCount: 1 << 18, alignment: 64)
    hash = hashing ? SHA256() : nil
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    buffer.deallocate()
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
    count += bytes.count
    // Large pieces are not copied; what was written before them goes first.
    let isLarge = bytes.count > buffer.count / 2
    if isLarge || used + bytes.count > buffer.count { try flush() }
    if isLarge {
      try writeAll(bytes)
    } else if let base = bytes.baseAddress {
      buffer.baseAddress!.advanced(by: used).copyMemory(from: base, byteCount: bytes.count)
      used += bytes.count
    }
  }

  public func write(_ bytes: [UInt8]) throws(Problem) {
    let result = bytes.withUnsafeBytes { raw in Result<Void, Problem> { () throws(Problem) in try write(raw) } }
    try result.get()
  }

  public func write(_ text: String) throws(Problem) {
    var text = text
    let result = text.withUTF8 { utf8 in
      Result<Void, Problem> { () throws(Problem) in try write(UnsafeRawBufferPointer(utf8)) }
    }
    try result.get()
  }

  /// Flushes, fsyncs and closes; gives the hash if it was asked for.
  public func finish() throws(Problem) -> String? {
    try flush()
    guard fsync(descriptor) == 0 else { throw .unwritable(path) }
    guard close(descriptor) == 0 else { throw .unwritable(path) }
    descriptor = -1
    return hash.take()?.finish()
  }

  private func flush() throws(Problem) {
    let pending = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<used])
    used = 0
    try writeAll(pending)
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
    hash?.update(bytes)
    var done = 0
    while done < bytes.count {
      let written = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .unwritable(path) }
      done += written
    }
  }
}

/// A file's bytes, mapped read-only for as long as this lives.
public final class MappedFile: @unchecked Sendable {
  public let path: String
  public let bytes: UnsafeRawBufferPointer

  public init(_ path: String) throws(Problem) {
    self.path = path
    // Without O_NONBLOCK, opening a pipe waits until somebody writes into it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Problem("unreadable_file", "cannot read \(path): it is not a file", advice: "Put a file there")
    }
    let count = Int(status.st_size)
    if count == 0 {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw .unreadable(path)
    }
    bytes = UnsafeRawBufferPointer(start: base, count: count)
  }

  deinit {
    if let base = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
  }
}
