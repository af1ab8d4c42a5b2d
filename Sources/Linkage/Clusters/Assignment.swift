/// The choice of edges between rows and columns, at most one at each, with the greatest sum of gains.
///
/// Shortest augmenting paths with potentials, one row after another (Jonker & Volgenant 1987, "A shortest augmenting path
/// algorithm for dense and sparse linear assignment problems"), over the edges there are; each row has a column of its own
/// at no gain besides, so that it may stay alone. At most rows × columns met × path length.
struct Assignment {
  private struct Edge {
    var column: Int32
    var cost: Int64
    var edge: Int32
  }

  private var edges: [[Edge]] = []
  private var count = 0
  /// Columns: 0..<count are places, count + row is the row's own, and the last stands for the row that is inserted.
  private var rowOf: [Int32] = []
  private var edgeOf: [Int32] = []
  private var rowPotentials: [Int64] = []
  private var columnPotentials: [Int64] = []
  private var distances: [Int64] = []
  private var previous: [Int32] = []
  private var nearestEdge: [Int32] = []
  private var isDone: [Bool] = []

  /// Begins with rows and columns numbered 0..<count and no edge.
  mutating func reset(count: Int) {
    self.count = count
    edges = [[Edge]](repeating: [], count: count)
    rowOf = [Int32](repeating: -1, count: 2 * count + 1)
    edgeOf = rowOf
    previous = rowOf
    nearestEdge = rowOf
    rowPotentials = [Int64](repeating: 0, count: count)
    columnPotentials = [Int64](repeating: 0, count: 2 * count + 1)
    distances = [Int64](repeating: .max, count: 2 * count + 1)
    isDone = [Bool](repeating: false, count: 2 * count + 1)
  }

  mutating func add(row: Int, column: Int, gain: Int64, edge: Int) {
    edges[row].append(Edge(column: Int32(column), cost: -gain, edge: Int32(edge)))
  }

  /// The chosen edges, ascending.
  mutating func solve() -> [Int] {
    for row in 0..<count where !edges[row].isEmpty {
      edges[row].append(Edge(column: Int32(count + row), cost: 0, edge: -1))
    }
    for row in 0..<count where !edges[row].isEmpty { insert(row) }
    return (0..<count).filter { rowOf[$0] >= 0 }.map { Int(edgeOf[$0]) }.sorted()
  }

  private mutating func insert(_ row: Int) {
    let origin = 2 * count
    rowOf[origin] = Int32(row)
    var touched: [Int] = []
    var done = [origin]
    isDone[origin] = true
    var column = origin
    repeat {
      let current = Int(rowOf[column])
      for edge in edges[current] {
        let target = Int(edge.column)
        if isDone[target] { continue }
        let reduced = edge.cost - rowPotentials[current] - columnPotentials[target]
        if distances[target] == .max { touched.append(target) }
        if reduced < distances[target] {
          distances[target] = reduced
          previous[target] = Int32(column)
          nearestEdge[target] = edge.edge
        }
      }
      var nearest = -1
      for target in touched where !isDone[target] {
        if nearest < 0 || (distances[target], target) < (distances[nearest], nearest) { nearest = target }
      }
      let step = distances[nearest]
      for column in done {
        rowPotentials[Int(rowOf[column])] += step
        columnPotentials[column] -= step
      }
      for target in touched where !isDone[target] { distances[target] -= step }
      column = nearest
      isDone[column] = true
      done.append(column)
    } while rowOf[column] >= 0
    while column != origin {
      let before = Int(previous[column])
      rowOf[column] = rowOf[before]
      edgeOf[column] = nearestEdge[column]
      column = before
    }
    for target in touched { distances[target] = .max }
    for column in done { isDone[column] = false }
  }
}
