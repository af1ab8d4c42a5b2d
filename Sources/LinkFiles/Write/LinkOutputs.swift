import Basics
import Linkage

/// Writes what linking found: which cluster each record is in, and the pairs that say why.
///
/// Rows are counted from 1 in each file, damaged ones too. Files have mode 0600.
public enum LinkOutputs {
  private static let comma = UInt8(ascii: ",")
  private static let feed = UInt8(ascii: "\n")

  /// Writes `file,row,id,cluster`, a line a record in the order of the records. O(records).
  /// - Parameter clusters: By record any number of its cluster from 0 to the number of records; written as numbers from
  ///   1 in the order in which clusters first come.
  public static func writeClusters(_ clusters: [Int32], of input: LinkInput, to path: String) throws(Problem) {
    precondition(clusters.count == input.records.count)
    var numbers = [Int32](repeating: 0, count: clusters.count + 1)
    var last: Int32 = 0
    try writeClusters(of: input, to: path) { record in
      let cluster = Int(clusters[record])
      if numbers[cluster] == 0 {
        last += 1
        numbers[cluster] = last
      }
      return Int(numbers[cluster])
    }
  }

  /// Writes `file,row,id,cluster` as above, with clusters of any numbers.
  /// - Parameter number: Of a record's cluster; called once a record, in their order.
  public static func writeClusters(
    of input: LinkInput, to path: String, number: (Int) -> Int
  ) throws(Problem) {
    var buffer = try CSVBuffer(path)
    try buffer.append(Array("file,row,id,cluster\n".utf8))
    var record = 0
    for file in input.records.files {
      let name = Array((CSVText.field(file.name) + ",").utf8)
      for row in 0..<file.recordCount {
        try buffer.append(name)
        try buffer.appendInteger(row + 1)
        try buffer.append(comma)
        try appendId(Int32(record), input.ids, &buffer)
        try buffer.append(comma)
        try buffer.appendInteger(number(record))
        try buffer.append(feed)
        record += 1
      }
    }
    try buffer.finish()
  }

  /// Writes `file_a,row_a,id_a,file_b,row_b,id_b,weight,probability`, a line a pair by the records' order, the record
  /// that comes first as a; weights in bits with 3 decimals, probabilities with 6. O(pairs).
  public static func writePairs(_ pairs: LinkedPairs, of input: LinkInput, to path: String) throws(Problem) {
    var buffer = try CSVBuffer(path)
    try buffer.append(Array("file_a,row_a,id_a,file_b,row_b,id_b,weight,probability\n".utf8))
    let places = FilePlaces(input.records.files)
    var order: [Int32] = []
    if !pairs.isSorted {
      var keyed = KeyedRows(capacity: pairs.count)
      for pair in 0..<pairs.count { keyed.append(pairs.key(pair), row: Int32(pair)) }
      keyed.sort()
      order = keyed.rows
    }
    var (fileA, fileB) = (0, 0)
    for index in 0..<pairs.count {
      let pair = order.isEmpty ? index : Int(order[index])
      let key = pairs.key(pair)
      try append(Int32(truncatingIfNeeded: key >> 32), places, &fileA, input.ids, &buffer)
      try append(Int32(truncatingIfNeeded: key), places, &fileB, input.ids, &buffer)
      try buffer.appendDecimal(Double(pairs.weights[pair]), places: 3)
      try buffer.append(comma)
      try buffer.appendDecimal(Double(pairs.probabilities[pair]), places: 6)
      try buffer.append(feed)
    }
    try buffer.finish()
  }

  /// Writes `file,row,id,cluster,weight,other_cluster,other_weight`, a line for each new record and existing cluster
  /// that it fits beside its own; weights in bits with 3 decimals.
  public static func writeBridges(
    _ bridges: [LinkBridge], _ existing: ExistingRecords, of input: LinkInput, to path: String
  ) throws(Problem) {
    var buffer = try CSVBuffer(path)
    try buffer.append(Array("file,row,id,cluster,weight,other_cluster,other_weight\n".utf8))
    let places = FilePlaces(input.records.files)
    var file = 0
    for bridge in bridges {
      try append(bridge.record, places, &file, input.ids, &buffer)
      try buffer.appendInteger(existing.written[Int(bridge.cluster)])
      try buffer.append(comma)
      try buffer.appendDecimal(Double(bridge.weight), places: 3)
      try buffer.append(comma)
      try buffer.appendInteger(existing.written[Int(bridge.other)])
      try buffer.append(comma)
      try buffer.appendDecimal(Double(bridge.otherWeight), places: 3)
      try buffer.append(feed)
    }
    try buffer.finish()
  }

  /// `file,row,id,` of a record; `file` is where the last record was found, mostly the same one.
  @inline(__always)
  private static func append(
    _ record: Int32, _ places: FilePlaces, _ file: inout Int, _ ids: ValueTexts?, _ buffer: inout CSVBuffer
  ) throws(Problem) {
    let row = places.find(Int(record), near: &file)
    try buffer.append(places.names[file])
    try buffer.appendInteger(row)
    try buffer.append(comma)
    try appendId(record, ids, &buffer)
    try buffer.append(comma)
  }

  @inline(__always)
  private static func appendId(_ record: Int32, _ ids: ValueTexts?, _ buffer: inout CSVBuffer) throws(Problem) {
    guard let ids else { return }
    // Through a result: closures of other modules do not carry typed errors here.
    var problem: Problem?
    ids.withBytes(record) { text in
      do throws(Problem) { try buffer.appendField(text) } catch { problem = error }
    }
    if let problem { throw problem }
  }
}

/// Where records stand in their files.
struct FilePlaces: Sendable {
  /// Each with the comma that follows it, quoted where it must be.
  let names: [[UInt8]]
  /// By file: its first record; and the number of records.
  private let starts: [Int]

  init(_ files: [RecordSet.File]) {
    names = files.map { Array((CSVText.field($0.name) + ",").utf8) }
    starts = files.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.recordCount) }
  }

  /// The record's row in its file, from 1; sets `file` to that file.
  @inline(__always)
  func find(_ record: Int, near file: inout Int) -> Int {
    if record < starts[file] { file = 0 }
    while record >= starts[file + 1] { file += 1 }
    return record - starts[file] + 1
  }
}
