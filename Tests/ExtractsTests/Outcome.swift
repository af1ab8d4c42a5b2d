import Basics

@testable import Extracts

/// A delivery, copied out of its reader so that it can be compared.
enum Outcome: Equatable, CustomStringConvertible {
  case record(line: Int, byte: Int, [String?], raw: [UInt8])
  case control(line: Int, byte: Int, [String?], raw: [UInt8])
  case damaged(line: Int, byte: Int, String, lines: Int, raw: [UInt8])

  var description: String {
    switch self {
    case .record(let line, let byte, let fields, _): "record \(line)@\(byte) \(fields.map { $0 ?? "nil" })"
    case .control(let line, let byte, let fields, _): "control \(line)@\(byte) \(fields.map { $0 ?? "nil" })"
    case .damaged(let line, let byte, let code, let lines, let raw):
      "damaged \(line)@\(byte) \(code) lines \(lines) raw \(raw.count)"
    }
  }

  var fields: [String?]? {
    if case .record(_, _, let fields, _) = self { fields } else { nil }
  }
}

extension Outcome {
  func movedDown(by lines: Int) -> Outcome {
    switch self {
    case .record(let line, let byte, let fields, let raw): .record(line: line + lines, byte: byte, fields, raw: raw)
    case .control(let line, let byte, let fields, let raw): .control(line: line + lines, byte: byte, fields, raw: raw)
    case .damaged(let line, let byte, let code, let count, let raw):
      .damaged(line: line + lines, byte: byte, code, lines: count, raw: raw)
    }
  }
}

func outcome(_ delivery: Delivery) -> Outcome {
  func fields(_ record: Record) -> [String?] { (0..<record.fieldCount).map { record.string($0) } }
  switch delivery {
  case .record(let record):
    return .record(line: record.line, byte: record.byteOffset, fields(record), raw: Array(record.raw))
  case .control(let record):
    return .control(line: record.line, byte: record.byteOffset, fields(record), raw: Array(record.raw))
  case .damaged(let damage):
    return .damaged(
      line: damage.place.line ?? 0, byte: damage.place.byteOffset ?? -1, damage.code.rawValue, lines: damage.lineCount,
      raw: damage.raw)
  }
}

func outcomes(_ reader: some RecordReader) throws -> [Outcome] {
  var list: [Outcome] = []
  while let delivery = try reader.next() { list.append(outcome(delivery)) }
  return list
}

/// What a reader gives by batches.
func outcomes(_ reader: some RecordReader, batch capacity: Int) throws -> [Outcome] {
  let batch = RecordBatch(capacity: capacity)
  var list: [Outcome] = []
  while true {
    let other = try reader.fill(batch)
    for index in 0..<batch.count { list.append(outcome(.record(batch[index]))) }
    if let other { list.append(outcome(other)) } else if batch.count == 0 { return list }
  }
}

func read(
  _ content: [UInt8], _ format: DelimitedFormat, piece: Int = .max, blockBytes: Int = 128 << 10
) throws -> [Outcome] {
  let bytes = ExtractBytes(content, named: "t.csv", piece: piece)
  return try outcomes(DelimitedReader(bytes, format: format, blockBytes: blockBytes))
}

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The problem that `work` throws.
func problem(_ work: () throws -> Void) -> Problem? {
  do { try work() } catch { return error as? Problem }
  return nil
}
