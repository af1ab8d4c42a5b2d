/// How records are to be matched: which columns are evidence, as what, and which pairs are compared.
///
/// The content of `matching.yaml`. What is in it was chosen by `MatchingChooser` or written by a person.
public struct Matching: Sendable, Equatable {
  /// One field of evidence, made of one column or of several.
  public struct FieldPlan: Sendable, Equatable {
    public var id: String
    public var kind: FieldKind
    public var group: FieldGroup
    /// Joined by blanks in this order; a date of three columns is year, month, day.
    public var columns: [String]
    /// Whether people of one household usually have the same value.
    public var isShared: Bool

    public init(id: String, kind: FieldKind, group: FieldGroup, columns: [String], isShared: Bool) {
      self.id = id
      self.kind = kind
      self.group = group
      self.columns = columns
      self.isShared = isShared
    }
  }

  /// What of a field's value goes into a blocking key.
  public enum KeyPart: Sendable, Equatable, Hashable {
    case exact
    /// The first characters.
    case prefix(Int)
    /// The last characters.
    case suffix(Int)
    case phonetic
    /// Of a date.
    case year
    case monthAndDay
    case yearAndMonth
    /// Each word, so that a record has several keys; of a person's name, all of its words in one order.
    case words
    /// Of a person's name: each given name.
    case givenNames
    /// Of a person's name: the sound of each family name.
    case familySounds
    /// Of a Chinese person's name, in characters or Latin letters: the sounds of each two syllables.
    case syllables
    /// Keys of similar texts (MinHash bands).
    case similar
    /// What stands before the @ of an address.
    case localPart
  }

  /// Parts of which a value has several keys.
  static func isSeveral(_ part: KeyPart) -> Bool {
    switch part {
    case .words, .givenNames, .familySounds, .syllables, .similar: true
    default: false
    }
  }

  public struct KeyAtom: Sendable, Equatable, Hashable {
    public var field: String
    public var part: KeyPart

    public init(_ field: String, _ part: KeyPart) {
      self.field = field
      self.part = part
    }
  }

  /// Records that agree in all atoms are compared.
  public struct BlockingRule: Sendable, Equatable {
    public var atoms: [KeyAtom]

    public init(_ atoms: [KeyAtom]) { self.atoms = atoms }
  }

  public var fields: [FieldPlan]
  /// Given and family name fields that may stand in one another's place.
  public var swappable: [(given: String, family: String)] { pairs.map { ($0[0], $0[1]) } }
  var pairs: [[String]]
  /// Empty: every pair is compared.
  public var blocking: [BlockingRule]
  public var largestBlock: Int

  public init(fields: [FieldPlan], swappable: [(String, String)], blocking: [BlockingRule], largestBlock: Int = 2_000) {
    self.fields = fields
    pairs = swappable.map { [$0.0, $0.1] }
    self.blocking = blocking
    self.largestBlock = largestBlock
  }
}
