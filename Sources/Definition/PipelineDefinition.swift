import Basics

/// The five stages, in the order in which they run.
public enum StageName: String, CaseIterable, Sendable, Comparable, Hashable {
  case ingest, resolve, merge, tag, broadcast

  public static func < (a: StageName, b: StageName) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// Everything that a pipeline folder says, checked: names resolve, types fit, nothing is unknown.
public struct PipelineDefinition: Sendable {
  /// Absolute path of the pipeline's folder.
  public var folder: String
  /// In snake case: `retail_nightly`.
  public var name: String
  public var title: BilingualText
  /// IANA name; what a calendar date means to this bank.
  public var timeZone: String
  /// ISO 4217 code of every amount that is added up.
  public var currency: String
  /// What one unit of a foreign currency is worth in `currency`.
  public var rates: [CurrencyRate]
  public var conventions = Conventions.chinese
  /// Absolute path of the folder that `FilePattern`s are relative to, unless the command line names another.
  public var extracts: String
  /// In declared order, which is the order of records everywhere.
  public var sources: [SourceDefinition]
  public var products: [Product]
  public var resolve: ResolveDefinition
  public var merge: MergeDefinition
  public var tag: TagDefinition
  public var broadcast: BroadcastDefinition
  /// Every file that was read, in byte order of their paths.
  public var files: [DefinitionFile]
  /// What is doubtful but does not stop a run, such as a file that nothing uses.
  public var warnings: [Problem]

  /// Decimals of amounts in the pipeline's currency.
  public var decimals: Int { conventions.decimals(of: currency) }

  public func source(_ id: String) -> SourceDefinition? { sources.first { $0.id == id } }
}

/// A text for readers of Chinese and of English.
public struct BilingualText: Sendable, Equatable {
  public var zh: String
  public var en: String

  public init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }
}

/// One file of a definition and the stages whose result depends on it.
public struct DefinitionFile: Sendable, Equatable {
  /// Relative to the pipeline's folder.
  public var path: String
  public var sha256: String
  public var stages: Set<StageName>
}

/// An exact decimal rate: `units` / 10^`decimals` of the pipeline's currency for one unit of `currency`.
public struct CurrencyRate: Sendable, Equatable {
  public var currency: String
  public var units: Int64
  public var decimals: Int
}

/// A row of the product catalogue; products are classified by code, never by name.
public struct Product: Sendable, Equatable {
  public var code: String
  public var name: String
  public var productClass: String
  /// Standardised 标准化 rather than complex 复杂.
  public var isStandard: Bool
  /// `R1` to `R5`, or empty where the product has no rating.
  public var risk: String
  public var countsInAUM: Bool
}

/// An expression in SQL over the columns of the customer row, with the place that it was read from.
public struct SQLExpression: Sendable, Equatable {
  public var text: String
  public var place: Place

  public init(_ text: String, at place: Place) {
    self.text = text
    self.place = place
  }
}
