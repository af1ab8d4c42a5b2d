import Basics
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

@Suite("Clusters of existing records")
struct ExistingRecordsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Three and two existing records, one new.
  private func input(ids: Bool = true) throws -> LinkInput {
    let paths = [
      try folder.write("key,name\nk1,ann\nk2,bob\nk3,cy\n", to: "a.csv"),
      try folder.write("key,name\nk4,ann\nk5,dora\n", to: "b.csv"), try folder.write("key,name\nk9,eve\n", to: "n.csv"),
    ]
    return try RecordFiles.read(paths: paths, id: ids ? "key" : nil)
  }

  private func read(_ text: String, ids: Bool = true) throws -> ExistingRecords {
    try ExistingRecords(reading: try folder.write(text, to: "clusters.csv"), of: try input(ids: ids), files: 2)
  }

  @Test("Numbers are kept; records without a line come after the greatest, new clusters after these")
  func numbers() throws {
    let existing = try read("file,row,id,cluster\nb.csv,1,k4,7\na.csv,1,k1,7\na.csv,3,k3,2\n")
    #expect(existing.clusters.numbers == [0, 1, 2, 0, 3])
    #expect(existing.written == [7, 8, 2, 9])
    #expect(existing.unlisted == 2)
    #expect(existing.numbers([0, 1, 2, 0, 3, -1], Clustering.of([0, 1, 2, 0, 3, 4])) == [7, 8, 2, 7, 9, 10])
    #expect(existing.numbers([0, 1, 2, 0, 3, 2], Clustering.of([0, 1, 2, 0, 3, 2])) == [7, 8, 2, 7, 9, 2])
  }

  @Test("Each alone where there are no clusters")
  func alone() {
    #expect(ExistingRecords(recordCount: 3).written == [1, 2, 3])
    #expect(ExistingRecords(recordCount: 0).written == [])
    #expect(ExistingRecords(recordCount: 0).greatest == 0)
  }

  @Test("Records are found by id where their file has another name now")
  func byId() throws {
    let existing = try read("file,row,id,cluster\nold.csv,1,k5,3\nold.csv,2,k2,3\na.csv,1,,1\n")
    #expect(existing.clusters.numbers == [0, 1, 2, 3, 1])
    #expect(existing.written == [1, 3, 4, 5])
  }

  @Test("Everything that is wrong is told")
  func mistakes() throws {
    func problems(_ text: String, ids: Bool = true) throws -> [String] {
      let (path, records) = (try folder.write(text, to: "clusters.csv"), try input(ids: ids))
      do throws(Problems) {
        _ = try ExistingRecords(reading: path, of: records, files: 2)
        return []
      } catch {
        return error.list.map { $0.description.split(separator: folder.path + "/").joined() }
      }
    }
    #expect(
      try problems("file,row,cluser\na.csv,1,2\n") == [
        "clusters.csv:1: error [not_clusters]: the file's columns do not say which records are one cluster; found file, "
          + "row, cluser, expected file, row, id and cluster. Name the clusters.csv of an earlier run."
      ])
    let lines = [
      "n.csv,1,k8,1", "a.csv,4,k1,1", "a.csv,2,k3,1", "a.csv,1,k1,x1", "a.csv,2,k2,4", "a.csv,2,k2,5", "b.csv,1,k4,0",
    ]
    #expect(
      try problems("file,row,id,cluster\n" + lines.joined(separator: "\n") + "\n") == [
        "clusters.csv:2: error [unknown_record]: the line names none of the existing files, and its id is not the id of "
          + "one existing record; found n***v, expected a.csv or b.csv. Name all files of the earlier run behind "
          + "--against, or link with --id.",
        "clusters.csv:3: error [unknown_record]: the line names no row of a.csv; found 9, expected 1 to 3. Give the "
          + "clusters of these files as they are now.",
        "clusters.csv:4: error [foreign_cluster]: the id is not that of row 2 of a.csv; found k*, expected k*. Give the "
          + "clusters of these files as they are now.",
        "clusters.csv:5: error [bad_number]: the cluster is not a number; found x9, expected 1 to 2147483647.",
        "clusters.csv:7: error [repeated_record]: the record stands in two clusters; found 5 and 4, expected one line a "
          + "record. Take one of both lines away.",
        "clusters.csv:8: error [bad_number]: the cluster is not a number; found 9, expected 1 to 2147483647.",
      ])
    let many = try problems("file,row,cluster\n" + (10..<40).map { "a.csv,\($0),1\n" }.joined())
    #expect(many.count == 11)
    #expect(many.last == "clusters.csv: error [more_problems]: 20 more lines are wrong. See to the first ones.")
  }
}

extension Clustering {
  /// By record any number of its cluster, less than the number of records.
  fileprivate static func of(_ numbers: [Int32]) -> Clustering {
    var pairs: [ScoredPair] = []
    for (record, number) in numbers.enumerated() {
      if let first = numbers.firstIndex(of: number), first < record {
        pairs.append(ScoredPair(Int32(first), Int32(record), 1))
      }
    }
    return Clustering.connected(recordCount: numbers.count, pairs: pairs, threshold: 0)
  }
}
