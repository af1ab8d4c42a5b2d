import Basics
import Testing

struct SplitMix64Tests {
  /// The numbers that the authors' own program in C gives for this seed.
  @Test func numbersAreThoseOfTheAuthors() {
    var stream = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in stream.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func mixingIsTheFirstNumber() {
    for seed in [0, 1, UInt64.max] {
      var stream = SplitMix64(seed: seed)
      #expect(SplitMix64.mix(seed) == stream.next())
    }
  }

  @Test func limitsAreKeptAndReached() {
    var stream = SplitMix64(seed: 3)
    let drawn = Set((0..<1_000).map { _ in stream.below(7) })
    #expect(drawn == Set(0..<7))
  }
}
