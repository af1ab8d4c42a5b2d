/// What a standardiser had to do to a value or noticed about it, so that a column of these can be stored beside it.
public struct StandardNotes: OptionSet, Hashable, Sendable {
  public let rawValue: Int32

  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Full-width letters, digits or blanks became ASCII.
  public static let fullWidth = StandardNotes(rawValue: 1 << 0)
  /// A country code (`+86`, `0086`, `86`) or a trunk prefix was taken off.
  public static let countryPrefix = StandardNotes(rawValue: 1 << 1)
  /// A resident id of 15 digits became one of 18.
  public static let upgradedFrom15 = StandardNotes(rawValue: 1 << 2)
  /// The check character is not the one computed.
  public static let checksumFailed = StandardNotes(rawValue: 1 << 3)
  /// A `?`, `□`, U+FFFD or private-use character stands for one that a system could not hold.
  public static let standIn = StandardNotes(rawValue: 1 << 4)
  /// A number that people type when they have none.
  public static let placeholder = StandardNotes(rawValue: 1 << 5)
  /// The value holds `*`: it is not known.
  public static let masked = StandardNotes(rawValue: 1 << 6)
  /// A name in Latin letters only.
  public static let latinName = StandardNotes(rawValue: 1 << 7)
  /// A name of Chinese characters and Latin letters.
  public static let mixedName = StandardNotes(rawValue: 1 << 8)
  /// 先生, 女士, Mr, Dr or the like was taken off.
  public static let titleRemoved = StandardNotes(rawValue: 1 << 9)
  /// Blanks, dashes or brackets were taken out.
  public static let separatorsRemoved = StandardNotes(rawValue: 1 << 10)
  /// An id of 18 digits that is not a citizen's: it begins with 9, 81, 82 or 83.
  public static let notCitizen = StandardNotes(rawValue: 1 << 11)

  /// An extension or a further number behind the first was left out.
  public static let extensionRemoved = StandardNotes(rawValue: 1 << 12)
  /// Names of provinces, cities or districts were written in full or added.
  public static let divisionsCompleted = StandardNotes(rawValue: 1 << 13)

  static let names: [(StandardNotes, String)] = [
    (.fullWidth, "full_width"), (.countryPrefix, "country_prefix"), (.upgradedFrom15, "upgraded_from_15"),
    (.checksumFailed, "checksum_failed"), (.standIn, "stand_in"), (.placeholder, "placeholder"), (.masked, "masked"),
    (.latinName, "latin_name"), (.mixedName, "mixed_name"), (.titleRemoved, "title_removed"),
    (.separatorsRemoved, "separators_removed"), (.notCitizen, "not_citizen"),
    (.extensionRemoved, "extension_removed"), (.divisionsCompleted, "divisions_completed"),
  ]
}

extension StandardNotes: CustomStringConvertible {
  /// `full_width+country_prefix`, or an empty text.
  public var description: String {
    StandardNotes.names.filter { contains($0.0) }.map(\.1).joined(separator: "+")
  }
}

/// How one value came out of a standardiser.
public struct Standardised: Hashable, Sendable {
  public enum Status: UInt8, Sendable {
    /// There is no value: empty, or masked.
    case missing
    /// The standard form was appended and may identify.
    case valid
    /// The standard form was appended, for display and comparison; it fails a check and must not identify anybody.
    case doubtful
    /// Nothing was appended: this is not such a value.
    case invalid
  }

  /// What a doubtful or invalid value fails.
  public enum Fault: String, Sendable {
    case wrongLength = "wrong_length"
    case wrongCharacter = "wrong_character"
    case wrongChecksum = "wrong_checksum"
    case impossibleDate = "impossible_date"
    case placeholder
    /// It does not match the pattern of its type or plan.
    case wrongShape = "wrong_shape"
  }

  public var status: Status
  public var fault: Fault?
  public var notes: StandardNotes

  public init(_ status: Status, _ fault: Fault? = nil, notes: StandardNotes = []) {
    self.status = status
    self.fault = fault
    self.notes = notes
  }

  public static let missing = Standardised(.missing)

  /// Whether a standard form was appended.
  public var hasText: Bool { status == .valid || status == .doubtful }
}

/// Runs a standardiser over a `String`; for tests, rules and small data.
func standardised(
  _ text: String, _ body: (UnsafeRawBufferPointer, inout [UInt8]) -> Standardised
) -> (text: String, result: Standardised) {
  var text = text
  var output: [UInt8] = []
  let result = text.withUTF8 { body(UnsafeRawBufferPointer($0), &output) }
  return (String(decoding: output, as: UTF8.self), result)
}
