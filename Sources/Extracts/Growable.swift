/// A buffer that only grows and is reused from record to record, whose address stands still while nothing is added.
///
/// An `Array` would do if its storage could be viewed beyond one closure; readers hand out views of theirs.
final class Growable<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  var count = 0

  init(capacity: Int) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { base.deallocate() }

  /// Makes room for `extra` more elements behind `count`.
  @inline(__always)
  func reserve(_ extra: Int) {
    if count + extra > capacity { grow(extra) }
  }

  private func grow(_ extra: Int) {
    let larger = max(capacity * 2, count + extra)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = larger
  }

  @inline(__always)
  func append(_ element: Element) {
    reserve(1)
    base[count] = element
    count += 1
  }

  @inline(__always)
  func append(_ source: UnsafePointer<Element>, count added: Int) {
    reserve(added)
    (base + count).update(from: source, count: added)
    count += added
  }

  /// A view of the first elements.
  func prefix(_ length: Int) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base, count: min(length, count))
  }

  /// Drops the first `dropped` elements and moves the rest to the front.
  func dropFirst(_ dropped: Int) {
    if dropped == 0 { return }
    base.update(from: base + dropped, count: count - dropped)
    count -= dropped
  }
}
