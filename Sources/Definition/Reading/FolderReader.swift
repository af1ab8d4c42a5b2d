import Basics
import Yams

/// Reads the files of a pipeline's folder and remembers each with its hash.
final class FolderReader {
  let folder: String
  let problems = ProblemCollector()
  private(set) var files: [DefinitionFile] = []

  init(_ folder: String) { self.folder = folder }

  /// The text of a file, or nil after saying why there is none.
  func text(_ path: String, stages: Set<StageName>, wantedAt place: Place? = nil) -> String? {
    let full = "\(folder)/\(path)"
    guard Files.exists(full) else {
      problems.report(
        "missing_file", "there is no file \(path)", at: place ?? Place(path), advice: "Write it or remove what names it"
      )
      return nil
    }
    do throws(Problem) {
      let text = try Files.text(of: full)
      files.append(DefinitionFile(path: path, sha256: SHA256.of(text), stages: stages))
      return text
    } catch {
      problems.report(error.code, error.message, at: Place(path), advice: error.advice)
      return nil
    }
  }

  /// The only document of a YAML file.
  func document(_ path: String, _ name: String, stages: Set<StageName>, wantedAt place: Place? = nil) -> Value? {
    guard let text = text(path, stages: stages, wantedAt: place) else { return nil }
    return problems.document(in: text, path, name)
  }
}

extension ProblemCollector {
  /// The only document of a YAML text, or nil after saying why there is none.
  func document(in text: String, _ path: String, _ name: String) -> Value? {
    do {
      // Without a resolver's rules every scalar is the text that stands there: `0` and `"0"` are the same key.
      if let node = try compose(yaml: text, .basic, .default, .utf8) {
        return Value(node: node, name: name, file: path, problems: self)
      }
      report("empty_file", "the file says nothing", at: Place(path), expected: name)
    } catch let error as YamlError {
      report(error, in: path)
    } catch {
      report("invalid_yaml", "the file is not YAML: \(error)", at: Place(path))
    }
    return nil
  }

  private func report(_ error: YamlError, in path: String) {
    switch error {
    case .scanner(_, let reason, let mark, _), .parser(_, let reason, let mark, _),
      .composer(_, let reason, let mark, _):
      report(
        "invalid_yaml", "the file is not YAML: \(reason)", at: Place(path, line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
      report(
        "duplicate_key", "a key stands twice among the same keys", at: Place(path, line: context.mark.line),
        found: names, advice: "Keep one of them")
    default:
      report("invalid_yaml", "the file is not YAML: \(error)", at: Place(path))
    }
  }
}
