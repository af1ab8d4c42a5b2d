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

  /// - Throws: `Problems`: of kind `.tryAgain` for files that are late, `.data` for files that must not be missing
  ///   or cannot be read,
  ///   `.definition` where the extracts folder does not exist; `Problem` `unreadable_file`.
  init(of pipeline: PipelineDefinition, on date: CalendarDate, in folder: String) throws {
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
    let unusable = files.compactMap { NightInputs.unusable($0.absolute) }
    if !unusable.isEmpty { throw Problems(.data, unusable) }
    let missing = files.filter { !Files.exists($0.absolute) }
    try NightInputs.judge(missing, pipeline)
    absent = missing.map(\.path)
    stamps = files.map { ($0.absolute, Stamp($0.absolute)) }.compactMap { path, stamp in stamp.map { (path, $0) } }
    var records: [FileRecord] = []
    for file in files where !absent.contains(file.path) {
      let (sha256, bytes) = try SHA256.ofFile(file.absolute)
      records.append(FileRecord(path: file.path, bytes: bytes, sha256: sha256))
    }
    extracts = records
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

  private static func judge(_ missing: [ExtractFile], _ pipeline: PipelineDefinition) throws(Problems) {
    let absentSources = Set(missing.filter { $0.role == .data }.flatMap(\.sources))
    // A control file is not missed where none of the files that it vouches for was delivered or is required.
    let missed = missing.filter { file in
      if file.onMissing != .empty { return true }
      return file.role == .control && !file.sources.allSatisfy(absentSources.contains)
    }
    if missed.isEmpty { return }
    let isFatal = missed.contains { $0.onMissing == .fail }
    throw Problems(isFatal ? .data : .tryAgain, missed.map { late($0, pipeline) })
  }

  private static func late(_ file: ExtractFile, _ pipeline: PipelineDefinition) -> Problem {
    let sources = file.sources.joined(separator: ", ")
    let systems = file.sources.compactMap { pipeline.source($0)?.system }
    let system = systems.first ?? "the system"
    let message =
      file.role == .control
      ? "the control file of \(sources) has not arrived, so their delivery is not complete"
      : "the extract of \(sources) has not arrived"
    let advice =
      file.onMissing == .fail
      ? "Ask the owners of \(system) for it; nothing was started"
      : "Run again when \(system) has delivered it; nothing was started"
    return Problem(
      file.onMissing == .fail ? "missing_extract" : "late_extract", message, at: Place(file.path),
      expected: "a file at \(file.absolute)", advice: advice)
  }
}
