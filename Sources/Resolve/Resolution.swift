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
  /// Rows that fit several people equally well.
  var undecided: [Int32]
  /// By row: the number of the mobile, -1 where there is none or where it joins nobody.
  var mobiles: [Int32]
}

extension Resolution {
  /// With what a model has added.
  func extended(by model: ModelLinks) -> Resolution {
    var resolution = self
    resolution.roots = model.roots
    resolution.joins += model.joins
    resolution.reviews = model.reviews
    return resolution
  }
}

/// Two records joined; `left` < `right`.
struct Join: Equatable {
  var left: Int32
  var right: Int32
  /// Index into the rules; behind them stands the model.
  var rule: Int32
  /// Of a join by the model, in bits: the average weight between the customers of the rules that it joined.
  var weight: Double?
}

/// Two records that some evidence would join and other evidence keeps apart; `left` < `right`.
struct Review: Equatable {
  var left: Int32
  var right: Int32
  var reason: Reason
  /// Where the model weighed it, in bits.
  var weight: Double?

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
    /// The model holds it for possible, and not for sure enough to join.
    case possibleMatch

    var code: String {
      switch self {
      case .sameDocumentDifferentName: "same_document_different_name"
      case .blockedByDocument: "blocked_by_document"
      case .blockedByBirthDate: "blocked_by_birth_date"
      case .blockedByPartyType: "blocked_by_party_type"
      case .ambiguous: "ambiguous"
      case .possibleMatch: "possible_match"
      }
    }
  }

  init(_ a: Int32, _ b: Int32, _ reason: Reason, weight: Double? = nil) {
    left = min(a, b)
    right = max(a, b)
    self.reason = reason
    self.weight = weight
  }
}
