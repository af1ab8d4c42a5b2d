/// Memory for copies of records, given out piece by piece and taken back all at once; what it gave out does not move.
final class RecordArena {
  private static let blockBytes = 256 << 10
  private var blocks: [UnsafeMutableRawBufferPointer] = []
  private var block = 0
  private var used = 0

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// Takes everything back.
  func reset() {
    block = 0
    used = 0
  }

  func copy(_ bytes: UnsafeRawPointer, count: Int) -> UnsafeMutableRawPointer {
    let copy = room(count)
    copy.copyMemory(from: bytes, byteCount: count)
    return copy
  }

  /// Room for `count` bytes, aligned to eight.
  private func room(_ count: Int) -> UnsafeMutableRawPointer {
    while block < blocks.count {
      if used + count <= blocks[block].count, let base = blocks[block].baseAddress {
        let room = base + used
        used = (used + count + 7) & ~7
        return room
      }
      block += 1
      used = 0
    }
    blocks.append(.allocate(byteCount: max(count, Self.blockBytes), alignment: 8))
    return room(count)
  }
}
