import Basics

/// How records are joined to customers: by deterministic rules, in order, and then by a stored model, if there is one.
public struct ResolveDefinition: Sendable {
  public var rules: [JoinRule]
  /// A mobile that stands with more different names than this is a shared line and joins nobody.
  public var maxPeoplePerMobile: Int
  /// Nil: rules only.
  public var linkage: LinkageDefinition?

  /// What joins records, by number: the rules, then the model where there is one.
  public var causes: [String] { rules.map(\.id) + (linkage == nil ? [] : [LinkageDefinition.cause]) }
}

/// Two records are joined where all of `equal` are present and equal and all of `compatible` do not contradict.
public struct JoinRule: Sendable, Equatable {
  public var id: String
  public var equal: [IdentityField]
  public var compatible: [IdentityField]
  public var place: Place
}

public enum IdentityField: String, Sendable, CaseIterable {
  /// Type and number of a valid identity document.
  case document
  case mobile
  case name
  case birthDate = "birth_date"
}
