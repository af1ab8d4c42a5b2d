/// What must not be, or must be, one thing whatever the weights say.
///
/// Two records that hold different values in one slot are never together, nor two records of a source that holds no
/// duplicates, nor an explicit pair. A cluster holds what all its records hold.
public struct LinkConstraints: Sendable {
  /// Columns of codes by record, -1 for none, each with at most one value in a cluster: numbers of documents, say.
  public var slots: [[Int32]] = []
  /// By record, or empty.
  public var sources: [Int32] = []
  /// By source: whether it holds everything once.
  public var withoutDuplicates: [Bool] = []
  public var apart: [RecordPair] = []
  public var together: [RecordPair] = []

  public init() {}

  var isEmpty: Bool { slots.isEmpty && !withoutDuplicates.contains(true) && apart.isEmpty && together.isEmpty }

  /// -1 where the source of the record may hold duplicates.
  @inline(__always)
  func source(_ record: Int) -> Int32 {
    if sources.isEmpty { return -1 }
    let source = Int(sources[record])
    return source >= 0 && source < withoutDuplicates.count && withoutDuplicates[source] ? Int32(source) : -1
  }
}

/// A pair said to belong together that constraints or other pairs keep apart: it was not joined.
public struct LinkConflict: Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// The smallest slot in which the two clusters contradict each other.
    case slot(Int)
    /// Both hold a record of a source without duplicates.
    case source(Int)
    /// A record of the one cluster was said to stay apart from one of the other.
    case apart
  }

  public var pair: RecordPair
  public var reason: Reason
}

/// The values in slots of growing clusters of one component, as linked lists in the order of slots.
struct SlotLists: ~Copyable {
  struct Entry: BitwiseCopyable {
    var slot: Int32
    var value: Int32
    var next: Int32
  }

  /// By root: its first entry, -1 for none.
  private var heads = Scratch<Int32>()
  private var entries = Scratch<Entry>()
  /// Whether any record of the component has a value.
  private(set) var isUsed = false

  /// Takes the values of some records, numbered from 0 in their order.
  mutating func load(_ constraints: LinkConstraints, members: ArraySlice<Int32>) {
    isUsed = false
    let slotCount = constraints.slots.count
    if slotCount == 0, constraints.withoutDuplicates.isEmpty { return }
    heads.reserve(members.count)
    entries.reserve(members.count * (slotCount + 1))
    var used: Int32 = 0
    for (place, member) in members.enumerated() {
      var head: Int32 = -1
      func put(_ slot: Int, _ value: Int32) {
        entries[Int(used)] = Entry(slot: Int32(slot), value: value, next: head)
        head = used
        used += 1
      }
      let source = constraints.source(Int(member))
      // Records of such a source differ in a slot of its own.
      if source >= 0 { put(slotCount + Int(source), member) }
      for slot in stride(from: slotCount - 1, through: 0, by: -1) {
        let value = constraints.slots[slot][Int(member)]
        if value >= 0 { put(slot, value) }
      }
      heads[place] = head
    }
    isUsed = used > 0
  }

  /// The smallest slot in which two clusters hold different values, -1 for none; linear in their lists.
  func conflict(_ a: Int, _ b: Int) -> Int {
    if !isUsed { return -1 }
    var (x, y) = (heads[a], heads[b])
    while x >= 0, y >= 0 {
      let (left, right) = (entries[Int(x)], entries[Int(y)])
      if left.slot == right.slot, left.value != right.value { return Int(left.slot) }
      if left.slot <= right.slot { x = left.next }
      if right.slot <= left.slot { y = right.next }
    }
    return -1
  }

  /// Gives the values of `other` to `root`; the two don't conflict.
  func join(_ root: Int, _ other: Int) {
    if !isUsed { return }
    var (x, y) = (heads[root], heads[other])
    var tail: Int32 = -1
    func append(_ entry: Int32) {
      if tail < 0 { heads[root] = entry } else { entries.pointer(Int(tail)).pointee.next = entry }
      tail = entry
    }
    while x >= 0, y >= 0 {
      let (left, right) = (entries[Int(x)], entries[Int(y)])
      append(left.slot <= right.slot ? x : y)
      if left.slot <= right.slot { x = left.next }
      if right.slot <= left.slot { y = right.next }
    }
    if x >= 0 || y >= 0 { append(max(x, y)) }
    if tail < 0 { return }
    if x < 0, y < 0 { entries.pointer(Int(tail)).pointee.next = -1 }
  }
}
