import Basics

/// What a stream of random numbers is for: streams of different purposes never share numbers, so that a change to one
/// kind of record leaves all others as they were.
enum Purpose: UInt64 {
  case household = 1
  case identity, presence, address, wealth, accounts, transactions
  case crmRecord, consents, assignment, contacts, relation
  case coreRecord, mobileUser, mobileEvents, visits, nightly, manager
  // Of the file of people: see PeopleHouseholds.
  case peopleHousehold, peopleContact, peopleRecord, peopleOrder
}

/// A stream of random numbers that belongs to one seed, purpose, number and sub-number; whole numbers only, so that all
/// machines agree.
///
/// Source: SplitMix64 (Steele, Lea and Flood, 2014), whose output function also makes the key.
struct Draws {
  private var numbers: SplitMix64

  init(_ seed: UInt64, _ purpose: Purpose, _ number: Int, _ part: Int = 0) {
    let key = SplitMix64.mix(seed &+ purpose.rawValue &* 0xD6E8_FEB8_6659_FD93)
    let place = SplitMix64.mix(UInt64(truncatingIfNeeded: number))
    numbers = SplitMix64(
      seed: SplitMix64.mix(key ^ place &+ UInt64(truncatingIfNeeded: part) &* SplitMix64.step))
  }

  @inline(__always)
  mutating func next() -> UInt64 { numbers.next() }

  /// 0 up to, not including, `count`.
  @inline(__always)
  mutating func below(_ count: Int) -> Int { numbers.below(count) }

  /// `low` to `high`, both included.
  @inline(__always)
  mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  /// True in `share` of 100,000 cases.
  @inline(__always)
  mutating func chance(_ share: Int) -> Bool { below(100_000) < share }

  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }
}

/// Spreads numbers 0..<modulus over the same range, one to one, so that keys tell nothing about persons.
@inline(__always)
func spread(_ number: Int, over modulus: Int, by factor: UInt64) -> Int {
  // One to one because every factor used is a prime that does not divide the modulus.
  Int((UInt64(number) % UInt64(modulus) &* factor &+ 12_345) % UInt64(modulus))
}
