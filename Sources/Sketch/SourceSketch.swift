import Basics
import Definition

/// A first definition of a source, from a sample of its files.
public struct SourceSketch {
  let sample: Sample
  let text: SampleText
  let layout: Layout
  let binding: Binding
  let name: SampleName
  let id: String
  /// Where the keys of a fact's parties come from.
  let partySource: String?

  /// Looks at the beginning and the end of a file.
  ///
  /// - Parameters:
  ///   - id: what the source is called; nil: after the file.
  ///   - kind: what the records are; nil: what they look like.
  ///   - pipeline: that the source is meant for: says where extracts lie and which sources hold parties.
  /// - Throws: `unreadable_file`, `empty_sample`, `damaged_gzip`, `unknown_layout`.
  public init(
    of path: String, id: String? = nil, kind: RecordKind? = nil, pipeline: PipelineDefinition? = nil
  ) throws(Problem) {
    sample = try Sample(path)
    text = SampleText(sample)
    layout = try Layout(text, of: sample, named: path)
    binding = Binding(layout.profiles, kind: kind, hasNames: layout.hasNames)
    name = SampleName(path, extracts: pipeline?.extracts)
    self.id = id ?? name.id
    let system = self.id.split(separator: "_").first.map(String.init)
    let parties = pipeline?.sources.filter { $0.kind == .party } ?? []
    partySource = (parties.first { $0.system == system } ?? parties.first)?.id
  }

  /// The definition as YAML: a file for `sources/`. No value of a sample stands in it but codes and marks.
  public var definition: String { SketchWriter(self).text }
}
