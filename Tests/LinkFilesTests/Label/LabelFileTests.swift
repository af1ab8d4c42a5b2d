import Basics
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

@Suite("Files of labels")
struct LabelFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func input(ids: Bool = true) throws -> LinkInput {
    let a = try folder.write("key,name\nk1,ann\nk2,\"bob, jr\"\nk3,cy\n", to: "a.csv")
    let b = try folder.write("key,name\nk1,ann\n\"k,9\",dora\n", to: "b.csv")
    return try RecordFiles.read(paths: [a, b], id: ids ? "key" : nil)
  }

  private func problems(_ content: String, _ input: LinkInput) throws -> [String] {
    let path = try folder.write(content, to: "labels.csv")
    do throws(Problems) {
      _ = try LabelFile(reading: path, of: input)
      return []
    } catch {
      return error.list.map { $0.description.split(separator: folder.path + "/").joined() }
    }
  }

  private static let head = "file_a,row_a,id_a,file_b,row_b,id_b,answer\n"

  @Test("What was written and filled in is read again")
  func roundTrip() throws {
    let input = try input()
    let file = LabelFile([.init(0, 3, isMatch: true), .init(1, 4), .init(0, 2, isMatch: false)])
    let text = file.text(of: input)
    #expect(
      text == Self.head + "a.csv,1,k1,b.csv,1,k1,yes\na.csv,2,k2,b.csv,2,\"k,9\",\na.csv,1,k1,a.csv,3,k3,no\n")
    let read = try LabelFile(reading: try folder.write(text, to: "labels.csv"), of: input)
    #expect(read == file)
    #expect(read.labels == [PairLabel(0, 3, isMatch: true), PairLabel(0, 2, isMatch: false)])
    #expect(read.pairs == [RecordPair(0, 3), RecordPair(1, 4), RecordPair(0, 2)])
  }

  @Test("Answers in any case, records in any order, with ids or without")
  func loosely() throws {
    let text = "answer;row_a;file_a;row_b;file_b\nYES;1;b.csv;1;a.csv\nn;2;a.csv;2;b.csv\n;1;a.csv;2;a.csv\n"
    let read = try LabelFile(reading: try folder.write(text, to: "labels.csv"), of: try input(ids: false))
    #expect(read.lines == [.init(0, 3, isMatch: true), .init(1, 4, isMatch: false), .init(0, 1)])
  }

  @Test("Everything that is wrong is told")
  func mistakes() throws {
    let input = try input()
    #expect(
      try problems("file_a,row_a,file_b,row_b\na.csv,1,b.csv,1\n", input) == [
        "labels.csv:1: error [not_labels]: the file has no column answer; expected "
          + "file_a,row_a,id_a,file_b,row_b,id_b,answer. Name a file that guiyi link label wrote."
      ])
    let lines = [
      "c.csv,1,k1,b.csv,1,k1,yes", "a.csv,4,k1,b.csv,1,k1,yes", "a.csv,x,k1,b.csv,1,k1,yes",
      "a.csv,1,k2,b.csv,1,k1,yes",
      "a.csv,1,k1,b.csv,1,k1,maybe", "a.csv,1,k1,a.csv,1,k1,yes", "a.csv,1,k1,b.csv,1,k1,yes",
      "b.csv,1,k1,a.csv,1,k1,no",
    ]
    #expect(
      try problems(Self.head + lines.joined(separator: "\n") + "\n", input) == [
        "labels.csv:2: error [unknown_record]: file_a is none of the linked files; found c***v, expected a.csv or b.csv. Link the files "
          + "that the labels are about, or take the line away.",
        "labels.csv:3: error [unknown_record]: row_a is no row of a.csv; found 9, expected 1 to 3. Link the files that the labels "
          + "are about, or take the line away.",
        "labels.csv:4: error [unknown_record]: row_a is no row of a.csv; found x, expected 1 to 3. Link the files that the labels "
          + "are about, or take the line away.",
        "labels.csv:5: error [foreign_label]: id_a is not the id of row 1 of a.csv; found k*, expected k*. "
          + "Label the files as they are now.",
        "labels.csv:6, field answer: error [unknown_answer]: the answer is not understood; found xxxxx, expected yes, no or "
          + "nothing. Answer yes where both are one, no where they are not; leave it empty to be asked again.",
        "labels.csv:7: error [foreign_label]: both records are the same one. Take the line away.",
        "labels.csv:9: error [contradicting_label]: line 8 answers otherwise for the same two records; found no, expected "
          + "yes. Take one of both lines away, or both to be asked again.",
      ])
  }
}
