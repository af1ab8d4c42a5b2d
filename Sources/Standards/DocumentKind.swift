/// One type of identity document as a pipeline declares it: what its numbers look like and how they are checked.
public struct DocumentKind: Sendable, Equatable {
  /// What a number that fails its checksum is worth.
  public enum ChecksumFailure: String, Sendable, CaseIterable {
    /// As much as any other: such numbers are in legal use.
    case note
    /// It is kept for people to see, and identifies nobody.
    case doubt
    /// It is no value.
    case reject
  }

  /// What a number with the form of GB 11643 says about its holder.
  public enum Derivation: String, Sendable, CaseIterable {
    case birthDate = "birth_date"
    case gender, region
  }

  /// In snake case; the value of the column `document_type`.
  public var id: String
  /// What the whole number looks like: capitals, digits and Chinese characters, without blanks and dashes. Nil: any
  /// number that the checksum can be computed of.
  public var pattern: TextPattern?
  public var checksum: Checksum
  public var onChecksumFailure: ChecksumFailure
  public var derives: Set<Derivation>

  public init(
    _ id: String, pattern: TextPattern? = nil, checksum: Checksum = .none,
    onChecksumFailure: ChecksumFailure = .doubt, derives: Set<Derivation> = []
  ) {
    self.id = id
    self.pattern = pattern
    self.checksum = checksum
    self.onChecksumFailure = onChecksumFailure
    self.derives = derives
  }
}

extension DocumentKind {
  /// The documents that banks of mainland China take.
  ///
  /// Source: GB 11643-1999 and GB 32100-2015; the permit for foreign permanent residents as issued until 2023 and since; the
  /// permits for people of Hong Kong, Macau and Taiwan by their present and former forms; passports by ICAO Doc 9303 (issuing
  /// country neutral); military papers by the shapes in use.
  public static let chinese: [DocumentKind] = [
    DocumentKind("resident_id", checksum: .gb11643, derives: Set(Derivation.allCases)),
    DocumentKind(
      "foreign_permanent_resident", pattern: "9\\d{16}[\\dX]|[A-Z]{3}\\d{12}", checksum: .gb11643,
      derives: [.birthDate, .gender]),
    DocumentKind("passport", pattern: "[A-Z]{0,5}\\d[A-Z\\d]{3,13}"),
    DocumentKind("hk_macau_permit", pattern: "[HM]\\d{8}(\\d\\d)?"),
    DocumentKind("taiwan_permit", pattern: "\\d{8}(\\d\\d|[A-Z])?"),
    DocumentKind(
      "hmt_residence_permit", pattern: "8[123]0000\\d{11}[\\dX]", checksum: .gb11643, derives: [.birthDate, .gender]),
    DocumentKind("military", pattern: "([㐀-䶿一-鿿]{1,4}字?第?)?[A-Z]?\\d{4,12}号?"),
    DocumentKind("social_credit_code", checksum: .gb32100, onChecksumFailure: .note),
  ]

  private init(
    _ id: String, pattern: StaticString, checksum: Checksum = .none, derives: Set<Derivation> = []
  ) {
    guard let pattern = try? TextPattern("\(pattern)") else { preconditionFailure("the pattern of \(id) is wrong") }
    self.init(id, pattern: pattern, checksum: checksum, derives: derives)
  }
}
