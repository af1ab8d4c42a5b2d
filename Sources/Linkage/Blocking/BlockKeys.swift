import Basics

/// Blocking keys of the values of a field: 64-bit hashes; 0 stands for "no key".
enum BlockKeys {
  /// By value: its key.
  static func single(_ field: Field, _ part: Matching.KeyPart) -> [UInt64] {
    let count = field.values.count
    return [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      for value in 0..<count { buffer.initializeElement(at: value, to: key(field, Int32(value), part)) }
      initialized = count
    }
  }

  /// By value: its keys, `keys[starts[v]..<starts[v + 1]]`.
  static func several(_ field: Field, _ part: Matching.KeyPart) -> (starts: [Int32], keys: [UInt64]) {
    var starts: [Int32] = [0]
    starts.reserveCapacity(field.values.count + 1)
    var keys: [UInt64] = []
    let similar = LSHKeys(bands: 12, rows: 3, seed: 1)
    for value in 0..<Int32(field.values.count) {
      append(field, value, part, similar, to: &keys)
      starts.append(Int32(keys.count))
    }
    return (starts, keys)
  }

  private static func append(
    _ field: Field, _ value: Int32, _ part: Matching.KeyPart, _ similar: LSHKeys, to keys: inout [UInt64]
  ) {
    let features = field.features
    switch (part, features.names?.keys) {
    case (.words, let names?): names.words(value, into: &keys)
    case (.givenNames, let names?): names.formalNames(value, into: &keys)
    case (.familySounds, let names?):
      names.sounds(value, into: &keys)
      names.familySounds(value, into: &keys)
    case (.syllables, let names?): names.syllablePairs(value, into: &keys)
    case (.words, nil):
      let range = features.wordStarts[Int(value)]..<features.wordStarts[Int(value) + 1]
      for word in features.words[range] { keys.append(mix(UInt64(word) &+ 1, 11)) }
    case (.similar, nil): field.values.withUnits(value) { similar.append(of: $0, to: &keys) }
    default: preconditionFailure("a key that the field does not have")
    }
  }

  static func key(_ field: Field, _ value: Int32, _ part: Matching.KeyPart) -> UInt64 {
    switch part {
    case .exact: return mix(UInt64(value) &+ 1, 1)
    case .phonetic:
      let key = field.features.phonetic.isEmpty ? 0 : field.features.phonetic[Int(value)]
      return key == 0 ? 0 : mix(key, 2)
    case .year, .monthAndDay, .yearAndMonth: return dateKey(field.features.dates[Int(value)], part)
    case .prefix(let length):
      return field.values.withUnits(value) { $0.isEmpty ? 0 : hash($0.prefix(length), 3) }
    case .suffix(let length):
      return field.values.withUnits(value) { $0.count < length ? 0 : hash($0.suffix(length), 4) }
    case .localPart:
      return field.values.withUnits(value) { units in
        let local = FieldComparer.localPart(units)
        return local.count < 3 ? 0 : hash(local[...], 5)
      }
    case .words, .givenNames, .familySounds, .syllables, .similar:
      preconditionFailure("keys of which a value has several")
    }
  }

  private static func dateKey(_ date: DateParts, _ part: Matching.KeyPart) -> UInt64 {
    guard date.isKnown else { return 0 }
    switch part {
    case .year: return mix(UInt64(bitPattern: Int64(date.year)), 6)
    case .monthAndDay: return mix(UInt64(UInt8(bitPattern: date.month)) << 8 | UInt64(UInt8(bitPattern: date.day)), 7)
    default: return mix(UInt64(bitPattern: Int64(date.year)) << 8 | UInt64(UInt8(bitPattern: date.month)), 8)
    }
  }

  static func hash(_ units: Slice<UnsafeBufferPointer<UInt16>>, _ salt: UInt64) -> UInt64 {
    mix(ByteHash.hash(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: units))), salt)
  }

  /// Never 0.
  @inline(__always)
  static func mix(_ value: UInt64, _ salt: UInt64) -> UInt64 { ByteHash.fold(value, salt: salt) | 1 }
}
