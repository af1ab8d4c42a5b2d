/// What a field of evidence holds, which decides how two of its values are compared.
public enum FieldKind: String, Sendable, CaseIterable, Hashable {
  case givenName = "given_name"
  case familyName = "family_name"
  /// A person's name in one piece, in any script.
  case wholeName = "whole_name"
  case organisation
  /// A calendar date.
  case date
  case number
  case phone
  case email
  /// A document number or another long code.
  case code
  /// A short text, such as a street or a town.
  case text
  case postcode
  /// One of a few words, such as sex or a state.
  case category
  /// A title or a description of many words.
  case longText = "long_text"
  /// Latitude and longitude.
  case place
  /// Several values in one.
  case list
}

/// Fields that change and agree together: the independence of Fellegi and Sunter's model does not hold among them.
public enum FieldGroup: UInt8, Sendable, CaseIterable, Hashable {
  case name
  case birth
  case address
  case contact
  case other
}
