/// Memory for many elements that is reused from one piece of work to the next, without bounds checks.
///
/// What it holds after `reserve` is anything: the user writes before reading.
struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  private var base = UnsafeMutablePointer<Element>.allocate(capacity: 1)
  private var capacity = 1

  init() {}

  deinit { base.deallocate() }

  /// Makes room for `count` elements; those held so far are lost where it must grow.
  mutating func reserve(_ count: Int) {
    if count <= capacity { return }
    base.deallocate()
    capacity = max(count, capacity + capacity / 2)
    base = .allocate(capacity: capacity)
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// For changes in place.
  @inline(__always)
  func pointer(_ index: Int) -> UnsafeMutablePointer<Element> { base + index }

  func fill(_ count: Int, with value: Element) { base.update(repeating: value, count: count) }
}
