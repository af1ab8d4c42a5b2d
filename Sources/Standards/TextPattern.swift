/// A regular expression that a whole text has to match, in time linear in the text's length.
///
/// Literals, `.`, `\d`, a backslash before any other ASCII sign, classes `[A-Z0-9_]` and `[^ ]`, groups `( )`, alternatives `|`, and
/// the repetitions `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}`; over Unicode scalars. There is no backtracking: the expression becomes
/// a position automaton (V. M. Glushkov, The abstract theory of automata, 1961) of at most 256 positions.
public struct TextPattern: Sendable, Equatable {
  /// Why a text is no pattern, and at which character, from 1.
  public struct Mistake: Error, Equatable {
    public var message: String
    public var character: Int
  }

  /// The most positions: letters and classes, each as often as it may repeat.
  public static let positionLimit = 256

  typealias Positions = SIMD4<UInt64>

  /// The pattern as it was written.
  public let text: String
  private let classes: [ScalarClass]
  private let follow: [Positions]
  private let first: Positions
  private let last: Positions
  private let matchesEmpty: Bool

  public init(_ text: String) throws(Mistake) {
    self.text = text
    var parser = TextPatternParser(text)
    let node = try parser.parse()
    var automaton = PositionAutomaton()
    let whole = automaton.add(node)
    guard automaton.classes.count <= Self.positionLimit else {
      throw Mistake(message: "the pattern repeats too often: at most \(Self.positionLimit) characters", character: 1)
    }
    classes = automaton.classes
    follow = automaton.follow
    first = whole.first
    last = whole.last
    matchesEmpty = whole.isNullable
  }

  public static func == (a: Self, b: Self) -> Bool { a.text == b.text }

  /// Whether the whole text is what the pattern describes.
  public func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var reader = ScalarReader(bytes)
    var reachable = first
    var ended = matchesEmpty
    while let scalar = reader.next() {
      var next = Positions(repeating: 0)
      ended = false
      for word in 0..<4 {
        var bits = reachable[word]
        while bits != 0 {
          let position = word * 64 + bits.trailingZeroBitCount
          bits &= bits - 1
          if !classes[position].contains(scalar) { continue }
          next |= follow[position]
          if last.holds(position) { ended = true }
        }
      }
      reachable = next
      if next == .zero && !ended { return false }
    }
    return ended
  }

  public func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
  }
}

extension TextPattern.Positions {
  func holds(_ position: Int) -> Bool { self[position >> 6] >> UInt64(position & 63) & 1 != 0 }

  static func one(_ position: Int) -> Self {
    var set = Self(repeating: 0)
    // Beyond the limit nothing is recorded: the pattern is refused when it is known how long it is.
    if position < TextPattern.positionLimit { set[position >> 6] = 1 << UInt64(position & 63) }
    return set
  }
}

/// A set of Unicode scalars.
struct ScalarClass: Sendable, Equatable {
  var ranges: [ClosedRange<UInt32>]
  var isNegated = false

  static let any = ScalarClass(ranges: [], isNegated: true)
  static let digit = ScalarClass(ranges: [0x30...0x39])

  func contains(_ scalar: UInt32) -> Bool {
    for range in ranges where range.contains(scalar) { return !isNegated }
    return isNegated
  }
}

/// The position automaton of a pattern, put together from the inside out.
private struct PositionAutomaton {
  typealias Positions = TextPattern.Positions

  struct Part {
    var first = Positions(repeating: 0)
    var last = Positions(repeating: 0)
    var isNullable = true
  }

  var classes: [ScalarClass] = []
  var follow: [Positions] = []

  mutating func add(_ node: TextPatternNode) -> Part {
    switch node {
    case .scalar(let scalars):
      let position = classes.count
      classes.append(scalars)
      follow.append(Positions(repeating: 0))
      return Part(first: .one(position), last: .one(position), isNullable: false)
    case .sequence(let nodes):
      return nodes.reduce(Part()) { join($0, add($1)) }
    case .alternatives(let nodes):
      return nodes.dropFirst().reduce(add(nodes[0])) { part, node in
        let other = add(node)
        return Part(
          first: part.first | other.first, last: part.last | other.last,
          isNullable: part.isNullable || other.isNullable)
      }
    case .repeated(let node, let least, let most):
      return repeated(node, least, most)
    }
  }

  private mutating func repeated(_ node: TextPatternNode, _ least: Int, _ most: Int?) -> Part {
    var part = Part()
    for _ in 0..<least where classes.count <= TextPattern.positionLimit { part = join(part, add(node)) }
    guard let most else {
      var loop = add(node)
      connect(loop.last, to: loop.first)
      loop.isNullable = true
      return join(part, loop)
    }
    // Optional ones nest, so that the last of them may be left out first.
    for _ in least..<most where classes.count <= TextPattern.positionLimit {
      var optional = add(node)
      optional.isNullable = true
      part = join(part, optional)
    }
    return part
  }

  private mutating func join(_ left: Part, _ right: Part) -> Part {
    connect(left.last, to: right.first)
    return Part(
      first: left.isNullable ? left.first | right.first : left.first,
      last: right.isNullable ? left.last | right.last : right.last, isNullable: left.isNullable && right.isNullable)
  }

  private mutating func connect(_ from: Positions, to: Positions) {
    for position in follow.indices where position < TextPattern.positionLimit && from.holds(position) {
      follow[position] |= to
    }
  }
}
