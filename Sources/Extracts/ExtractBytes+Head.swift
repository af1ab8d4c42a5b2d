import Basics

extension ExtractBytes {
  /// Up to `count` bytes from where the reading stands: what a sketch looks at. Fewer at the end.
  /// - Throws: as reading does.
  public func head(_ count: Int) throws(Problem) -> [UInt8] {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { room.deallocate() }
    var filled = 0
    while filled < count {
      let step = try read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
      if step == 0 { break }
      filled += step
    }
    return Array(room[..<filled])
  }
}
