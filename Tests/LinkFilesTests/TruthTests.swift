import Basics
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

@Suite("Truth from a file")
struct TruthTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func records(_ ids: [[String]]) throws -> LinkInput {
    let paths = try ids.enumerated().map { number, ids in
      try folder.write("id,name\n" + ids.map { "\($0),x\n" }.joined(), to: "f\(number).csv")
    }
    return try RecordFiles.read(paths: paths, id: "id")
  }

  /// Entities as sets of records; those of unknown records left out.
  private func entities(_ truth: Truth) -> [[Int]] {
    Dictionary(grouping: truth.codes.indices.filter { truth.codes[$0] >= 0 }) { truth.codes[$0] }.values
      .sorted { $0[0] < $1[0] }
  }

  private func problem(_ content: String, _ input: LinkInput) throws -> String {
    let path = try folder.write(content, to: "truth.csv")
    do throws(Problems) {
      _ = try Truth(file: path, of: input)
      return "none"
    } catch {
      return error.description.split(separator: folder.path + "/").joined()
    }
  }

  @Test("Ids and clusters; other records are unknown")
  func clusters() throws {
    let input = try records([["a", "b", "c"], ["d", "e"]])
    for content in ["id,cluster\na,7\nd,7\nb,8\n", "Cluster;rec\n7;a\n7;d\n8;b\n"] {
      let truth = try Truth(file: try folder.write(content, to: "t.csv"), of: input)
      #expect(entities(truth) == [[0, 3], [1]])
      #expect(truth.origin == "file t.csv")
      #expect(truth.notes.isEmpty)
    }
  }

  @Test("Pairs, closed under what follows from them; other records are alone")
  func pairs() throws {
    let input = try records([["a", "b", "c"], ["d", "e"]])
    let path = try folder.write("id_a,id_b\na,d\nd,c\nx,a\n", to: "t.csv")
    let truth = try Truth(file: path, of: input)
    #expect(entities(truth) == [[0, 2, 3], [1], [4]])
    #expect(
      truth.notes.map(\.description) == [
        "\(path): warning [foreign_truth]: lines of the file name ids that no record has; found 1 of 3 lines, expected "
          + "ids as in the id column of the records."
      ])
  }

  @Test("Where ids repeat, the file tells which is meant")
  func repeatedIds() throws {
    let input = try records([["1", "2"], ["1", "3"]])
    let truth = try Truth(
      file: try folder.write("file_a,id_a,file_b,id_b\nf0.csv,1,f1.csv,3\nf0.csv,2,f1.csv,1\n", to: "t.csv"), of: input)
    #expect(entities(truth) == [[0, 3], [1, 2]])
    #expect(
      try problem("id,cluster\n1,1\n", input)
        == "error [repeated_id]: two records have one id, and the truth cannot say which it means; found row 1 of f0.csv "
        + "and row 1 of f1.csv. Add a column file (file_a and file_b) to the truth.")
  }

  @Test("Files that say nothing")
  func problems() throws {
    let input = try records([["a", "b"]])
    #expect(
      try problem("left,right\na,b\n", input)
        == "truth.csv:1: error [not_truth]: the file's columns do not say which records are one entity; found left, right, "
        + "expected id and cluster, or id_a and id_b. Rename its columns.")
    #expect(
      try problem("id,cluster\nx,1\ny,1\n", input)
        == "truth.csv: error [foreign_truth]: lines of the file name ids that no record has; found 2 of 2 lines, expected "
        + "ids as in the id column of the records.")
    var withoutIds = input
    withoutIds.ids = nil
    #expect(
      try problem("id,cluster\na,1\n", withoutIds)
        == "error [no_ids]: a file of truth names records by their ids, and no id column is named. Add --id.")
  }
}
