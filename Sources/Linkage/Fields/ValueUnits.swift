/// Distinct folded texts as UTF-16 units, one behind the other.
public struct ValueUnits: Sendable {
  var units: [UInt16] = []
  /// Where each text begins, and where the last one ends.
  var starts: [Int] = [0]

  var count: Int { starts.count - 1 }

  mutating func append(_ text: UnsafeBufferPointer<UInt16>) {
    units.append(contentsOf: text)
    starts.append(units.count)
  }

  func string(_ value: Int32) -> String {
    String(decoding: units[starts[Int(value)]..<starts[Int(value) + 1]], as: UTF16.self)
  }

  func withUnits<Result>(_ value: Int32, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
    units.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[starts[Int(value)]..<starts[Int(value) + 1]]))
    }
  }
}
