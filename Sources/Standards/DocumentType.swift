/// The documents of `DocumentKind.chinese` by name.
public enum DocumentType: String, Sendable, CaseIterable {
  case residentId = "resident_id"
  case foreignPermanentResident = "foreign_permanent_resident"
  case passport
  case hkMacauPermit = "hk_macau_permit"
  case taiwanPermit = "taiwan_permit"
  case hmtResidencePermit = "hmt_residence_permit"
  case military
  case socialCreditCode = "social_credit_code"

  /// In the order of `DocumentKind.chinese`.
  fileprivate var kind: DocumentKind { DocumentKind.chinese[Self.places[self] ?? 0] }

  private static let places = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))
}

extension DocumentNumber {
  public static func standardise(
    _ bytes: UnsafeRawBufferPointer, type: DocumentType, into output: inout [UInt8]
  ) -> Standardised {
    standardise(bytes, kind: type.kind, into: &output)
  }

  public static func standardise(_ text: String, type: DocumentType) -> (text: String, result: Standardised) {
    standardise(text, kind: type.kind)
  }
}
