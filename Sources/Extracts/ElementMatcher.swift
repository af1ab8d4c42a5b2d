import CLibXML2

/// Finds which nodes of the plan an element stands for, comparing names by the parser's own copies of them.
final class ElementMatcher {
  struct Node: BitwiseCopyable {
    var name: UnsafePointer<UInt8>?
    /// Nil for any namespace.
    var uri: UnsafePointer<UInt8>?
    /// Which are taken: 0 the only one, -1 all, otherwise the one of that number.
    var number: Int32
    /// Among the conditions; -1 for none.
    var condition: Int32
    /// Where its children and attributes stand in their lists, up to and without the ends.
    var firstChild: Int32
    var endChild: Int32
    var firstAttribute: Int32
    var endAttribute: Int32
    var textField: Int32
    /// How many of them came in the parent that is open.
    var count: Int32
    var isRecord: Bool
    var isAbove: Bool
  }

  struct Attribute: BitwiseCopyable {
    var name: UnsafePointer<UInt8>?
    /// Nil for none.
    var uri: UnsafePointer<UInt8>?
    var field: Int32
  }

  /// The five pointers an attribute that libxml2 gives: local name, prefix, namespace, beginning and end of its value.
  typealias Found = UnsafeMutablePointer<UnsafePointer<UInt8>?>

  let nodes: UnsafeMutablePointer<Node>
  let attributes = Growable<Attribute>(capacity: 16)
  private let children = Growable<Int32>(capacity: 16)
  private var conditions: [(attribute: Attribute, value: [UInt8])] = []

  /// - Parameter lookUp: gives the parser's copy of a name: the same name is then the same pointer.
  init(_ plan: ElementPlan, _ lookUp: (String) -> UnsafePointer<UInt8>?) {
    nodes = .allocate(capacity: plan.nodes.count)
    for (index, node) in plan.nodes.enumerated() {
      let firstChild = Int32(children.count)
      for child in node.children { children.append(Int32(child)) }
      let firstAttribute = Int32(attributes.count)
      for wanted in node.attributes {
        attributes.append(
          Attribute(name: lookUp(wanted.name.local), uri: wanted.name.uri.flatMap(lookUp), field: Int32(wanted.field)))
      }
      var number: Int32 = 0
      var condition: Int32 = -1
      switch node.choice {
      case .single: break
      case .number(let wanted): number = wanted
      case .all: number = -1
      case .attribute(let name, let value):
        condition = Int32(conditions.count)
        conditions.append((Attribute(name: lookUp(name.local), uri: name.uri.flatMap(lookUp), field: 0), value))
      }
      (nodes + index).initialize(
        to: Node(
          name: lookUp(node.name.local), uri: node.name.uri.flatMap(lookUp), number: number, condition: condition,
          firstChild: firstChild, endChild: Int32(children.count), firstAttribute: firstAttribute,
          endAttribute: Int32(attributes.count), textField: Int32(node.textField ?? -1), count: 0,
          isRecord: node.isRecord, isAbove: node.isAbove))
    }
  }

  deinit { nodes.deallocate() }

  /// Appends the nodes below `parent` that an element stands for.
  @inline(__always)
  func match(
    _ name: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, below parent: Int32, _ found: Found?, count: Int,
    into matches: Growable<Int32>
  ) {
    for index in nodes[Int(parent)].firstChild..<nodes[Int(parent)].endChild {
      let child = children.base[Int(index)]
      let node = nodes + Int(child)
      guard node.pointee.name == name, node.pointee.uri == nil || node.pointee.uri == uri else { continue }
      if node.pointee.condition >= 0, !holds(Int(node.pointee.condition), found, count) { continue }
      node.pointee.count += 1
      if node.pointee.number <= 0 || node.pointee.number == node.pointee.count { matches.append(child) }
    }
  }

  /// Whether more elements came than the node's path allows.
  func isRepeated(_ node: Int32) -> Bool { nodes[Int(node)].number == 0 && nodes[Int(node)].count > 1 }

  /// Begins to count the elements in a parent.
  func resetChildren(of node: Int32) {
    for index in nodes[Int(node)].firstChild..<nodes[Int(node)].endChild {
      nodes[Int(children.base[Int(index)])].count = 0
    }
  }

  /// Where libxml2 gives a wanted attribute.
  @inline(__always)
  func find(_ wanted: Attribute, _ found: Found?, _ count: Int) -> (from: UnsafePointer<UInt8>, count: Int)? {
    guard let found else { return nil }
    for k in 0..<count where found[5 * k] == wanted.name && found[5 * k + 2] == wanted.uri {
      if let from = found[5 * k + 3], let to = found[5 * k + 4] { return (from, to - from) }
    }
    return nil
  }

  private func holds(_ condition: Int, _ found: Found?, _ count: Int) -> Bool {
    let (attribute, wanted) = conditions[condition]
    guard let value = find(attribute, found, count) else { return false }
    var at = 0
    for byte in wanted {
      guard at < value.count, value.from[at] == byte else { return false }
      at += byte == UInt8(ascii: "&") ? Self.referenceBytes : 1
    }
    return at == value.count
  }

  /// Without entity replacement libxml2 leaves each `&` of an attribute, however written, as `&#38;`.
  static let referenceBytes = 5
}
