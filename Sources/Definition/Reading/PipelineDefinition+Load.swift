import Basics

extension PipelineDefinition {
  /// Reads and checks a pipeline's folder.
  ///
  /// Throws every problem of the definition at once, in order of file and line; places are relative to the folder.
  /// SQL expressions are only carried: whether they compile is found out by the stage that runs them.
  public static func load(folder: String) throws(Problems) -> PipelineDefinition {
    guard Files.isFolder(folder) else {
      let problem = Problem(
        "no_pipeline", "there is no folder \(folder)", expected: "the folder of a pipeline",
        advice: "Begin one with guiyi init")
      throw Problems(.definition, [problem])
    }
    var loader = Loader(folder: Files.absolute(folder))
    let pipeline = loader.load()
    let errors = loader.reader.problems.sorted(.error)
    guard let pipeline, errors.isEmpty else { throw Problems(.definition, errors) }
    return pipeline
  }
}

/// Reads the parts in the order in which they refer to one another.
private struct Loader {
  let reader: FolderReader
  private var declared = Declared()
  private var problems: ProblemCollector { reader.problems }

  init(folder: String) { reader = FolderReader(folder) }

  mutating func load() -> PipelineDefinition? {
    let all = Set(StageName.allCases)
    let head = reader.document("pipeline.yaml", "a pipeline", stages: all)
      .flatMap { PipelineHead($0, folder: reader.folder) }
    declared.products = head?.products.flatMap(products)
    declared.sourceIds = head?.sources?.map(\.text)
    if let head {
      declared.conventions = head.conventions
      declared.decimals = head.conventions.decimals(of: head.currency)
    }
    readSources(head?.sources ?? [])
    let resolve = reader.document("resolve.yaml", "the resolve definition", stages: [.resolve])
      .flatMap { ResolveReader(reader: reader, declared: declared).definition(from: $0) }
    declared.merge = reader.document("merge.yaml", "the merge definition", stages: [.merge])
      .flatMap { MergeReader(declared: declared, problems: problems).definition(from: $0) }
    declared.tag = reader.document("tags.yaml", "the tag definition", stages: [.tag])
      .flatMap { TagReader(declared: declared, problems: problems).definition(from: $0) }
    let broadcast = readBroadcast()
    guard let head, let resolve, let merge = declared.merge, let tag = declared.tag, let broadcast else { return nil }
    return PipelineDefinition(
      folder: reader.folder, name: head.name, title: head.title, timeZone: head.timeZone, currency: head.currency,
      rates: head.rates, conventions: head.conventions, extracts: head.extracts, sources: declared.sources,
      products: declared.products ?? [],
      resolve: resolve, merge: merge, tag: tag, broadcast: broadcast,
      files: reader.files.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) },
      warnings: problems.sorted(.warning))
  }

  private func products(_ path: Word) -> [Product]? {
    reader.text(path.text, stages: [.merge, .tag, .broadcast], wantedAt: path.place)
      .flatMap { CatalogueReader(path: path.text, problems: problems).products(in: $0) }
  }

  // MARK: sources/

  private mutating func readSources(_ ids: [Word]) {
    // Resolve looks at the sources too: whose keys stand in `party`.
    let documents = ids.map { id in
      (
        id: id.text,
        document: reader.document(
          "sources/\(id.text).yaml", "a source", stages: [.ingest, .resolve], wantedAt: id.place)
      )
    }
    for (id, document) in documents { declared.kinds[id] = document.flatMap(SourceReader.kind) }
    for (id, document) in documents {
      guard let document else { continue }
      let sourceReader = SourceReader(id: id, declared: declared, problems: problems)
      if let source = sourceReader.source(from: document) { declared.sources.append(source) }
    }
    checkControlFiles(documents)
    if declared.sourceIds == nil { return }
    for name in names(in: "sources") where !ids.contains(where: { "\($0.text).yaml" == name }) {
      problems.warn(
        "unused_file", "no source of pipeline.yaml stands in this file", at: Place("sources/\(name)"),
        advice: "List it under sources or remove it")
    }
  }

  /// Where a control file speaks of several files, each line must name its file.
  private func checkControlFiles(_ documents: [(id: String, document: Value?)]) {
    for source in declared.sources {
      guard let control = source.arrival.control, !control.columns.contains(.file) else { continue }
      let others = declared.sources.filter {
        $0.arrival.control?.file == control.file && $0.file != source.file
      }
      guard let other = others.first, let document = documents.first(where: { $0.id == source.id })?.document
      else { continue }
      let place = document.node["arrival"]?["control"].map(document.place) ?? document.place
      problems.report(
        "bad_statement", "the control file speaks of several files and does not say of which", at: place,
        found: "also the control file of \(other.id)", expected: "`file` among its columns")
    }
  }

  // MARK: broadcast.yaml and campaigns/

  private func readBroadcast() -> BroadcastDefinition? {
    var broadcast = reader.document("broadcast.yaml", "the broadcast definition", stages: [.broadcast])
      .flatMap { BroadcastReader(declared: declared, problems: problems).definition(from: $0) }
    let campaigns = readCampaigns(broadcast?.templates)
    for template in broadcast?.templates ?? [] {
      let isUsed = campaigns.contains { $0.channels.contains { $0.template == template.id } }
      if isUsed { continue }
      problems.warn("unused_template", "no campaign uses the template \"\(template.id)\"", at: template.place)
    }
    broadcast?.campaigns = campaigns.sorted { ($0.priority, $0.id) < ($1.priority, $1.id) }
    return broadcast
  }

  private func readCampaigns(_ templates: [TemplateDefinition]?) -> [CampaignDefinition] {
    let campaignReader = CampaignReader(declared: declared, templates: templates, problems: problems)
    return names(in: "campaigns").compactMap { name in
      let id = name.hasSuffix(".yaml") ? String(name.dropLast(5)) : ""
      guard id.isSnakeCase else {
        problems.warn(
          "unused_file", "this is not the file of a campaign", at: Place("campaigns/\(name)"),
          advice: "Call it like the campaign, in snake case, with .yaml behind it")
        return nil
      }
      return reader.document("campaigns/\(name)", "a campaign", stages: [.broadcast])
        .flatMap { campaignReader.campaign(id, from: $0) }
    }
  }

  private func names(in folder: String) -> [String] {
    let path = "\(reader.folder)/\(folder)"
    guard Files.exists(path) else { return [] }
    do throws(Problem) {
      return try Files.names(in: path)
    } catch {
      // Campaigns that cannot be read are not "no campaigns".
      var problem = error
      problem.place = Place(folder)
      problems.add(problem)
      return []
    }
  }
}
