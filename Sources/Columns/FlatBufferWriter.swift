/// Builds one FlatBuffers message, back to front.
///
/// Bytes are kept reversed: the first one here is the last of the message. An object's place is its distance from the
/// message's end, which does not change while more is put in front of it.
struct FlatBufferWriter {
  /// The distance of an object's first byte from the end of the message.
  typealias Place = Int

  enum Value {
    case uint8(UInt8)
    case int16(Int16)
    case int32(Int32)
    case int64(Int64)
    case place(Place)

    var size: Int {
      switch self {
      case .uint8: 1
      case .int16: 2
      case .int32, .place: 4
      case .int64: 8
      }
    }
  }

  private var reversed: [UInt8] = []

  private mutating func push<Number: FixedWidthInteger>(_ number: Number) {
    for index in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
      reversed.append(UInt8(truncatingIfNeeded: number >> Number(index)))
    }
  }

  /// Pads so that after `count` more bytes the place is a multiple of `size`.
  private mutating func align(_ size: Int, before count: Int) {
    while (reversed.count + count) % size != 0 { reversed.append(0) }
  }

  private mutating func push(offsetTo place: Place) { push(UInt32(reversed.count + 4 - place)) }

  mutating func string(_ text: String) -> Place {
    let utf8 = Array(text.utf8)
    align(4, before: utf8.count + 1)
    reversed.append(0)
    reversed.append(contentsOf: utf8.reversed())
    push(UInt32(utf8.count))
    return reversed.count
  }

  mutating func vector(_ places: [Place]) -> Place {
    align(4, before: 0)
    for place in places.reversed() { push(offsetTo: place) }
    push(UInt32(places.count))
    return reversed.count
  }

  /// A vector of structs that are made of 8-byte numbers.
  mutating func vector(ofStructs structs: [[Int64]]) -> Place {
    align(8, before: 0)
    for numbers in structs.reversed() {
      for number in numbers.reversed() { push(number) }
    }
    push(UInt32(structs.count))
    return reversed.count
  }

  /// A table of the fields that are given, each with its slot number.
  mutating func table(_ fields: [(slot: Int, value: Value)]) -> Place {
    let end = reversed.count
    var places = [Int](repeating: 0, count: (fields.map(\.slot).max() ?? -1) + 1)
    for size in [8, 4, 2, 1] {
      for field in fields where field.value.size == size {
        align(size, before: size)
        switch field.value {
        case .uint8(let number): push(number)
        case .int16(let number): push(number)
        case .int32(let number): push(number)
        case .int64(let number): push(number)
        case .place(let place): push(offsetTo: place)
        }
        places[field.slot] = reversed.count
      }
    }
    align(4, before: 4)
    push(UInt32(0))
    let table = reversed.count
    for place in places.reversed() { push(UInt16(place == 0 ? 0 : table - place)) }
    push(UInt16(table - end))
    push(UInt16(4 + 2 * places.count))
    // The distance back to the vtable stands in the table's first four bytes, little-endian, hence reversed here.
    let distance = UInt32(reversed.count - table)
    for index in 0..<4 { reversed[table - 1 - index] = UInt8(truncatingIfNeeded: distance >> (8 * UInt32(index))) }
    return table
  }

  /// The message, a multiple of 8 bytes long.
  mutating func finish(root: Place) -> [UInt8] {
    align(8, before: 4)
    push(offsetTo: root)
    return reversed.reversed()
  }
}
