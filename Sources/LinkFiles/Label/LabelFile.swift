import Basics
import Linkage

/// Pairs that a person is asked about, with the answers, as CSV: `file_a,row_a,id_a,file_b,row_b,id_b,answer`.
///
/// `answer` is `yes`, `no` or blank; rows count from 1 in each file, as in the other outputs.
public struct LabelFile: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    public var left: Int32
    public var right: Int32
    /// nil where nobody has answered.
    public var isMatch: Bool?

    public init(_ left: Int32, _ right: Int32, isMatch: Bool? = nil) {
      self.left = left
      self.right = right
      self.isMatch = isMatch
    }
  }

  public var lines: [Line]

  public init(_ lines: [Line] = []) { self.lines = lines }

  /// The answers.
  public var labels: [PairLabel] {
    lines.compactMap { line in line.isMatch.map { PairLabel(line.left, line.right, isMatch: $0) } }
  }

  /// The pairs that nobody has answered, each once, in the order of the lines.
  public var open: [RecordPair] {
    var seen = Set(labels.map { RecordPair($0.left, $0.right) })
    return pairs.filter { seen.insert($0).inserted }
  }

  /// The pairs that are in it, answered or not.
  public var pairs: [RecordPair] { lines.map { RecordPair($0.left, $0.right) } }

  static let columns = ["file_a", "row_a", "id_a", "file_b", "row_b", "id_b", "answer"]

  // MARK: Writing

  /// Adds lines to a file, or their answers to the lines of the same records, and writes the whole anew at once.
  ///
  /// What is in the file by now is read first, so that nothing is lost that somebody wrote meanwhile; an answer that is
  /// there stays. A file that is not there is made.
  /// - Returns: What is in the file then.
  /// - Throws: As `init(reading:of:)`, and `unwritable_file` (`.data`).
  @discardableResult
  public static func add(_ lines: [Line], to path: String, of input: LinkInput) throws(Problems) -> LabelFile {
    var file = Files.exists(path) ? try LabelFile(reading: path, of: input) : LabelFile()
    for line in lines {
      let same = file.lines.indices.filter { file.lines[$0].left == line.left && file.lines[$0].right == line.right }
      if same.contains(where: { file.lines[$0].isMatch != nil }) { continue }
      if let first = same.first { file.lines[first].isMatch = line.isMatch } else { file.lines.append(line) }
    }
    do throws(Problem) {
      try Files.write(file.text(of: input), to: path)
    } catch {
      throw Problems(.data, [error])
    }
    return file
  }

  public func text(of input: LinkInput) -> String {
    let places = FilePlaces(input.records.files)
    var (fileA, fileB) = (0, 0)
    return lines.reduce(into: CSVText.line(Self.columns)) { text, line in
      text += CSVText.line(
        Self.record(line.left, places, &fileA, input) + Self.record(line.right, places, &fileB, input)
          + [line.isMatch.map { $0 ? "yes" : "no" } ?? ""])
    }
  }

  private static func record(_ record: Int32, _ places: FilePlaces, _ file: inout Int, _ input: LinkInput) -> [String] {
    let row = places.find(Int(record), near: &file)
    return [input.records.files[file].name, String(row), input.ids?[record] ?? ""]
  }

  // MARK: Reading

  /// Reads what `text(of:)` wrote and a person filled in.
  ///
  /// Lines are found by file and row; where they have ids and the records too, both must agree. Of several lines of one
  /// pair all answers must agree.
  /// - Throws: `not_labels` (`.definition`); all of `unknown_record`, `foreign_label`, `unknown_answer`,
  ///   `contradicting_label` (`.data`); and what reading the file throws.
  public init(reading path: String, of input: LinkInput) throws(Problems) {
    let read: LinkInput
    do throws(Problems) {
      read = try RecordFiles.read(paths: [path])
    } catch {
      // A line of names and nothing below: nobody has been asked yet.
      guard error.list.map(\.code) == ["no_records"] else { throw error }
      lines = []
      return
    }
    var columns: [InternedColumn] = []
    for name in Self.columns {
      let found = read.records.columns.first { $0.name.lowercased() == name }
      if found == nil && name.hasPrefix("id_") {
        columns.append(
          InternedColumn(name: name, codes: [Int32](repeating: -1, count: read.records.count), texts: ValueTexts()))
        continue
      }
      guard let found else {
        throw Problems(
          .definition,
          [
            Problem(
              "not_labels", "the file has no column \(name)", at: Place(path, line: 1),
              expected: Self.columns.joined(separator: ","), advice: "Name a file that guiyi link label wrote")
          ])
      }
      columns.append(found)
    }
    var reader = LabelReader(path: path, input: input, columns: columns)
    for row in 0..<read.records.count { reader.read(row) }
    if !reader.problems.isEmpty { throw Problems(.data, reader.problems) }
    lines = reader.lines
  }
}

/// Reads lines of labels and collects what is wrong with them.
private struct LabelReader {
  let path: String
  let input: LinkInput
  let columns: [InternedColumn]
  var lines: [LabelFile.Line] = []
  var problems: [Problem] = []
  private var answers: [UInt64: (isMatch: Bool, line: Int)] = [:]

  init(path: String, input: LinkInput, columns: [InternedColumn]) {
    self.path = path
    self.input = input
    self.columns = columns
  }

  mutating func read(_ row: Int) {
    let place = Place(path, line: row + 2)
    guard let a = record(row, 0, "a", place), let b = record(row, 3, "b", place) else { return }
    if a == b {
      problems.append(
        Problem("foreign_label", "both records are the same one", at: place, advice: "Take the line away"))
      return
    }
    let word = columns[6].text(row)?.lowercased()
    var isMatch: Bool?
    switch word {
    case nil: break
    case "yes", "y", "1", "true": isMatch = true
    case "no", "n", "0", "false": isMatch = false
    case let word?:
      problems.append(
        Problem(
          "unknown_answer", "the answer is not understood", at: Place(path, line: row + 2, field: "answer"),
          found: Masking.shape(word), expected: "yes, no or nothing",
          advice: "Answer yes where both are one, no where they are not; leave it empty to be asked again"))
      return
    }
    let line = LabelFile.Line(min(a, b), max(a, b), isMatch: isMatch)
    lines.append(line)
    guard let isMatch else { return }
    let key = UInt64(UInt32(bitPattern: line.left)) << 32 | UInt64(UInt32(bitPattern: line.right))
    if let earlier = answers[key], earlier.isMatch != isMatch {
      problems.append(
        Problem(
          "contradicting_label", "line \(earlier.line) answers otherwise for the same two records", at: place,
          found: isMatch ? "yes" : "no", expected: isMatch ? "no" : "yes",
          advice: "Take one of both lines away, or both to be asked again"))
    } else {
      answers[key] = (isMatch, row + 2)
    }
  }

  /// The record that the three columns from `first` on name.
  private mutating func record(_ row: Int, _ first: Int, _ side: String, _ place: Place) -> Int32? {
    let name = columns[first].text(row) ?? ""
    guard let file = input.records.files.firstIndex(where: { $0.name == name }) else {
      problems.append(
        Problem(
          "unknown_record", "file_\(side) is none of the linked files", at: place, found: Masking.mask(name),
          expected: input.records.files.map(\.name).joined(separator: " or "),
          advice: "Link the files that the labels are about, or take the line away"))
      return nil
    }
    let count = input.records.files[file].recordCount
    guard let number = Int(columns[first + 1].text(row) ?? ""), number >= 1, number <= count else {
      problems.append(
        Problem(
          "unknown_record", "row_\(side) is no row of \(name)", at: place,
          found: columns[first + 1].text(row).map(Masking.shape) ?? "nothing",
          expected: "1 to \(count)", advice: "Link the files that the labels are about, or take the line away"))
      return nil
    }
    let record = Int32(input.records.files[..<file].reduce(number - 1) { $0 + $1.recordCount })
    if let id = columns[first + 2].text(row), let ids = input.ids, ids[record] != id {
      problems.append(
        Problem(
          "foreign_label", "id_\(side) is not the id of row \(number) of \(name)", at: place, found: Masking.mask(id),
          expected: Masking.mask(ids[record]), advice: "Label the files as they are now"))
      return nil
    }
    return record
  }
}
