import Basics
import Extracts
import Glibc
import Linkage

/// One column while it is read: each record's value by number, each distinct value once, numbered as they first come.
///
/// Three passes over a batch instead of one over a field at a time: hash all, touch all slots, then look up. The slots of
/// a column with many values lie anywhere in memory, and loads that do not wait for one another come together.
/// Memory that grows is moved by `realloc`, which for large blocks copies nothing.
final class ValueColumn: @unchecked Sendable {
  private let codes = Room<Int32>()
  private let starts = Room<Int>()
  private let bytes = Room<UInt8>()
  /// Number plus one (0: free) in the lower half, the hash's upper half in the upper half.
  private var slots: UnsafeMutablePointer<UInt64>
  private var slotMask: Int
  private var valueCount = 0

  /// Of the batch at hand: hashes, and texts without white space around them (count 0: missing).
  private let hashes = Room<UInt64>()
  private let texts = Room<UnsafeRawBufferPointer>()
  /// What the slots hold that a batch touches; kept only so that they are read.
  private var touched: UInt64 = 0

  init() {
    slotMask = 1_023
    slots = Self.makeSlots(1_024)
    starts.append(0)
  }

  deinit { free(slots) }

  var recordCount: Int { codes.count }

  func appendMissing(_ count: Int) {
    codes.reserve(count)
    for index in 0..<count { codes.base[codes.count + index] = -1 }
    codes.count += count
  }

  func append(_ batch: RecordBatch, field: Int) {
    let count = batch.count
    hash(batch, field)
    codes.reserve(count)
    // Room for all, so that no slot moves below.
    while (valueCount + count) * 4 > slotMask * 3 { growSlots() }
    if slotMask > Self.smallMask { touch(count) }
    let codes = codes.base + codes.count
    for index in 0..<count {
      let text = texts.base[index]
      codes[index] = text.count == 0 ? -1 : intern(text, hash: hashes.base[index])
    }
    self.codes.count += count
  }

  /// Tables below this size lie in the nearest caches.
  private static let smallMask = 8_191

  /// Reads what the lookups of a batch will read, each independent of the others.
  private func touch(_ count: Int) {
    let (slots, mask, starts, bytes, hashes) = (slots, slotMask, starts.base, bytes.base, hashes.base)
    var touched: UInt64 = 0
    for index in 0..<count {
      let hash = hashes[index]
      let slot = slots[Int(truncatingIfNeeded: hash) & mask]
      touched ^= slot
      if slot >> 32 == hash >> 32, slot != 0 {
        touched ^= UInt64(bytes[starts[Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) &- 1]])
      }
    }
    self.touched = touched
  }

  private func hash(_ batch: RecordBatch, _ field: Int) {
    let count = batch.count
    hashes.reserve(count)
    texts.reserve(count)
    let (hashes, texts) = (hashes.base, texts.base)
    for index in 0..<count {
      let text = FieldText.trimmed(batch[index].field(field))
      let isMissing = FieldText.isMissing(text)
      texts[index] = isMissing ? UnsafeRawBufferPointer(start: nil, count: 0) : text
      hashes[index] = isMissing ? 0 : ByteHash.hash(text)
    }
  }

  @inline(__always)
  private func intern(_ text: UnsafeRawBufferPointer, hash: UInt64) -> Int32 {
    var index = Int(truncatingIfNeeded: hash) & slotMask
    while true {
      let slot = slots[index]
      if slot == 0 { return add(text, hash: hash, at: index) }
      if slot >> 32 == hash >> 32 {
        let number = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) &- 1
        let start = starts.base[number]
        let known = UnsafeRawBufferPointer(start: bytes.base + start, count: starts.base[number &+ 1] &- start)
        if ByteHash.areEqual(known, text) { return Int32(truncatingIfNeeded: number) }
      }
      index = (index &+ 1) & slotMask
    }
  }

  @inline(__always)
  private func add(_ text: UnsafeRawBufferPointer, hash: UInt64, at index: Int) -> Int32 {
    bytes.append(text)
    starts.append(bytes.count)
    valueCount &+= 1
    slots[index] = (hash >> 32) << 32 | UInt64(valueCount)
    return Int32(truncatingIfNeeded: valueCount &- 1)
  }

  /// The column as it was read; memory is given back on the way, so that this is its end.
  func finish(named name: String) -> InternedColumn {
    free(slots)
    slotMask = 0
    slots = Self.makeSlots(1)
    let codes = codes.takeArray()
    return InternedColumn(
      name: name, codes: codes, texts: ValueTexts(bytes: bytes.takeArray(), starts: starts.takeArray()))
  }

  // MARK: Slots

  /// Free slots; large tables on huge pages where the system has them, since every lookup lands on another page.
  private static func makeSlots(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    let huge = 2 << 20
    let byteCount = count * MemoryLayout<UInt64>.stride
    guard byteCount >= huge else { return calloc(count, 8)!.bindMemory(to: UInt64.self, capacity: count) }
    let raw = aligned_alloc(huge, byteCount)!
    madvise(raw, byteCount, MADV_HUGEPAGE)
    memset(raw, 0, byteCount)
    return raw.bindMemory(to: UInt64.self, capacity: count)
  }

  private func growSlots() {
    free(slots)
    let slotCount = (slotMask + 1) * 2
    slotMask = slotCount - 1
    slots = Self.makeSlots(slotCount)
    for number in 0..<valueCount {
      let start = starts.base[number]
      let hash = ByteHash.hash(
        UnsafeRawBufferPointer(start: bytes.base + start, count: starts.base[number + 1] - start))
      var index = Int(truncatingIfNeeded: hash) & slotMask
      while slots[index] != 0 { index = (index &+ 1) & slotMask }
      slots[index] = (hash >> 32) << 32 | UInt64(number + 1)
    }
  }
}

/// A column of which each record's text is kept as it is, one behind the other: identifiers, which are nobody's evidence.
final class TextColumn: @unchecked Sendable {
  private let starts = Room<Int>()
  private let bytes = Room<UInt8>()

  init() { starts.append(0) }

  func appendMissing(_ count: Int) {
    for _ in 0..<count { starts.append(bytes.count) }
  }

  func append(_ batch: RecordBatch, field: Int) {
    starts.reserve(batch.count)
    for index in 0..<batch.count {
      bytes.append(FieldText.trimmed(batch[index].field(field)))
      starts.append(bytes.count)
    }
  }

  func finish() -> ValueTexts { ValueTexts(bytes: bytes.takeArray(), starts: starts.takeArray()) }
}

/// Plain memory that grows by a half at a time.
final class Room<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  var count = 0
  private var capacity: Int

  init() {
    capacity = 64
    base = malloc(capacity * MemoryLayout<Element>.stride)!.bindMemory(to: Element.self, capacity: capacity)
  }

  deinit { free(base) }

  /// Makes room for `more` elements behind those that there are.
  @inline(__always)
  func reserve(_ more: Int) {
    if count &+ more > capacity { grow(count + more) }
  }

  @inline(never)
  private func grow(_ needed: Int) {
    capacity = max(needed, capacity + capacity / 2)
    base = realloc(base, capacity * MemoryLayout<Element>.stride)!.bindMemory(to: Element.self, capacity: capacity)
  }

  @inline(__always)
  func append(_ element: Element) {
    reserve(1)
    base[count] = element
    count &+= 1
  }

  /// The elements, which are no longer here then.
  func takeArray() -> [Element] {
    let array = Array(UnsafeBufferPointer(start: base, count: count))
    count = 0
    capacity = 1
    base = realloc(base, MemoryLayout<Element>.stride)!.bindMemory(to: Element.self, capacity: 1)
    return array
  }
}

extension Room where Element == UInt8 {
  @inline(__always)
  func append(_ text: UnsafeRawBufferPointer) {
    guard let from = text.baseAddress else { return }
    reserve(text.count)
    UnsafeMutableRawPointer(base + count).copyMemory(from: from, byteCount: text.count)
    count &+= text.count
  }
}
