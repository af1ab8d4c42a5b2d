import Basics
import Glibc

/// What ends the lines of an extract; the last line may lack it.
public enum LineTerminators: Sendable, CaseIterable {
  /// LF or CRLF, mixed as they come; a CR alone is text.
  case feed
  /// LF, CRLF or a CR alone, mixed as they come.
  case any
}

extension ExtractBytes {
  /// The offset of the first line start at or after `offset` in a file that is not compressed: where a chunk may begin.
  /// Gives the file's size where there is none.
  /// - Throws: `unreadable_file`.
  public static func lineStart(
    atOrAfter offset: Int, in path: String, terminators: LineTerminators = .feed
  ) throws(Problem) -> Int {
    if offset == 0 { return 0 }
    return try ExtractBytes(path, startingAt: offset - 1).passOverLine(terminators)
  }

  /// Reads to the next line's start, or the end, and gives its offset.
  func passOverLine(_ terminators: LineTerminators) throws(Problem) -> Int {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
    defer { room.deallocate() }
    var offset = startOffset
    var isAfterReturn = false
    while true {
      let count = try read(into: room)
      if count == 0 { return offset }
      for byte in room[..<count] {
        if byte == 10 { return offset + 1 }
        if isAfterReturn { return offset }
        isAfterReturn = byte == 13 && terminators == .any
        offset += 1
      }
    }
  }
}
