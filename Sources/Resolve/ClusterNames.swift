/// The different clear names that each customer goes by, in lists that are merged as customers are joined.
///
/// An entry is the row that brought the name, so a list costs no more than two numbers a row.
struct ClusterNames {
  private let names: [Int32]
  /// By root: the first row of its list, -1 for none; a row may stand in one list only.
  private var heads: [Int32]
  private var nexts: [Int32]

  /// - Parameter isClear: whether the name of a row goes into the lists.
  init(_ names: [Int32], isClear: (Int32) -> Bool) {
    self.names = names
    nexts = [Int32](repeating: -1, count: names.count)
    heads = [Int32](unsafeUninitializedCapacity: names.count) { buffer, initialized in
      for row in names.indices { buffer.initializeElement(at: row, to: isClear(names[row]) ? Int32(row) : -1) }
      initialized = names.count
    }
  }

  func isEmpty(_ root: Int32) -> Bool { heads[Int(root)] < 0 }

  func append(of root: Int32, to list: inout [Int32]) {
    var row = heads[Int(root)]
    while row >= 0 {
      list.append(names[Int(row)])
      row = nexts[Int(row)]
    }
  }

  /// Moves the names of `other` into the list of `root`.
  mutating func merge(_ other: Int32, into root: Int32) {
    var row = heads[Int(other)]
    while row >= 0 {
      let next = nexts[Int(row)]
      if !contains(names[Int(row)], in: root) {
        nexts[Int(row)] = heads[Int(root)]
        heads[Int(root)] = row
      }
      row = next
    }
    heads[Int(other)] = -1
  }

  private func contains(_ name: Int32, in root: Int32) -> Bool {
    var row = heads[Int(root)]
    while row >= 0 {
      if names[Int(row)] == name { return true }
      row = nexts[Int(row)]
    }
    return false
  }
}
