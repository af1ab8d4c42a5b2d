/// Distinct texts, numbered from 0, one behind the other in UTF-8.
public struct ValueTexts: Sendable {
  @usableFromInline var bytes: [UInt8] = []
  /// Where each text begins, and where the last one ends.
  @usableFromInline var starts: [Int] = [0]

  public init() {}

  /// - Parameter starts: one more than there are texts; ascending from 0 to `bytes.count`.
  public init(bytes: [UInt8], starts: [Int]) {
    precondition(starts.first == 0 && starts.last == bytes.count)
    self.bytes = bytes
    self.starts = starts
  }

  public var count: Int { starts.count - 1 }

  /// Bytes of all texts together.
  public var byteCount: Int { bytes.count }

  public mutating func append(_ text: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: text)
    starts.append(bytes.count)
  }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    starts.append(bytes.count)
  }

  @inlinable
  public func withBytes<Result>(_ number: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    let start = starts[Int(number)]
    let end = starts[Int(number) + 1]
    return try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  public subscript(number: Int32) -> String {
    withBytes(number) { String(decoding: $0, as: UTF8.self) }
  }
}
