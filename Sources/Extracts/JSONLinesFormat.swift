import Basics

/// What is wanted of the records of a JSON Lines extract, and the limits on what is read. Its encoding is UTF-8.
public struct JSONLinesFormat: Sendable {
  /// What is wanted of a record, in the order in which it is given: `name` a member, `customer/name` a member of a member,
  /// `documents/0/no` a member of an array's first element. A name that holds `/` cannot be asked for.
  public var fields: [String]
  /// How many objects and arrays may stand inside of each other.
  public var maxDepth = 64
  /// The longest record, in bytes.
  public var maxRecordBytes = 1 << 20
  /// The longest wanted value, in bytes without quotes and escapes.
  public var maxFieldBytes = 64 << 10

  public init(fields: [String]) {
    self.fields = fields
  }
}

/// The wanted members as a tree, so that a parser follows it with an integer.
struct JSONLinesPlan {
  struct Node: BitwiseCopyable {
    /// Where its name stands in `names`.
    var name: Int32
    var nameCount: Int32
    /// Its place in an array, where the name is a number; else -1.
    var index: Int32
    /// The field that takes its value, or -1.
    var field: Int32 = -1
    /// Its children stand in a row.
    var firstChild: Int32 = 0
    var childCount: Int32 = 0
  }

  /// Node 0 is the record.
  private(set) var nodes: [Node] = []
  private(set) var names: [UInt8] = []
  let fields: [String]

  private final class Member {
    let name: String
    var field: Int?
    var children: [Member] = []

    init(_ name: String) { self.name = name }
  }

  /// - Throws: `bad_field_path`.
  init(_ format: JSONLinesFormat) throws(Problem) {
    fields = format.fields
    let root = Member("")
    for (field, path) in fields.enumerated() {
      var member = root
      for step in path.split(separator: "/", omittingEmptySubsequences: false) {
        guard !step.isEmpty, member.field == nil else { throw Self.bad(path) }
        let known = member.children.first { $0.name == step }
        let child = known ?? Member(String(step))
        if known == nil { member.children.append(child) }
        member = child
      }
      guard member.field == nil, member.children.isEmpty else { throw Self.bad(path) }
      member.field = field
    }
    flatten(root)
  }

  /// Breadth first, so that the children of each are neighbours.
  private mutating func flatten(_ root: Member) {
    var queue = [root]
    nodes = [node(root)]
    var at = 0
    while at < queue.count {
      nodes[at].firstChild = Int32(nodes.count)
      nodes[at].childCount = Int32(queue[at].children.count)
      for child in queue[at].children {
        queue.append(child)
        nodes.append(node(child))
      }
      at += 1
    }
  }

  private mutating func node(_ member: Member) -> Node {
    let start = Int32(names.count)
    names += Array(member.name.utf8)
    let isNumber =
      member.name.utf8.allSatisfy { 0x30...0x39 ~= $0 } && (member.name == "0" || !member.name.hasPrefix("0"))
    var node = Node(
      name: start, nameCount: Int32(names.count) - start, index: isNumber ? Int32(member.name) ?? -1 : -1)
    if let field = member.field { node.field = Int32(field) }
    return node
  }

  private static func bad(_ path: String) -> Problem {
    Problem(
      "bad_field_path", "this is no path to a field", found: "\"\(path)\"",
      expected: "member names joined with /, used once and not leading through another field, as in customer/name")
  }
}
