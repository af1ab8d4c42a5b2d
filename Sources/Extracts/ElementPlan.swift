import Basics

/// The wanted elements and attributes as a tree, so that a parser follows it with an integer.
struct ElementPlan {
  /// A name, and its namespace where it must be in a certain one.
  struct Name: Equatable {
    var local: String
    var uri: String?
  }

  enum Choice: Equatable {
    case single
    case number(Int32)
    case all
    case attribute(Name, value: [UInt8])
  }

  struct Attribute {
    var name: Name
    var field: Int
  }

  struct Node {
    var name: Name
    var choice = Choice.single
    var children: [Int] = []
    var attributes: [Attribute] = []
    /// The field that takes the element's text.
    var textField: Int?
    var isRecord = false
    /// Whether it is above the record: its attributes hold for all records in it.
    var isAbove = false
  }

  /// Node 0 stands for the document.
  private(set) var nodes: [Node] = [Node(name: Name(local: ""), isAbove: true)]
  private let uris: [String: String]

  /// - Throws: `bad_record_path`, `bad_field_path`, `unknown_namespace`.
  init(_ format: ElementFormat) throws(Problem) {
    var uris = ["xml": "http://www.w3.org/XML/1998/namespace"]
    for (prefix, uri) in format.namespaces { uris[prefix] = uri }
    self.uris = uris
    guard let record = ElementPath(format.recordPath), record.climbs == 0, record.attribute == nil,
      !record.steps.isEmpty, record.steps.allSatisfy({ $0.choice == .single })
    else { throw Self.bad("bad_record_path", format.recordPath) }
    var above = [0]
    for step in record.steps {
      above.append(add(try resolve(step), below: above[above.count - 1]))
      nodes[above[above.count - 1]].isAbove = true
    }
    nodes[above[above.count - 1]].isRecord = true
    nodes[above[above.count - 1]].isAbove = false
    for (field, path) in format.fields.enumerated() { try wish(for: path, field: field, above: above) }
  }

  private mutating func wish(for text: String, field: Int, above: [Int]) throws(Problem) {
    // Above the record only attributes: their values are known when the record begins.
    guard let path = ElementPath(text), path.climbs < above.count - 1,
      path.climbs == 0 || path.steps.isEmpty && path.attribute != nil
    else { throw Self.bad("bad_field_path", text) }
    var node = above[above.count - 1 - path.climbs]
    for step in path.steps {
      let wanted = try resolve(step)
      node = child(wanted, of: node) ?? add(wanted, below: node)
    }
    if let attribute = path.attribute {
      nodes[node].attributes.append(Attribute(name: try resolve(attribute), field: field))
    } else {
      guard nodes[node].textField == nil else { throw Self.bad("bad_field_path", text) }
      nodes[node].textField = field
    }
  }

  /// Whether a name stands in a path, so that it can be said aloud.
  func names(_ name: String) -> Bool { nodes.contains { $0.name.local == name } }

  private func child(_ wanted: Node, of node: Int) -> Int? {
    nodes[node].children.first { nodes[$0].name == wanted.name && nodes[$0].choice == wanted.choice }
  }

  private mutating func add(_ added: Node, below node: Int) -> Int {
    nodes.append(added)
    nodes[node].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  private func resolve(_ step: ElementPath.Step) throws(Problem) -> Node {
    let choice: Choice
    switch step.choice {
    case .single: choice = .single
    case .number(let number): choice = .number(number)
    case .all: choice = .all
    case .attribute(let name, let value): choice = .attribute(try resolve(name), value: Array(value.utf8))
    }
    return Node(name: try resolve(step.name), choice: choice)
  }

  private func resolve(_ name: ElementPath.Name) throws(Problem) -> Name {
    guard let prefix = name.prefix else { return Name(local: name.local) }
    guard let uri = uris[prefix] else {
      throw Problem(
        "unknown_namespace", "a path has a prefix that stands for no namespace", found: "\"\(prefix):\(name.local)\"",
        expected: "a prefix of `namespaces`")
    }
    return Name(local: name.local, uri: uri)
  }

  private static func bad(_ code: String, _ path: String) -> Problem {
    Problem(
      code, code == "bad_record_path" ? "this is no path to a record element" : "this is no path to a field",
      found: "\"\(path)\"",
      expected: code == "bad_record_path"
        ? "element names from the root, as in branches/branch/visit"
        : "a path from the record, used once, as in @id, visitor/name, phone[2], visitor/document/@no, . or ../@code")
  }
}
