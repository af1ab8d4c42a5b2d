import Audit
import Basics
import Definition
import Glibc
import StageKit
import Standards

/// The extracts of one night as they lie there, hashed once.
struct NightInputs: Sendable {
  /// In byte order of the paths, relative to the extracts folder.
  let extracts: [FileRecord]
  /// Files that may be missing, and are.
  let absent: [String]
  /// Files that are there and not used, since the rest of their delivery did not come.
  let notUsed: [String]
  /// Sources that the night goes on without.
  let missing: [Arrivals.Missing]
  private let stamps: [(path: String, stamp: Stamp)]

  /// What changes when somebody writes to a file or replaces it.
  private struct Stamp: Equatable {
    var inode: UInt64
    var size: Int
    var modified: Int
    var modifiedNanoseconds: Int

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      inode = UInt64(status.st_ino)
      size = Int(status.st_size)
      modified = Int(status.st_mtim.tv_sec)
      modifiedNanoseconds = Int(status.st_mtim.tv_nsec)
    }
  }

  /// - Throws: `Problems`: of kind `.tryAgain` for files that are late, `.data` for files that must not be missing,
  ///   lie there twice or cannot be read, `.definition` where the extracts folder does not exist; `Problem`
  ///   `unreadable_file`.
  init(
    of pipeline: PipelineDefinition, on date: CalendarDate, in folder: String, _ circumstances: Arrivals.Circumstances
  ) throws {
    guard Files.isFolder(folder) else {
      throw Problems(
        .definition,
        [
          Problem(
            "unknown_folder", "the extracts folder does not exist", at: Place(folder),
            advice: "Correct extracts in pipeline.yaml or give --extracts")
        ])
    }
    let files = pipeline.extractFiles(on: date, in: folder)
    let unusable = files.compactMap { NightInputs.unusable($0.absolute) ?? $0.deliveredTwice }
    if !unusable.isEmpty { throw Problems(.data, unusable) }
    let absent = Set(files.filter { !Files.exists($0.absolute) }.map(\.path))
    missing = try Arrivals(pipeline, on: date, files: files, absent: absent, circumstances).missing
    let unread = Set(missing.map(\.source))
    // The extract of a source that the night goes on without is not read, even where it is there.
    let used = files.filter { file in
      !absent.contains(file.path) && file.role != .flag
        && (file.role == .control || !file.sources.allSatisfy(unread.contains))
    }
    let usedPaths = Set(used.map(\.path))
    self.absent = files.map(\.path).filter { !usedPaths.contains($0) && absent.contains($0) }
    notUsed = files.filter { $0.role != .flag && !usedPaths.contains($0.path) && !absent.contains($0.path) }.map(\.path)
    stamps = used.map { ($0.absolute, Stamp($0.absolute)) }.compactMap { path, stamp in stamp.map { (path, $0) } }
    var records: [FileRecord] = []
    for file in used {
      let (sha256, bytes) = try SHA256.ofFile(file.absolute)
      records.append(FileRecord(path: file.path, bytes: bytes, sha256: sha256))
    }
    extracts = records
  }

  /// What stages are told of it.
  func delivery(_ acceptance: Acceptance?) -> NightDelivery {
    NightDelivery(
      files: Dictionary(
        extracts.map { ($0.path, NightDelivery.File(bytes: $0.bytes, sha256: $0.sha256)) },
        uniquingKeysWith: { first, _ in first }),
      missing: Set(missing.map(\.source)), acceptance: acceptance)
  }

  /// One warning for every file that is not the one that an earlier attempt at the night accepted and published.
  func replacements(of accepted: [FileRecord], in attempt: String) -> [Problem] {
    let before = Dictionary(accepted.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return extracts.compactMap { file in
      guard let old = before[file.path], old.sha256 != file.sha256 else { return nil }
      return Problem(
        "replaced_delivery", "the file replaces the delivery accepted in attempt \(attempt)", severity: .warning,
        at: Place(file.path), found: "\(file.bytes) bytes, sha256 \(file.sha256.prefix(12))…",
        expected: "\(old.bytes) bytes, sha256 \(old.sha256.prefix(12))…",
        advice: "Nights after this one that were published already stand on the old delivery: run them again, in order")
    }
  }

  /// - Throws: `Problems` of kind `.data`: a file was written to or replaced after it was hashed.
  func checkUnchanged() throws(Problems) {
    let changed = stamps.filter { Stamp($0.path) != $0.stamp }
    if changed.isEmpty { return }
    throw Problems(
      .data,
      changed.map {
        Problem(
          "extract_changed", "the extract changed while it was read", at: Place($0.path),
          advice: "Deliver extracts under another name and rename them when they are complete; then guiyi retry")
      })
  }

  /// What is there and cannot be read is not late: waiting would not help. Opening a pipe would wait for ever.
  private static func unusable(_ path: String) -> Problem? {
    var status = stat()
    guard stat(path, &status) == 0 else { return errno == ENOENT ? nil : .unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return Problem(
        "not_a_file", "the extract is not a file", at: Place(path),
        found: status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a device, pipe or socket", expected: "a regular file",
        advice: "Put the extract there")
    }
    return access(path, R_OK) == 0 ? nil : .unreadable(path)
  }
}
