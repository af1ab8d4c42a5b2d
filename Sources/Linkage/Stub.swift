import Standards
enum TextFold {
  static func fold(_ b: UnsafeRawBufferPointer, into o: inout [UInt16]) {
    let s = String(decoding: b, as: UTF8.self).lowercased()
    var blank = true
    for u in s.utf16 {
      if u == 39 || u == 46 { continue }
      let letter = u >= 128 || (u >= 97 && u <= 122) || (u >= 48 && u <= 57)
      if letter { o.append(u); blank = false } else if !blank { o.append(32); blank = true }
    }
    if o.last == 32 { o.removeLast() }
  }
  static func foldKeepingPunctuation(_ b: UnsafeRawBufferPointer, into o: inout [UInt16]) {
    o += Array(String(decoding: b, as: UTF8.self).lowercased().utf16)
  }
}
enum EditDistance {
  static func osa(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, limit: Int) -> Int {
    if abs(a.count - b.count) > limit { return limit + 1 }
    var p2 = [Int](repeating: 0, count: b.count + 1), p = Array(0...b.count)
    if a.isEmpty { return min(b.count, limit + 1) }
    if b.isEmpty { return min(a.count, limit + 1) }
    for i in 1...a.count {
      var r = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        r[j] = min(p[j] + 1, r[j-1] + 1, p[j-1] + (a[i-1] == b[j-1] ? 0 : 1))
        if i > 1, j > 1, a[i-1] == b[j-2], a[i-2] == b[j-1] { r[j] = min(r[j], p2[j-2] + 1) }
      }
      p2 = p; p = r
    }
    return min(p[b.count], limit + 1)
  }
}
enum JaroWinkler {
  static func similarity(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Double {
    if a.isEmpty || b.isEmpty { return 0 }
    let w = max(0, max(a.count, b.count) / 2 - 1)
    var ma = [Bool](repeating: false, count: a.count), mb = [Bool](repeating: false, count: b.count)
    var m = 0
    for i in a.indices { for j in max(0, i - w)..<max(max(0, i - w), min(b.count, i + w + 1)) where !mb[j] && a[i] == b[j] { ma[i] = true; mb[j] = true; m += 1; break } }
    if m == 0 { return 0 }
    var t = 0, k = 0
    for i in a.indices where ma[i] { while !mb[k] { k += 1 }; if a[i] != b[k] { t += 1 }; k += 1 }
    let d = Double(m)
    let j = (d / Double(a.count) + d / Double(b.count) + (d - Double(t / 2)) / d) / 3
    if j < 0.7 { return j }
    var p = 0
    while p < 4 && p < a.count && p < b.count && a[p] == b[p] { p += 1 }
    return j + 0.1 * Double(p) * (1 - j)
  }
}
enum Phonetic {
  static func key(_ a: UnsafeBufferPointer<UInt16>) -> UInt64 {
    if a.isEmpty { return 0 }
    var k = UInt64(a[0]); var last: UInt64 = 0; var n = 0
    let codes: [UInt8: UInt64] = [:]
    _ = codes
    for u in a.dropFirst() {
      let c: UInt64
      switch u {
      case 98, 102, 112, 118: c = 1
      case 99, 103, 106, 107, 113, 115, 120, 122: c = 2
      case 100, 116: c = 3
      case 108: c = 4
      case 109, 110: c = 5
      case 114: c = 6
      default: c = u < 128 ? 0 : UInt64(u)
      }
      if c != 0 && c != last && n < 4 { k = k &* 65599 &+ c; n += 1 }
      last = c
    }
    return k
  }
}
enum Nickname { static func areAlike(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Bool { false } }
struct NameFeatures: Sendable { func level(_ a: Int32, _ b: Int32) -> UInt8 { 12 } }
extension ValueFeatures { var names: NameFeatures? { nil } }
