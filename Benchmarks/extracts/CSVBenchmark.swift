import Basics
import CLibCSV
import Definition
import Glibc
import Ingest
import StageKit
import Standards

/// Ingest of the CSV extracts of a night, held against libcsv that does nothing but count fields.
///
/// Each is measured for every extract alone and for all of them together; ingest checks, converts and writes what
/// libcsv only splits. The aim is a ratio of 1.
enum CSVBenchmark {
  static func run(_ arguments: [String]) throws {
    guard arguments.count >= 3, let date = CalendarDate(arguments[2]) else { throw BenchmarkUsage() }
    let (folder, wanted) = (arguments[1], arguments.dropFirst(3))
    var pipeline = try PipelineDefinition.load(folder: arguments[0])
    pipeline.sources = pipeline.sources.filter { source in
      guard case .delimited = source.format else { return false }
      return wanted.isEmpty || wanted.contains(source.id)
    }
    guard !pipeline.sources.isEmpty else { throw BenchmarkUsage() }
    print(padded("source", 20) + "     MiB    fields   libcsv   ingest    ratio")
    for source in pipeline.sources { try measure([source], of: pipeline, date, folder) }
    if pipeline.sources.count > 1 { try measure(pipeline.sources, of: pipeline, date, folder) }
    print("peak memory \(peakMemoryMiB()) MiB")
  }

  private static func measure(
    _ sources: [SourceDefinition], of pipeline: PipelineDefinition, _ date: CalendarDate, _ folder: String
  ) throws {
    var bytes = 0
    var fields = 0
    var start = cpuSeconds()
    for source in sources {
      let path = "\(folder)/\(source.file.path(compact: date.compact, dashed: date.description))"
      bytes += try Files.size(path)
      fields += try FieldCount.fields(in: path, of: source)
    }
    let bare = cpuSeconds() - start
    let delivery = try delivered(sources, date, folder)
    start = cpuSeconds()
    try ingest(sources, of: pipeline, date, folder, delivery)
    let ours = cpuSeconds() - start
    print(
      padded(sources.count == 1 ? sources[0].id : "all together", 20) + decimal(Double(bytes) / 1_048_576)
        + String(repeating: " ", count: max(1, 10 - String(fields).utf8.count)) + String(fields)
        + decimal(bare, width: 9) + decimal(ours, width: 9) + decimal(ours / bare, width: 9))
  }

  /// The files' hashes, which a night's manifest needs and ingest is given.
  private static func delivered(
    _ sources: [SourceDefinition], _ date: CalendarDate, _ folder: String
  ) throws -> NightDelivery {
    var files: [String: NightDelivery.File] = [:]
    for source in sources {
      let path = source.file.path(compact: date.compact, dashed: date.description)
      let (sha256, bytes) = try SHA256.ofFile("\(folder)/\(path)")
      files[path] = NightDelivery.File(bytes: bytes, sha256: sha256)
    }
    return NightDelivery(files: files)
  }

  private static func ingest(
    _ sources: [SourceDefinition], of pipeline: PipelineDefinition, _ date: CalendarDate, _ folder: String,
    _ delivery: NightDelivery
  ) throws {
    var pipeline = pipeline
    pipeline.sources = sources
    let output = "\(folder)/bench-\(getpid())"
    try Files.makeFolder(output)
    defer { try? Files.remove(output) }
    let threads = getenv("THREADS").flatMap { Int(String(cString: $0)) } ?? 1
    _ = try IngestStage.run(
      StageContext(
        pipeline: pipeline, businessDate: date, extractsFolder: folder, runFolder: output, outputFolder: output,
        previousRun: nil, delivery: delivery, threads: threads))
  }
}

/// libcsv with callbacks that count.
private enum FieldCount {
  static func fields(in path: String, of source: SourceDefinition) throws -> Int {
    guard case .delimited(let layout) = source.format else { return 0 }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem.unreadable(path) }
    defer { close(descriptor) }
    var parser = csv_parser()
    csv_init(&parser, 0)
    defer { csv_free(&parser) }
    csv_set_delim(&parser, layout.separator.utf8.first ?? 44)
    // A byte that no extract holds, where quotes mean nothing.
    csv_set_quote(&parser, layout.quote ?? 1)
    let block = UnsafeMutableRawPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { block.deallocate() }
    var count = 0
    while true {
      let read = Glibc.read(descriptor, block, 256 << 10)
      if read <= 0 { break }
      csv_parse(
        &parser, block, read, { _, _, count in count?.assumingMemoryBound(to: Int.self).pointee += 1 }, { _, _ in },
        &count)
    }
    csv_fini(&parser, { _, _, count in count?.assumingMemoryBound(to: Int.self).pointee += 1 }, { _, _ in }, &count)
    return count
  }
}
