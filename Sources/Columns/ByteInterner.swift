import Basics
import Glibc

/// Numbers distinct byte strings from 0 in the order in which they first come.
///
/// A lookup costs one hash over the bytes and one comparison; nothing is allocated for a string that is known.
/// Not thread-safe while it grows; reading is, once it does not.
public final class ByteInterner: @unchecked Sendable {
  // Checks of overlapping access would cost as much as a lookup; no method here calls back into another's code.

  /// Number of distinct strings.
  @exclusivity(unchecked)
  public private(set) var count = 0
  @exclusivity(unchecked)
  private var starts: UnsafeMutablePointer<Int>
  @exclusivity(unchecked)
  private var startCapacity: Int
  @exclusivity(unchecked)
  private var storage: UnsafeMutableRawPointer
  @exclusivity(unchecked)
  private var storageCapacity: Int
  /// Number plus one (0: free) in the lower half, the hash's upper half in the upper half.
  @exclusivity(unchecked)
  private var slots: UnsafeMutablePointer<UInt64>
  @exclusivity(unchecked)
  private var slotMask: Int

  public init(capacity: Int = 64) {
    var slotCount = 128
    while slotCount < capacity * 2 { slotCount *= 2 }
    slotMask = slotCount - 1
    slots = Self.makeSlots(slotCount)
    startCapacity = slotCount / 2 + 1
    starts = .allocate(capacity: startCapacity)
    starts[0] = 0
    storageCapacity = slotCount * 8
    storage = .allocate(byteCount: storageCapacity, alignment: 64)
  }

  deinit {
    slots.deallocate()
    starts.deallocate()
    storage.deallocate()
  }

  /// Bytes of all strings together.
  public var byteCount: Int { starts[count] }

  /// The string's number, a new one where it was not known.
  public func intern(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    let hash = ByteHash.hash(bytes)
    var index = Int(truncatingIfNeeded: hash) & slotMask
    while true {
      let slot = slots[index]
      if slot == 0 { return add(bytes, hash: hash, at: index) }
      if matches(slot, hash, bytes) { return Int32(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1 }
      index = (index + 1) & slotMask
    }
  }

  public func intern(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { intern(UnsafeRawBufferPointer($0)) }
  }

  /// The string's number, if it is known.
  public func find(_ bytes: UnsafeRawBufferPointer) -> Int32? {
    let hash = ByteHash.hash(bytes)
    var index = Int(truncatingIfNeeded: hash) & slotMask
    while true {
      let slot = slots[index]
      if slot == 0 { return nil }
      if matches(slot, hash, bytes) { return Int32(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1 }
      index = (index + 1) & slotMask
    }
  }

  /// Valid until the next string is added.
  public func bytes(_ number: Int32) -> UnsafeRawBufferPointer {
    let number = Int(number)
    precondition(number >= 0 && number < count, "a number that was never given out")
    return UnsafeRawBufferPointer(start: storage + starts[number], count: starts[number + 1] - starts[number])
  }

  public func string(_ number: Int32) -> String { String(decoding: bytes(number), as: UTF8.self) }

  @inline(__always)
  private func matches(_ slot: UInt64, _ hash: UInt64, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard slot >> 32 == hash >> 32 else { return false }
    let number = Int(slot & 0xFFFF_FFFF) - 1
    let start = starts[number]
    guard starts[number + 1] - start == bytes.count else { return false }
    return ByteHash.areEqual(UnsafeRawBufferPointer(start: storage + start, count: bytes.count), bytes)
  }

  private func add(_ bytes: UnsafeRawBufferPointer, hash: UInt64, at index: Int) -> Int32 {
    precondition(count < Int(Int32.max) - 1, "more distinct strings than a code can number")
    let number = count
    let start = starts[number]
    if start + bytes.count > storageCapacity { growStorage(start + bytes.count) }
    if let base = bytes.baseAddress { (storage + start).copyMemory(from: base, byteCount: bytes.count) }
    if number + 2 > startCapacity { growStarts() }
    starts[number + 1] = start + bytes.count
    slots[index] = (hash >> 32) << 32 | UInt64(number + 1)
    count = number + 1
    if count * 2 > slotMask { growSlots() }
    return Int32(number)
  }

  private func growStorage(_ needed: Int) {
    let capacity = max(storageCapacity * 2, needed)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
    larger.copyMemory(from: storage, byteCount: byteCount)
    storage.deallocate()
    storage = larger
    storageCapacity = capacity
  }

  private func growStarts() {
    let larger = UnsafeMutablePointer<Int>.allocate(capacity: startCapacity * 2)
    larger.update(from: starts, count: count + 1)
    starts.deallocate()
    starts = larger
    startCapacity *= 2
  }

  /// Free slots; large tables on huge pages where the system has them, since every lookup lands on another page.
  private static func makeSlots(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    let bytes = count * MemoryLayout<UInt64>.stride
    let huge = 2 << 20
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: bytes >= huge ? huge : 64)
    if bytes >= huge { madvise(raw, bytes, MADV_HUGEPAGE) }
    let slots = raw.bindMemory(to: UInt64.self, capacity: count)
    slots.initialize(repeating: 0, count: count)
    return slots
  }

  private func growSlots() {
    slots.deallocate()
    let slotCount = (slotMask + 1) * 2
    slotMask = slotCount - 1
    slots = Self.makeSlots(slotCount)
    for number in 0..<count {
      let hash = ByteHash.hash(bytes(Int32(number)))
      var index = Int(truncatingIfNeeded: hash) & slotMask
      while slots[index] != 0 { index = (index + 1) & slotMask }
      slots[index] = (hash >> 32) << 32 | UInt64(number + 1)
    }
  }
}
