import Basics
import Glibc

/// `bench-extracts`: what reading extracts costs beside the bare parsers on the same files. One command a file.
@main
struct BenchExtracts {
  static let usage = """
    usage: bench-extracts csv PIPELINE EXTRACTS DATE [SOURCE …]
             CPU seconds of libcsv alone counting fields, and of ingest, for the CSV extracts of a night
           bench-extracts xml FILE RECORD FIELD …
             CPU seconds of libxml2's push parser alone with empty callbacks, and of reading the records at the path
             RECORD with the fields at the paths FIELD

    """

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    do {
      switch arguments.first {
      case "csv": try CSVBenchmark.run(Array(arguments.dropFirst()))
      case "xml": try XMLBenchmark.run(Array(arguments.dropFirst()))
      default: throw BenchmarkUsage()
      }
    } catch is BenchmarkUsage {
      complain(usage)
      exit(2)
    } catch {
      complain("\(error)\n")
      exit(1)
    }
  }
}

struct BenchmarkUsage: Error {}

/// CPU seconds of this process, user and system, all threads together.
func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The most memory that this process held so far, in MiB.
func peakMemoryMiB() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss >> 10
}

/// `12.34`, right-aligned.
func decimal(_ value: Double, width: Int = 8) -> String {
  let hundredths = Int((value * 100).rounded())
  let text = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
}

func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.utf8.count))
}

func complain(_ text: String) {
  var text = text
  text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
