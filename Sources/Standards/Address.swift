/// What an address says before its street: codes of GB/T 2260, 0 where nothing is said or known.
public struct AddressDivisions: Sendable, Equatable {
  public var province = 0
  public var city = 0
  public var district = 0
  /// Where the rest begins in the text.
  public var restOffset = 0
}

/// A postal address as one line.
///
/// Source: GB/T 2260 for the divisions (`Divisions`), written in full in the order province, city, district, rest.
public enum Address {
  /// Appends the address as a line of text, the names of its Chinese divisions written in full and the missing ones above
  /// them added: 深圳南山区科技园路1号 becomes 广东省深圳市南山区科技园路1号.
  ///
  /// - Returns: notes with `.divisionsCompleted` where the names were not written so.
  public static func standardise(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Standardised {
    let start = output.count
    var result = LineText.standardise(bytes, into: &output)
    guard result.hasText else { return result }
    let found = output.withUnsafeBytes { divisions(of: UnsafeRawBufferPointer(rebasing: $0[start...])) }
    guard found.restOffset > 0 else { return result }
    if output.withUnsafeBytes({ isInFull(UnsafeRawBufferPointer(rebasing: $0[start...]), found) }) { return result }
    var full: [UInt8] = []
    for code in [found.province, found.city, found.district] {
      if let place = Divisions.index.place(of: code) { full += Divisions.index.name(place) }
    }
    output.replaceSubrange(start..<start + found.restOffset, with: full)
    result.notes.insert(.divisionsCompleted)
    return result
  }

  public static func standardise(_ text: String) -> (text: String, result: Standardised) {
    standardised(text) { standardise($0, into: &$1) }
  }

  /// The province, city and district at the beginning of a standardised address; those above a named one are filled in.
  ///
  /// Names may lack their suffix (广西, 深圳), but not where a street may follow from them (南京路). A district without its
  /// city is known where only one district of the country has its name.
  public static func divisions(of address: UnsafeRawBufferPointer) -> AddressDivisions {
    var found = AddressDivisions()
    let index = Divisions.index
    var isNamed = true
    while isNamed, found.district == 0 {
      let rest = UnsafeRawBufferPointer(rebasing: address[found.restOffset...])
      isNamed = false
      guard let (place, length) = longest(rest, below: found, index) else { break }
      found.restOffset += length
      take(index.entries[place].code, &found)
      isNamed = true
    }
    return found
  }

  /// Whether the names at the beginning are written in full, one behind the other.
  private static func isInFull(_ address: UnsafeRawBufferPointer, _ found: AddressDivisions) -> Bool {
    var written = 0
    func isNext(_ code: Int) -> Bool {
      guard let place = Divisions.index.place(of: code) else { return code == 0 }
      let count = Divisions.index.entries[place].nameCount
      let rest = UnsafeRawBufferPointer(rebasing: address[written...])
      written += count
      return Divisions.index.begins(rest, with: place, count: count)
    }
    return isNext(found.province) && isNext(found.city) && isNext(found.district) && written == found.restOffset
  }

  private static func take(_ code: Int, _ found: inout AddressDivisions) {
    found.province = code / 10_000 * 10_000
    switch DivisionIndex.level(of: code) {
    case .province: break
    case .city: found.city = code
    case .district:
      found.district = code
      let city = code / 100 * 100
      if Divisions.index.place(of: city) != nil { found.city = city }
    }
  }

  /// The division whose full name, or else whose short one, stands at the beginning.
  private static func longest(
    _ text: UnsafeRawBufferPointer, below found: AddressDivisions, _ index: DivisionIndex
  ) -> (place: Int, length: Int)? {
    var best: (place: Int, length: Int)?
    var next = index.firstCandidate(for: text)
    while next >= 0 {
      let (place, entry) = (next, index.entries[next])
      next = entry.next
      guard isBelow(entry.code, found), index.begins(text, with: place, count: entry.stemCount) else { continue }
      let isWhole = index.begins(text, with: place, count: entry.nameCount)
      let length = isWhole ? entry.nameCount : entry.stemCount
      if length <= best?.length ?? 0 { continue }
      if isWhole {
        // 朝阳区 alone may be any of several.
        let isDistrict = DivisionIndex.level(of: entry.code) == .district
        if found.province == 0, isDistrict, !entry.isUnique { continue }
      } else if !mayEnd(text, at: length, entry.code, found, index) {
        continue
      }
      best = (place, length)
    }
    return best
  }

  private static func isBelow(_ code: Int, _ found: AddressDivisions) -> Bool {
    if found.city > 0 { return code / 100 == found.city / 100 && code != found.city }
    if found.province > 0 { return code / 10_000 == found.province / 10_000 }
    return true
  }

  /// Whether a name without its suffix may end here: more must follow that is no street, village or gate of that name.
  private static func mayEnd(
    _ text: UnsafeRawBufferPointer, at length: Int, _ code: Int, _ found: AddressDivisions, _ index: DivisionIndex
  ) -> Bool {
    if DivisionIndex.level(of: code) == .district, found.province == 0 { return false }
    let rest = UnsafeRawBufferPointer(rebasing: text[length...])
    var reader = ScalarReader(rest)
    guard let next = reader.next() else { return found.province == 0 }
    if !followers.contains(next) { return isChinese(next) }
    var here = found
    take(code, &here)
    return here.district == 0 && longest(rest, below: here, index) != nil
  }

  private static let followers = Set("路街道大巷弄村镇乡里桥门东西南北中新老一二三四五六七八九十省市区县州盟旗".unicodeScalars.map(\.value))
}
