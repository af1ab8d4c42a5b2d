import Basics
import Linkage

/// Reads the section `linkage` of resolve.yaml with the two files that it names.
struct LinkageReader {
  let reader: FolderReader
  let declared: Declared
  private var problems: ProblemCollector { reader.problems }

  func definition(from value: Value) -> LinkageDefinition? {
    guard let section = Section(value, .linkage) else { return nil }
    let joinFrom = section["join_from"].flatMap { bits($0) }
    let reviewFrom = section["review_from"].flatMap { bits($0) }
    if let joinFrom, let reviewFrom, reviewFrom > joinFrom, let value = section["review_from"] {
      problems.report(
        "bad_number", "review_from is above join_from: what is joined needs no review", at: value.place,
        found: "\(reviewFrom)", expected: "at most \(joinFrom)")
    }
    let matchingFile = section["matching"]?.word()
    let modelFile = section["model"]?.word()
    let (matching, model) = (matchingFile.flatMap(matching), modelFile.flatMap(model))
    guard let matchingFile, let modelFile, let matching, let model else { return nil }
    for problem in model.problems(with: matching.matching, file: modelFile.text) { problems.add(problem) }
    return LinkageDefinition(
      matching: matching, model: model, matchingFile: matchingFile.text, modelFile: modelFile.text, joinFrom: joinFrom,
      reviewFrom: reviewFrom)
  }

  private func bits(_ value: Value) -> Double? {
    guard let word = value.word() else { return nil }
    if let number = Double(word.text), abs(number) <= 1_000 { return number }
    problems.report(
      "bad_number", "\(value.name) is not a number of bits", at: word.place, found: word.quoted,
      expected: "-1000 to 1000")
    return nil
  }

  private func model(_ file: Word) -> StoredModel? {
    guard let text = reader.text(file.text, stages: [.resolve], wantedAt: file.place) else { return nil }
    do throws(Problems) {
      return try ModelFile.read(text: text, file: file.text)
    } catch {
      for problem in error.list { problems.add(problem) }
      return nil
    }
  }

  private func matching(_ file: Word) -> MatchingDefinition? {
    guard let text = reader.text(file.text, stages: [.resolve], wantedAt: file.place) else { return nil }
    do throws(Problems) {
      let definition = try MatchingReader.read(text: text, file: file.text)
      for problem in LinkageDefinition.unknownColumns(of: definition.matching, file: file.text) {
        problems.add(problem)
      }
      checkSources(definition.withoutDuplicates, file: file.text)
      return definition
    } catch {
      for problem in error.list { problems.add(problem) }
      return nil
    }
  }

  private func checkSources(_ withoutDuplicates: MatchingDefinition.WithoutDuplicates, file: String) {
    guard case .sources(let names) = withoutDuplicates else { return }
    for name in names {
      declared.checkSource(
        Word(text: name, place: Place(file), isQuoted: false), holds: .party, problems: problems)
    }
  }
}
