import Basics

/// Which elements of an XML extract are records, what is wanted of each, and the limits on what is read.
public struct ElementFormat: Sendable {
  /// The path of the record element from the document's root: `branches/branch/visit`.
  public var recordPath: String
  /// What is wanted of a record, in the order in which it is given: `@user` an attribute, `visitor/name` the text of an
  /// element, `visitor/document/@no` an attribute of one, `.` the record's own text, `../@code` an attribute of its parent.
  public var fields: [String]
  /// The encoding; nil: as the document declares, UTF-8 if it does not.
  public var encoding: TextEncoding?
  public var maxDepth = 64
  public var maxTagBytes = 64 << 10
  public var maxAttributes = 256
  /// The longest record, in bytes as UTF-8; also the longest comment and CDATA section anywhere.
  public var maxRecordBytes = 1 << 20

  public init(recordPath: String, fields: [String], encoding: TextEncoding? = nil) {
    self.recordPath = recordPath
    self.fields = fields
    self.encoding = encoding
  }
}

/// The wanted elements and attributes as a tree, so that a parser follows it with an integer.
struct ElementPlan {
  struct Attribute {
    var name: String
    var field: Int
  }

  struct Node {
    var name: String
    var children: [Int] = []
    var attributes: [Attribute] = []
    /// The field that takes the element's text.
    var textField: Int?
    var isRecord = false
    /// Whether it is above the record: its attributes hold for all records in it.
    var isAbove = false
  }

  /// Node 0 stands for the document.
  private(set) var nodes: [Node] = [Node(name: "", isAbove: true)]
  let fieldCount: Int

  /// - Throws: `bad_record_path`, `bad_field_path`.
  init(_ format: ElementFormat) throws(Problem) {
    fieldCount = format.fields.count
    var above = [0]
    for name in try Self.names(format.recordPath, code: "bad_record_path") {
      above.append(add(name, below: above[above.count - 1]))
      nodes[above[above.count - 1]].isAbove = true
    }
    let record = above[above.count - 1]
    nodes[record].isRecord = true
    nodes[record].isAbove = false
    for (field, path) in format.fields.enumerated() { try wish(for: path, field: field, above: above) }
  }

  private mutating func wish(for path: String, field: Int, above: [Int]) throws(Problem) {
    var rest = path[...]
    var level = above.count - 1
    while rest.hasPrefix("../") {
      rest = rest.dropFirst(3)
      level -= 1
    }
    let isUp = level < above.count - 1
    // Above the record only attributes: their values are known when the record begins.
    guard level > 0, !isUp || rest.hasPrefix("@") else { throw Self.bad("bad_field_path", path) }
    var node = above[level]
    if rest == "." {
      guard nodes[node].textField == nil else { throw Self.bad("bad_field_path", path) }
      nodes[node].textField = field
      return
    }
    var names = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var attribute: String?
    if let last = names.last, last.hasPrefix("@") {
      attribute = String(last.dropFirst())
      names.removeLast()
    }
    for name in names { try Self.check(name, path, "bad_field_path") }
    for name in names { node = child(name, of: node) ?? add(name, below: node) }
    if let attribute {
      try Self.check(attribute, path, "bad_field_path")
      nodes[node].attributes.append(Attribute(name: attribute, field: field))
    } else {
      guard nodes[node].textField == nil else { throw Self.bad("bad_field_path", path) }
      nodes[node].textField = field
    }
  }

  private func child(_ name: String, of node: Int) -> Int? { nodes[node].children.first { nodes[$0].name == name } }

  private mutating func add(_ name: String, below node: Int) -> Int {
    nodes.append(Node(name: name))
    nodes[node].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  private static func names(_ path: String, code: String) throws(Problem) -> [String] {
    let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    for name in names { try check(name, path, code) }
    return names
  }

  /// Local names only: a prefix is not looked at.
  private static func check(_ name: String, _ path: String, _ code: String) throws(Problem) {
    let isName =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        byte >= 0x80 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
          || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
      }
    guard isName, name != ".", name != ".." else { throw bad(code, path) }
  }

  private static func bad(_ code: String, _ path: String) -> Problem {
    Problem(
      code, code == "bad_record_path" ? "this is no path to a record element" : "this is no path to a field",
      found: "\"\(path)\"",
      expected: code == "bad_record_path"
        ? "element names from the root, as in branches/branch/visit"
        : "a path from the record, used once, as in @id, visitor/name, visitor/document/@no, . or ../@code")
  }
}
