/// How an extract is written.
public enum ExtractFormat: Sendable, Equatable {
  /// One record a line, fields between separators.
  case delimited(DelimitedLayout)
  /// Fields of fixed widths.
  case fixed(FixedLayout)
  /// One record an element.
  case xml(ElementLayout)
  /// One JSON object a line.
  case jsonLines

  public static func delimited(separator: String, quote: UInt8?, header: Bool, columns: [String]) -> ExtractFormat {
    .delimited(DelimitedLayout(separator: separator, quote: quote, hasHeader: header, columns: columns))
  }

  public static func xml(record: String) -> ExtractFormat { .xml(ElementLayout(record: record)) }
}

public struct DelimitedLayout: Sendable, Equatable {
  /// One to eight ASCII characters: `,`, `|`, `|!|`.
  public var separator: String
  /// What fields are quoted with, or nil where quotes mean nothing.
  public var quote: UInt8?
  /// Whether the first record names the columns.
  public var hasHeader: Bool
  /// The names of the fields where there is no header; with one, the columns that are known, read or not.
  public var columns: [String]
  public var lineEnds: LineEnds = .feed
}

/// What ends a line.
public enum LineEnds: String, Sendable, CaseIterable {
  /// LF or CRLF.
  case feed = "lf"
  /// LF, CRLF or a CR alone.
  case any
  /// Nothing: records of fixed width follow each other.
  case none
}

public struct FixedLayout: Sendable, Equatable {
  public struct Column: Sendable, Equatable {
    public enum Alignment: String, Sendable, CaseIterable { case left, right }

    public var name: String
    /// In bytes of the file's own encoding.
    public var width: Int
    public var alignment: Alignment
    /// The ASCII character that fills the rest.
    public var pad: UInt8
  }

  public var columns: [Column]
  public var lineEnds: LineEnds = .feed
  /// Whether lines may lack trailing fields, whose padding was stripped: they are empty then.
  public var acceptsShortLines: Bool = false
}

public struct ElementLayout: Sendable, Equatable {
  /// Path of the element that is one record, from the root: `events/event`.
  public var record: String
  /// What prefixes in paths stand for.
  public var namespaces: [(prefix: String, uri: String)] = []
  /// Whether a document type declaration is passed over instead of refused.
  public var allowsDocumentType = false

  public init(record: String) { self.record = record }

  public static func == (a: Self, b: Self) -> Bool {
    a.record == b.record && a.allowsDocumentType == b.allowsDocumentType
      && a.namespaces.elementsEqual(b.namespaces) { $0 == $1 }
  }
}

public enum ExtractEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// Also what is labelled GBK, GB2312 or CP936.
  case gb18030
  /// By its byte-order mark.
  case utf16 = "utf-16"
}

public enum ExtractCompression: String, Sendable, CaseIterable {
  case none, gzip
}

/// The most that is taken of one extract. Whoever supplies it is not trusted.
public struct ReadLimits: Sendable, Equatable {
  /// Of the file, decompressed.
  public var fileBytes = 64 << 30
  /// Decompressed bytes a compressed byte.
  public var expansion = 200
  public var recordBytes = 1 << 20
  public var fieldBytes = 64 << 10
  /// Physical lines of a record whose quoted fields hold line ends, and its bytes.
  public var quotedLines = 20
  public var quotedBytes = 64 << 10

  public init() {}
}
