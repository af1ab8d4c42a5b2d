/// The ordered levels of agreement of a kind of field, from the strongest to none.
///
/// Level 0 is "missing", level 1 the first of `levels`.
public struct Ladder: Sendable, Equatable {
  public struct Level: Sendable, Equatable {
    /// Stable, in snake case: `one_slip`.
    public var id: String
    /// What a person reads: "one letter differs".
    public var meaning: String
    /// Where expectation maximisation begins: of true matches, out of 1,000.
    public var startingShare: Double

    init(_ id: String, _ startingShare: Double, _ meaning: String) {
      self.id = id
      self.meaning = meaning
      self.startingShare = startingShare
    }
  }

  public let levels: [Level]

  /// With the missing level.
  public var count: Int { levels.count + 1 }

  /// The last level.
  public var different: UInt8 { UInt8(levels.count) }

  public static func of(_ kind: FieldKind) -> Ladder {
    switch kind {
    case .givenName, .familyName: namePart
    case .wholeName: wholeName
    case .date: date
    case .number: number
    case .phone: phone
    case .email: email
    case .code: code
    case .postcode: postcode
    case .category: category
    case .text: text
    case .organisation, .longText: longText
    case .place: place
    case .list: list
    }
  }

  static let namePart = Ladder(levels: [
    Level("exact", 780, "the same"),
    Level("one_slip", 80, "one letter typed, left out or turned"),
    Level("nickname", 20, "a nickname of the other"),
    Level("very_similar", 20, "very similar, or the one within the other"),
    Level("sounds_alike", 15, "sounds alike, or similar"),
    Level("initial", 15, "the initial of the other"),
    Level("somewhat_similar", 20, "somewhat similar"),
    Level("different", 50, "different"),
  ])
  /// The levels of `NameAgreement`, in its order.
  static let wholeName = Ladder(levels: [
    Level("same", 400, "the same words in the same order, titles aside"),
    Level("other_form", 60, "the same but for script, word breaks, particles or lost characters"),
    Level("reordered", 40, "the same words in another order"),
    Level("romanised", 150, "the one romanises the other"),
    Level("contained", 80, "all words of the one among those of the other"),
    Level("nickname", 20, "the same but for nicknames"),
    Level("initials", 20, "the same but for initials"),
    Level("one_slip", 70, "one letter typed, left out or turned"),
    Level("loosely_romanised", 40, "the one romanises the other but for one syllable"),
    Level("similar_words", 25, "all words similar in letters or sound"),
    Level("similar", 20, "similar as a whole"),
    Level("family_alone", 15, "the family name agrees and the given names cannot be compared"),
    Level("family_only", 15, "the family name agrees and the given names do not"),
    Level("given_only", 20, "a given name agrees and no more"),
    Level("different", 25, "different"),
  ])
  static let date = Ladder(levels: [
    Level("exact", 800, "the same day"),
    Level("one_slip", 70, "one digit differs, or day and month are turned"),
    Level("two_parts", 30, "two of year, month and day are the same"),
    Level("within_a_month", 15, "at most 31 days apart"),
    Level("year_and_near", 15, "a year apart but for some days, or ten"),
    Level("within_a_year", 10, "at most 366 days apart"),
    Level("within_ten_years", 30, "at most ten years apart"),
    Level("different", 30, "different"),
  ])
  static let number = Ladder(levels: [
    Level("exact", 850, "the same"),
    Level("within_1_percent", 40, "at most 1 % apart"),
    Level("within_10_percent", 40, "at most 10 % apart"),
    Level("within_30_percent", 20, "at most 30 % apart"),
    Level("different", 50, "different"),
  ])
  static let phone = Ladder(levels: [
    Level("exact", 800, "the same number, with or without its area"),
    Level("one_slip", 60, "one digit differs, or two are turned"),
    Level("two_slips", 20, "two digits differ"),
    Level("different", 120, "different"),
  ])
  static let email = Ladder(levels: [
    Level("exact", 700, "the same"),
    Level("one_slip", 80, "one letter typed, left out or turned"),
    Level("local_part", 30, "the same before the @"),
    Level("very_similar", 60, "two or three letters differ"),
    Level("similar", 30, "similar"),
    Level("different", 100, "different"),
  ])
  static let code = Ladder(levels: [
    Level("exact", 850, "the same"),
    Level("one_slip", 80, "one character differs, or two are turned"),
    Level("two_slips", 20, "two characters differ"),
    Level("different", 50, "different"),
  ])
  static let postcode = Ladder(levels: [
    Level("exact", 750, "the same"),
    Level("one_slip", 80, "one character differs, or two are turned"),
    Level("area", 70, "the same area"),
    Level("different", 100, "different"),
  ])
  static let category = Ladder(levels: [
    Level("exact", 900, "the same"),
    Level("one_slip", 30, "one letter differs"),
    Level("different", 70, "different"),
  ])
  static let text = Ladder(levels: [
    Level("exact", 700, "the same"),
    Level("one_slip", 100, "one letter typed, left out or turned, or blanks differ"),
    Level("very_similar", 60, "very similar, or the words of the one within the other"),
    Level("similar", 40, "similar, or half of the words are the same"),
    Level("somewhat_similar", 30, "somewhat similar"),
    Level("different", 70, "different"),
  ])
  static let longText = Ladder(levels: [
    Level("exact", 500, "the same"),
    Level("nearly_all_words", 200, "nine tenths of the words, by weight"),
    Level("most_words", 100, "seven tenths of the words, by weight"),
    Level("half_the_words", 80, "half of the words, by weight"),
    Level("some_words", 60, "three tenths of the words, by weight"),
    Level("few_words", 30, "a tenth of the words, by weight"),
    Level("different", 30, "different"),
  ])
  static let place = Ladder(levels: [
    Level("within_100_m", 700, "at most 100 m apart"),
    Level("within_1_km", 100, "at most 1 km apart"),
    Level("within_10_km", 100, "at most 10 km apart"),
    Level("within_100_km", 50, "at most 100 km apart"),
    Level("different", 50, "further apart"),
  ])
  static let list = Ladder(levels: [
    Level("exact", 600, "the same"),
    Level("most", 150, "two thirds of the entries"),
    Level("some", 150, "one entry at least"),
    Level("different", 100, "no entry is in both"),
  ])
}
