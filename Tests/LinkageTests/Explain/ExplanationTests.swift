import TestSupport
import Testing

@testable import Linkage

@Suite("Why a pair has its weight")
struct ExplanationTests {
  private static let given = ["mary", "john", "anna", "peter", "lucy", "paul"]
  private static let family = ["smith", "jones", "brown", "taylor", "evans"]
  private static let towns = ["york", "leeds", "bath"]

  /// Made-up people: names that may be swapped, dates, towns, telephones; some missing.
  private static func linker(seed: UInt64, count: Int = 60) -> Linker {
    var random = SeededRandom(seed: seed)
    func column(_ name: String, _ values: [String]) -> InternedColumn {
      InternedColumn(
        name: name,
        values: (0..<count).map { _ in
          Int.random(in: 0..<8, using: &random) == 0 ? nil : values.randomElement(using: &random)
        })
    }
    let records = RecordSet(
      files: [.init(name: "a", recordCount: count)],
      columns: [
        column("given", given + family), column("family", family + given),
        column("born", ["1980-01-02", "1980-02-01", "1971-05-06", "1999-12-31"]), column("town", towns),
        column("street", ["high street", "hill road", "mill lane"]), column("sex", ["m", "f"]),
      ])
    let matching = Matching(
      fields: [
        .init(id: "given", kind: .givenName, group: .name, columns: ["given"], isShared: false),
        .init(id: "family", kind: .familyName, group: .name, columns: ["family"], isShared: true),
        .init(id: "born", kind: .date, group: .birth, columns: ["born"], isShared: false),
        .init(id: "town", kind: .text, group: .address, columns: ["town"], isShared: true),
        .init(id: "street", kind: .text, group: .address, columns: ["street"], isShared: true),
        .init(id: "sex", kind: .category, group: .other, columns: ["sex"], isShared: false),
      ], swappable: [("given", "family")], blocking: [])
    return Linker(records, matching)
  }

  @Test("The sum is the weight of the pair", arguments: 1...4)
  func sum(seed: Int) {
    let linker = Self.linker(seed: UInt64(seed))
    let model = linker.train(linker.candidates()).model
    var (swapped, missing, rare) = (0, 0, 0)
    for a in 0..<60 {
      for b in (a + 1)..<60 {
        let explanation = linker.explain(a, b, model)
        let weight = Double(linker.weight(a, b, model))
        #expect(abs(explanation.weight - weight) < 1e-3, "seed \(seed), records \(a) and \(b)")
        #expect((explanation.household ?? 1) <= 0)
        if explanation.areNamesSwapped { swapped += 1 }
        if explanation.parts.contains(where: { !$0.isCompared }) { missing += 1 }
        if explanation.parts.contains(where: { $0.frequencyBits != 0 }) { rare += 1 }
      }
    }
    #expect(swapped > 10 && missing > 100 && rare > 100, "the pairs are of every sort")
  }

  @Test("Of a pair: values, levels, shares, counts")
  func parts() throws {
    let records = RecordSet(
      files: [.init(name: "a", recordCount: 4)],
      columns: [
        InternedColumn(name: "given", values: ["Mary", "Smith", "John", "John"]),
        InternedColumn(name: "family", values: ["Smith", "Mary", nil, "Brown"]),
      ])
    let matching = Matching(
      fields: [
        .init(id: "given", kind: .givenName, group: .name, columns: ["given"], isShared: false),
        .init(id: "family", kind: .familyName, group: .name, columns: ["family"], isShared: true),
      ], swappable: [("given", "family")], blocking: [])
    let linker = Linker(records, matching)
    let model = linker.train(linker.candidates()).model

    let swapped = linker.explain(0, 1, model)
    #expect(swapped.areNamesSwapped)
    #expect(swapped.parts.map(\.id) == ["given", "family", "order_of_given"])
    #expect(swapped.parts.map(\.level) == ["exact", "exact", "swapped_in_second"])
    #expect(swapped.parts.map(\.left) == ["mary", "smith", nil])
    #expect(swapped.parts.map(\.right) == ["mary", "smith", nil])
    #expect(swapped.parts[0].m == model.m[0][1])
    #expect(swapped.parts[0].u == model.u[0][1])
    #expect(swapped.parts[1].h == model.h[1][1])
    #expect(swapped.groups.map(\.group) == [.name])

    let other = linker.explain(2, 3, model)
    #expect(other.parts.map(\.level) == ["exact", "missing", "straight"])
    #expect(other.parts[0].leftCount == 2)
    #expect(other.parts[0].knownCount == 4)
    #expect(other.parts[1].left == nil)
    #expect(other.parts[1].right == "brown")
    #expect(other.parts[1].bits == 0)
    #expect(!other.areNamesSwapped)
  }
}
