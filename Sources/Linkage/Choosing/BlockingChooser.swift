import Basics

/// Chooses blocking rules by what they would find and what they cost.
///
/// What a rule finds is estimated on simulated true matches, whose fields agree, differ a little or differ wholly as the
/// ladders' starting shares say, and whose names and addresses may have changed as a whole. What it costs is counted on a
/// sample of the records. The greedy choice takes the rule that finds most new matches for its pairs, until the budget
/// is used up or nothing is left to be found (the budgeted maximum coverage of Khuller, Moss and Naor, 1999).
public struct BlockingChooser {
  public struct Choice: Sendable {
    public var rules: [Matching.BlockingRule] = []
    /// By rule: estimated pairs, and the share of matches that it adds to those of the rules before.
    public var pairs: [Int] = []
    public var added: [Double] = []
    public var budget = 0

    public init() {}

    public var found: Double { added.reduce(0, +) }
    public var totalPairs: Int { pairs.reduce(0, +) }
  }

  private struct Atom {
    var atom: Matching.KeyAtom
    var field: Int
    var keys: SampledKeys
    /// By simulated match: whether both records have the same key; 64 in a word.
    var agrees: [UInt64]
  }

  private let fields: [Field]
  private let recordCount: Int
  private let budget: Int
  private static let simulations = 4_096
  private static let ruleLimit = 20

  init(_ fields: [Field], budget: Int) {
    self.fields = fields
    recordCount = fields.first?.recordCount ?? 0
    self.budget = budget
  }

  /// How many pairs may be compared: all of 1,000 records; of more, twelve a record, but at least 1,500,000.
  public static func budget(recordCount: Int) -> Int { max(1_500_000, 12 * recordCount) }

  public static func comparesAll(recordCount: Int) -> Bool { recordCount <= 1_000 }

  func choose() -> Choice {
    var choice = Choice()
    choice.budget = budget
    let atoms = makeAtoms()
    var rules = candidates(atoms)
    var covered = [UInt64](repeating: 0, count: Self.simulations / 64)
    var twice = covered
    var left = budget
    while choice.rules.count < Self.ruleLimit {
      var best: (index: Int, gain: Int, value: Double)?
      // A match found by one rule only hangs on what that rule assumes: finding it a second time is worth a tenth.
      for (index, rule) in rules.enumerated() where rule.pairs <= left {
        var (gain, second) = (0, 0)
        for word in covered.indices {
          gain += (rule.agrees[word] & ~covered[word]).nonzeroBitCount
          second += (rule.agrees[word] & covered[word] & ~twice[word]).nonzeroBitCount
        }
        // The first pairs are free: a rule of few pairs is not chosen for that alone.
        let value = (Double(gain) + 0.1 * Double(second)) / (Double(rule.pairs) + Double(budget) * 0.02)
        if gain * 10 + second > 20, value > best?.value ?? 0 { best = (index, gain, value) }
      }
      guard let best else { break }
      let rule = rules.remove(at: best.index)
      for word in covered.indices {
        twice[word] |= covered[word] & rule.agrees[word]
        covered[word] |= rule.agrees[word]
      }
      left -= rule.pairs
      choice.rules.append(Matching.BlockingRule(rule.atoms.map { atoms[$0].atom }))
      choice.pairs.append(rule.pairs)
      choice.added.append(Double(best.gain) / Double(Self.simulations))
    }
    return choice
  }

  // MARK: Rules

  private struct Rule {
    var atoms: [Int]
    var pairs: Int
    var agrees: [UInt64]
  }

  /// Every atom alone, and every two of different fields, within the budget.
  private func candidates(_ atoms: [Atom]) -> [Rule] {
    var rules: [Rule] = []
    var counter = PairCounter(recordCount: recordCount)
    for (a, atom) in atoms.enumerated() {
      let alone = counter.pairs(atom.keys)
      if alone <= budget { rules.append(Rule(atoms: [a], pairs: alone, agrees: atom.agrees)) }
      for b in (a + 1)..<max(a + 1, atoms.count)
      where atoms[b].field != atom.field && !(atom.keys.areSeveral && atoms[b].keys.areSeveral) {
        let pairs = counter.pairs(atom.keys, atoms[b].keys)
        if pairs <= budget {
          rules.append(Rule(atoms: [a, b], pairs: pairs, agrees: zip(atom.agrees, atoms[b].agrees).map { $0 & $1 }))
        }
      }
    }
    return rules
  }

  // MARK: Atoms

  private func makeAtoms() -> [Atom] {
    let sample = sampledRecords()
    let simulated = simulate()
    var atoms: [Atom] = []
    for (number, field) in fields.enumerated() where field.known * 20 >= recordCount || field.known > 1_000 {
      for part in field.kind.keyParts {
        var agrees = [UInt64](repeating: 0, count: Self.simulations / 64)
        for (index, state) in simulated[number].enumerated() where state.agrees(part) {
          agrees[index / 64] |= 1 << UInt64(index % 64)
        }
        atoms.append(
          Atom(
            atom: .init(field.plan.id, part), field: number,
            keys: SampledKeys(field, part, sample), agrees: agrees))
      }
    }
    return atoms
  }

  private func sampledRecords() -> [Int] {
    let size = min(recordCount, 20_000)
    // Evenly spaced records would follow the order of the file; these do not.
    var draws = SplitMix64(seed: 7)
    if size == recordCount { return Array(0..<recordCount) }
    return (0..<size).map { _ in draws.below(recordCount) }.sorted()
  }

  /// What became of a field between two records of one entity.
  private enum State {
    case same, slipLate, slipEarly, similar, different, missing

    /// Whether the key of this part is the same in both.
    func agrees(_ part: Matching.KeyPart) -> Bool {
      switch (self, part) {
      case (.same, _): true
      case (.slipLate, .prefix), (.slipEarly, .suffix): true
      case (.slipLate, .phonetic), (.similar, .phonetic): true
      case (.slipEarly, .monthAndDay), (.slipLate, .year): true
      case (.slipEarly, .localPart): false
      case (.similar, .year): true
      case (.slipLate, .localPart): true
      case (.slipLate, .words), (.slipEarly, .words), (.slipLate, .similar), (.slipEarly, .similar): true
      case (.slipLate, .syllables), (.slipEarly, .syllables), (.similar, .syllables): true
      case (.slipLate, .familySounds), (.similar, .familySounds), (.similar, .givenNames): true
      default: false
      }
    }
  }

  /// By field, by simulated match.
  private func simulate() -> [[State]] {
    var draws = SplitMix64(seed: 11)
    var states = fields.map { _ in [State]() }
    for _ in 0..<Self.simulations {
      // Names and addresses change as a whole in one match of twelve.
      let changed = Dictionary(
        FieldGroup.allCases.map { ($0, ($0 == .name || $0 == .address) && draws.below(12) == 0) },
        uniquingKeysWith: { a, _ in a })
      for (number, field) in fields.enumerated() {
        let known = Double(field.known) / Double(max(1, recordCount))
        let draw = Double(draws.below(1_000_000)) / 1_000_000
        let share = Ladder.of(field.kind).levels[0].startingShare / 1_000
        let slip = (1 - share) / 3
        let state: State
        if draw > known * known {
          state = .missing
        } else if changed[field.plan.group] == true {
          state = .different
        } else {
          switch Double(draws.below(1_000_000)) / 1_000_000 {
          case ..<share: state = .same
          case ..<(share + slip * 0.7): state = .slipLate
          case ..<(share + slip): state = .slipEarly
          case ..<(share + 2 * slip): state = .similar
          default: state = .different
          }
        }
        states[number].append(state)
      }
    }
    return states
  }
}

extension FieldKind {
  /// Of what its values can be blocked by.
  var keyParts: [Matching.KeyPart] {
    switch self {
    case .givenName, .familyName: [.exact, .phonetic, .prefix(3)]
    case .date: [.exact, .year, .monthAndDay, .yearAndMonth]
    case .phone: [.exact, .suffix(6)]
    case .email: [.exact, .localPart, .prefix(5)]
    case .code: [.exact, .prefix(4), .suffix(4)]
    case .postcode: [.exact, .prefix(3)]
    case .text: [.exact, .prefix(5)]
    case .category, .number: [.exact]
    case .wholeName: [.words, .givenNames, .familySounds, .syllables]
    case .organisation, .longText: [.exact, .prefix(6), .words, .similar]
    case .place, .list: [.exact]
    }
  }
}

/// Counts the pairs that a key makes, from a sample.
struct PairCounter {
  private let scale: Double
  private let recordCount: Int
  private var table: [UInt64] = []
  private var counts: [Int32] = []

  init(recordCount: Int) {
    self.recordCount = recordCount
    let size = min(recordCount, 20_000)
    let ratio = Double(recordCount) / Double(max(1, size))
    scale = ratio * ratio
    table = [UInt64](repeating: 0, count: 1 << 17)
    counts = [Int32](repeating: 0, count: 1 << 17)
  }

  mutating func pairs(_ a: SampledKeys, _ b: SampledKeys? = nil) -> Int {
    let mask = table.count - 1
    for index in table.indices {
      table[index] = 0
      counts[index] = 0
    }
    var pairs = 0
    var used = 0
    for record in 0..<a.recordCount {
      for first in a.keys(record) {
        guard let b else {
          add(first, mask, &pairs, &used)
          continue
        }
        for second in b.keys(record) { add(BlockKeys.mix(first ^ BlockKeys.mix(second, 13), 9), mask, &pairs, &used) }
      }
      // A rule of so many keys is none.
      if used * 4 > mask * 3 { return Int.max / 2 }
    }
    return Int(Double(pairs) * scale)
  }

  @inline(__always)
  private mutating func add(_ key: UInt64, _ mask: Int, _ pairs: inout Int, _ used: inout Int) {
    var slot = Int(truncatingIfNeeded: key >> 24) & mask
    while table[slot] != 0 && table[slot] != key { slot = (slot + 1) & mask }
    if table[slot] == 0 { used += 1 }
    table[slot] = key
    pairs += Int(counts[slot])
    counts[slot] += 1
  }
}

/// The keys of sampled records.
struct SampledKeys {
  let areSeveral: Bool
  private var starts: [Int32] = [0]
  private var keys: [UInt64] = []

  init(_ field: Field, _ part: Matching.KeyPart, _ sample: [Int]) {
    areSeveral = Matching.isSeveral(part)
    if areSeveral {
      let all = BlockKeys.several(field, part)
      for record in sample {
        let code = Int(field.codes[record])
        if code >= 0 { keys += all.keys[Int(all.starts[code])..<Int(all.starts[code + 1])] }
        starts.append(Int32(keys.count))
      }
    } else {
      for record in sample {
        let key = field.codes[record] < 0 ? 0 : BlockKeys.key(field, field.codes[record], part)
        if key != 0 { keys.append(key) }
        starts.append(Int32(keys.count))
      }
    }
  }

  var recordCount: Int { starts.count - 1 }

  func keys(_ record: Int) -> ArraySlice<UInt64> { keys[Int(starts[record])..<Int(starts[record + 1])] }
}
