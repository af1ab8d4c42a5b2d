import Basics
import Definition
import Standards

/// One file that the systems deliver for a night.
public struct ExtractFile: Sendable, Equatable {
  public enum Role: String, Sendable {
    case data
    /// Lists what was delivered.
    case control
    /// Says by being there that the delivery is complete; what it holds is not looked at.
    case flag
    /// Holds corrected records of earlier nights; nobody waits for it.
    case corrections
  }

  /// Relative to the extracts folder; what manifests and messages say.
  public var path: String
  public var absolute: String
  public var role: Role
  /// Ids of the sources that it feeds, or vouches for, in declared order.
  public var sources: [String]

  public init(path: String, absolute: String, role: Role, sources: [String]) {
    self.path = path
    self.absolute = absolute
    self.role = role
    self.sources = sources
  }
}

extension SourceDefinition {
  /// The files without which the source's delivery is not complete: the extract first.
  public func deliveryFiles(on date: CalendarDate) -> [(role: ExtractFile.Role, path: String)] {
    var files = [(ExtractFile.Role.data, file)]
    if let control = arrival.control { files.append((.control, control.file)) }
    if let flag = arrival.flag { files.append((.flag, flag)) }
    return files.map { ($0.0, $0.1.path(compact: date.compact, dashed: date.description)) }
  }

  /// Where corrected records of the source lie, below the extracts folder.
  public func correctionsPath(on date: CalendarDate) -> String { "corrections/\(date.compact)/\(id).csv" }
}

extension PipelineDefinition {
  /// Every file that the night's sources name, each once, in byte order of the paths.
  public func extractFiles(on date: CalendarDate, in folder: String) -> [ExtractFile] {
    var files: [String: ExtractFile] = [:]
    for source in sources {
      for (role, path) in source.deliveryFiles(on: date) {
        let absolute = path.hasPrefix("/") ? path : "\(folder)/\(path)"
        var file = files[path] ?? ExtractFile(path: path, absolute: absolute, role: role, sources: [])
        if !file.sources.contains(source.id) { file.sources.append(source.id) }
        files[path] = file
      }
      let path = source.correctionsPath(on: date)
      if Files.exists("\(folder)/\(path)") {
        files[path] = ExtractFile(path: path, absolute: "\(folder)/\(path)", role: .corrections, sources: [source.id])
      }
    }
    return files.values.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
  }
}
