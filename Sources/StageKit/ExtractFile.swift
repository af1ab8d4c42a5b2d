import Basics
import Definition
import Standards

/// One file that the systems deliver for a night.
public struct ExtractFile: Sendable, Equatable {
  public enum Role: String, Sendable { case data, control }

  /// Relative to the extracts folder; what manifests and messages say.
  public var path: String
  public var absolute: String
  public var role: Role
  /// Ids of the sources that it feeds, or vouches for, in declared order.
  public var sources: [String]
  /// What its absence means; the strictest of its sources where they differ.
  public var onMissing: ArrivalRule.OnMissing

  public init(
    path: String, absolute: String, role: Role, sources: [String], onMissing: ArrivalRule.OnMissing
  ) {
    self.path = path
    self.absolute = absolute
    self.role = role
    self.sources = sources
    self.onMissing = onMissing
  }
}

extension PipelineDefinition {
  /// Every file that the night's sources name, control files included, each once, in byte order of the paths.
  public func extractFiles(on date: CalendarDate, in folder: String) -> [ExtractFile] {
    var files: [String: ExtractFile] = [:]
    func add(_ pattern: FilePattern, _ role: ExtractFile.Role, _ source: SourceDefinition) {
      let path = pattern.path(compact: date.compact, dashed: date.description)
      let onMissing = source.arrival.onMissing
      guard var file = files[path] else {
        let absolute = path.hasPrefix("/") ? path : "\(folder)/\(path)"
        files[path] = ExtractFile(
          path: path, absolute: absolute, role: role, sources: [source.id], onMissing: onMissing)
        return
      }
      if !file.sources.contains(source.id) { file.sources.append(source.id) }
      file.onMissing = file.onMissing.stricter(onMissing)
      files[path] = file
    }
    for source in sources {
      add(source.file, .data, source)
      if let control = source.arrival.control { add(control.file, .control, source) }
    }
    return files.values.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
  }
}

extension ArrivalRule.OnMissing {
  /// Failing is stricter than waiting, waiting stricter than going on without.
  func stricter(_ other: Self) -> Self {
    let order: [Self] = [.fail, .wait, .carry, .empty]
    return order.first { $0 == self || $0 == other } ?? self
  }
}
