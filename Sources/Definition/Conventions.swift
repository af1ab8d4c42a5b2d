import Standards

/// What depends on the country that a bank works in: documents, phones, currencies, names, addresses.
public struct Conventions: Sendable, Equatable {
  /// What a pipeline begins with; each part can be declared anew.
  public enum Preset: String, Sendable, CaseIterable {
    /// Mainland China.
    case cn
    /// No country: documents and phones have to be declared.
    case international
  }

  public enum AddressDivisions: String, Sendable, CaseIterable {
    /// Names of Chinese provinces, cities and districts are written in full.
    case cn
    case none
  }

  /// In declared order; at most 200.
  public var documents: [DocumentKind]
  /// The first is the country's own; empty where no source has phones.
  public var phones: [PhonePlan]
  /// Decimals of currencies where they are others than those of ISO 4217.
  public var currencies: [String: Int] = [:]
  public var nameOrder: PersonName.Order
  public var addressDivisions: AddressDivisions

  public init(_ preset: Preset) {
    switch preset {
    case .cn:
      documents = DocumentKind.chinese
      phones = [.chinese]
      nameOrder = .familyFirst
      addressDivisions = .cn
    case .international:
      documents = []
      phones = []
      nameOrder = .givenFirst
      addressDivisions = .none
    }
  }

  public static let chinese = Conventions(.cn)

  public func document(_ id: String) -> DocumentKind? { documents.first { $0.id == id } }

  /// Decimals of amounts in a currency.
  public func decimals(of currency: String) -> Int { currencies[currency] ?? Currency.decimals(of: currency) }
}
