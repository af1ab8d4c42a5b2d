/// Which blocking keys the two records of a match have in common: what becomes of true matches, seen through the rules.
public struct SharedKeys: Sendable, Equatable {
  public struct Row: Sendable, Equatable {
    /// A bit for each key.
    public var keys: UInt64
    /// Expected matches that share these keys and no others.
    public var matches: Double

    public init(keys: UInt64, matches: Double) { (self.keys, self.matches) = (keys, matches) }
  }

  /// Ascending by keys.
  public var rows: [Row]
  /// By rule: the keys that it needs.
  public var rules: [UInt64]
  /// By field that rules name: its keys.
  public var fields: [UInt64]

  public init(rows: [Row], rules: [UInt64], fields: [UInt64]) {
    (self.rows, self.rules, self.fields) = (rows, rules, fields)
  }
}

extension SharedKeys {
  /// Of the candidates that a linkage scored, each with its probability of being a match.
  ///
  /// O(pairs · keys); of more than 200,000 pairs only so many are looked at, spread evenly.
  public init(_ linker: Linker, _ pairs: [ScoredPair], _ probabilities: [Float]) {
    var atoms: [Matching.KeyAtom] = []
    let rules = linker.matching.blocking.map { rule in
      rule.atoms.reduce(UInt64(0)) { mask, atom in
        let number = atoms.firstIndex(of: atom) ?? atoms.count
        if number == atoms.count { atoms.append(atom) }
        return mask | 1 << UInt64(number)
      }
    }
    let fields = linker.fields.map { field in
      atoms.indices.reduce(UInt64(0)) { atoms[$1].field == field.plan.id ? $0 | 1 << UInt64($1) : $0 }
    }
    let tables = atoms.map { KeyTable(linker, $0) }
    let step = max(1, pairs.count / 200_000)
    var matches: [UInt64: Double] = [:]
    for index in stride(from: 0, to: pairs.count, by: step) where probabilities[index] > 0.001 {
      let (a, b) = (Int(pairs[index].left), Int(pairs[index].right))
      let keys = tables.indices.reduce(UInt64(0)) { tables[$1].isShared(a, b) ? $0 | 1 << UInt64($1) : $0 }
      if rules.contains(where: { $0 & keys == $0 }) {
        matches[keys, default: 0] += Double(probabilities[index]) * Double(step)
      }
    }
    let rows = matches.sorted { $0.key < $1.key }.map { Row(keys: $0.key, matches: $0.value) }
    self.init(rows: rows, rules: rules, fields: fields.filter { $0 != 0 })
  }
}

/// The keys of one part of one field, one a value or several.
private struct KeyTable {
  private let codes: [Int32]
  /// Empty where every value has one key.
  private let starts: [Int32]
  private let keys: [UInt64]

  init(_ linker: Linker, _ atom: Matching.KeyAtom) {
    guard let field = linker.fields.first(where: { $0.plan.id == atom.field }) else {
      preconditionFailure("no field \(atom.field)")
    }
    codes = field.codes
    if Matching.isSeveral(atom.part) {
      (starts, keys) = BlockKeys.several(field, atom.part)
    } else {
      (starts, keys) = ([], BlockKeys.single(field, atom.part))
    }
  }

  func isShared(_ a: Int, _ b: Int) -> Bool {
    let (left, right) = (self[a], self[b])
    return left.contains { key in key != 0 && right.contains(key) }
  }

  private subscript(record: Int) -> ArraySlice<UInt64> {
    let code = Int(codes[record])
    if code < 0 { return [] }
    return starts.isEmpty ? keys[code...code] : keys[Int(starts[code])..<Int(starts[code + 1])]
  }
}
