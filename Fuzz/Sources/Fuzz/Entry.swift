import CFuzzer
import Glibc

/// What can be fuzzed. The first byte of an input chooses the format, the second how the content is cut into pieces.
enum FuzzTarget: String, CaseIterable {
  case csv, xml, fixed, jsonl, gb18030, gzip

  func run(_ input: FuzzInput) {
    switch self {
    case .csv: fuzzDelimited(input)
    case .xml: fuzzElements(input)
    case .fixed: fuzzFixedWidth(input)
    case .jsonl: fuzzJSONLines(input)
    case .gb18030: fuzzGB18030(input)
    case .gzip: fuzzGzip(input)
    }
  }
}

struct FuzzInput {
  let options: Int
  /// The most that one read gives.
  let piece: Int
  let content: [UInt8]

  init(_ data: UnsafeBufferPointer<UInt8>) {
    options = data.count > 0 ? Int(data[0]) : 0
    piece = data.count > 1 ? Int(data[1]) + 1 : 1
    content = Array(data.dropFirst(2))
  }

  /// Whether an option is on.
  func option(_ bit: Int) -> Bool { options >> bit & 1 != 0 }
}

nonisolated(unsafe) private var target = FuzzTarget.csv

/// `Fuzz TARGET [libFuzzer's flags] [corpus]`: the package manager makes this the program's entry.
@_cdecl("Fuzz_main")
public func main(
  _ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  guard count > 1, let name = arguments[1], let chosen = FuzzTarget(rawValue: String(cString: name)) else {
    print("fuzz: name one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    return 2
  }
  target = chosen
  // The fuzzer sees the arguments without the target's name.
  arguments[1] = arguments[0]
  var rest: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments + 1
  var restCount = count - 1
  return LLVMFuzzerRunDriver(&restCount, &rest) { data, size in
    target.run(FuzzInput(UnsafeBufferPointer(start: data, count: size)))
    return 0
  }
}
