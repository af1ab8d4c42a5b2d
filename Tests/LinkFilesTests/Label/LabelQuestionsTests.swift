import Basics
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

/// Asking about pairs, and what the answers do.
@Suite("Questions and answers")
struct LabelQuestionsTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write(PeopleFile.text(), to: "people.csv")
  }

  private func outcome(labels: String? = nil) throws -> LinkOutcome {
    var request = LinkRequest(paths: [path])
    request.id = "key"
    request.labels = labels
    return try LinkOutcome(try LinkRun(request))
  }

  @Test(
    "Answers in words",
    arguments: [
      ("y", .yes), (" YES ", .yes), ("n", .no), ("No", .no), ("?", .open), ("q", .quit), ("quit\r", .quit), ("", nil),
      ("maybe", nil),
    ] as [(String, LabelAnswer?)])
  func words(text: String, answer: LabelAnswer?) { #expect(LabelAnswer(text) == answer) }

  @Test("Open questions come first, then others; answered ones never")
  func order() throws {
    let outcome = try outcome()
    let first = LabelQuestions(outcome, LabelFile(), count: 4).pairs
    #expect(first.count == 4 && Set(first).count == 4)
    let file = LabelFile([
      .init(first[2].left, first[2].right), .init(first[0].left, first[0].right, isMatch: true),
      .init(first[0].left, first[0].right), .init(3, 50),
    ])
    let second = LabelQuestions(outcome, file, count: 4).pairs
    #expect(Array(second.prefix(2)) == [first[2], RecordPair(3, 50)])
    #expect(!second.contains(first[0]) && Set(second).count == 4)
    #expect(LabelQuestions(outcome, file, count: 1).pairs == [first[2]])
  }

  @Test("Values are masked unless asked for")
  func masking() throws {
    let outcome = try outcome()
    let questions = LabelQuestions(outcome, LabelFile([.init(0, 120)]), count: 1)
    #expect(
      questions.text(0, showsValues: true)
        == """
        1 of 1: A is row 1, B is row 121.
          column      A           B       agreement
          first name  Ann         Anna    one letter typed, left out or turned
          surname     Miller      Miller  the same
          dob         1910-01-10
          town        Leeds       Leeds   the same

        """)
    let masked = questions.text(0, showsValues: false)
    #expect(masked.contains("Xxx") && !masked.contains("Ann") && !masked.contains("1910"))
  }

  @Test("Each answer is added to what the file holds by then; one that is there stays")
  func adding() throws {
    let input = try outcome().run.input
    let file = "\(folder.path)/labels.csv"
    try LabelFile.add([.init(0, 120), .init(1, 121)], to: file, of: input)
    try LabelFile.add([.init(1, 121, isMatch: true)], to: file, of: input)
    try LabelFile.add([.init(1, 121, isMatch: false), .init(2, 3, isMatch: false)], to: file, of: input)
    #expect(
      try Files.text(of: file) == """
        file_a,row_a,id_a,file_b,row_b,id_b,answer
        people.csv,1,p1,people.csv,121,p121,
        people.csv,2,p2,people.csv,122,p122,yes
        people.csv,3,p3,people.csv,4,p4,no

        """)
    let empty = try folder.write("file_a,row_a,id_a,file_b,row_b,id_b,answer\n", to: "empty.csv")
    #expect(try LabelFile(reading: empty, of: input) == LabelFile())
  }

  @Test("Answers are followed in clusters and pairs, and said in the summary")
  func followed() throws {
    let before = try outcome()
    let joined = try #require(before.result.pairs.max { $0.weight < $1.weight })
    let far = RecordPair(0, 1)
    #expect(before.result.clusters.numbers[0] != before.result.clusters.numbers[1])
    let file = "\(folder.path)/labels.csv"
    try LabelFile.add(
      [.init(joined.left, joined.right, isMatch: false), .init(far.left, far.right, isMatch: true)], to: file,
      of: before.run.input)
    let after = try outcome(labels: file)
    let numbers = after.result.clusters.numbers
    #expect(numbers[Int(joined.left)] != numbers[Int(joined.right)] && numbers[0] == numbers[1])
    let pairs = after.linkedPairs(from: -.infinity)
    let listed = (0..<pairs.count).map { RecordPair(pairs.left[$0], pairs.right[$0]) }
    #expect(!listed.contains(RecordPair(joined.left, joined.right)))
    #expect(listed.count { $0 == far } == 1)
    #expect(pairs.probabilities[try #require(listed.firstIndex(of: far))] == 1)
    #expect(LinkSummary(after).text.contains("\nlabels     1 yes, 1 no\n"))
    #expect(!LinkSummary(after).text.contains("conflicts"))
    #expect(after.trained.model != before.trained.model)
  }

  @Test("Answers that contradict one another through a third record are told")
  func conflicts() throws {
    let file = try folder.write(
      """
      file_a,row_a,id_a,file_b,row_b,id_b,answer
      people.csv,1,p1,people.csv,2,p2,yes
      people.csv,2,p2,people.csv,3,p3,yes
      people.csv,1,p1,people.csv,3,p3,no

      """, to: "labels.csv")
    let text = LinkSummary(try outcome(labels: file)).text
    #expect(
      text.contains(
        """
        labels     2 yes, 1 no
        conflicts  1 answer could not be followed:
                   row 2 and row 3: said to be one, but other answers keep records of theirs apart

        """), "\(text)")
  }
}

/// 120 people in 180 records, as a file.
enum PeopleFile {
  static func text(_ rows: Range<Int> = 0..<180) -> String { LinkPeople.csv(rows, people: 120) }
}
