/// Who belongs together: what a way of linking records has to give, whether by rules or by probabilities.
struct Resolution {
  /// By party row: the smallest row of its customer.
  var roots: [Int32]
  /// The joins made, in order; as many as rows less customers.
  var joins: [Join]
  /// What was not joined and a steward should see; sorted, each once.
  var reviews: [Review]
  /// By rule: joins made.
  var joinsByRule: [Int]
  /// Mobiles that joined nobody because too many people have them.
  var sharedMobiles: Int
  /// Records left out because their group holds too many different people to compare them all.
  var recordsInLargeGroups: Int
}

/// Two records joined; `left` < `right`.
struct Join: Equatable {
  var left: Int32
  var right: Int32
  /// Index into the rules.
  var rule: Int32
}

/// Two records that some evidence would join and other evidence keeps apart; `left` < `right`.
struct Review: Equatable {
  var left: Int32
  var right: Int32
  var reason: Reason

  enum Reason: UInt8, CaseIterable {
    /// One identity document, names that contradict each other.
    case sameDocumentDifferentName
    /// Two valid identity documents of one type.
    case blockedByDocument
    /// Two birth dates, both from valid identity documents.
    case blockedByBirthDate
    /// A person and an organisation.
    case blockedByPartyType
    /// The record fits several people equally well.
    case ambiguous

    var code: String {
      switch self {
      case .sameDocumentDifferentName: "same_document_different_name"
      case .blockedByDocument: "blocked_by_document"
      case .blockedByBirthDate: "blocked_by_birth_date"
      case .blockedByPartyType: "blocked_by_party_type"
      case .ambiguous: "ambiguous"
      }
    }
  }

  init(_ a: Int32, _ b: Int32, _ reason: Reason) {
    left = min(a, b)
    right = max(a, b)
    self.reason = reason
  }
}
