/// Which elements of an XML extract are records, what is wanted of each, and the limits on what is read.
///
/// The grammar of paths:
///
///     record    = element *( "/" element )            from the root; none of them chosen
///     field     = "." | [ steps "/" ] attribute | steps | up attribute
///     steps     = chosen *( "/" chosen )              from the record
///     up        = 1*( "../" )                         to the elements around it, not above the root
///     chosen    = element [ "[" choice "]" ]
///     choice    = number | "*" | attribute "=" "'" value "'"
///     element   = [ prefix ":" ] name
///     attribute = "@" [ prefix ":" ] name
///
/// - `.` is the record's own text; the text of an element is what stands in it directly, CDATA included, and not what
///   stands in the elements within it.
/// - An element that is not chosen may stand once in its parent, or its record is damaged (`repeated_field`); the same
///   holds for `[@type='home']`. `[2]` takes the second of its name in its parent, `[*]` all, joined with `;`.
/// - An element without a prefix is known by its local name, in whatever namespace; with a prefix also by its namespace,
///   which `namespaces` gives: which prefix the document uses is of no matter. An attribute without a prefix is one in no
///   namespace. `xml` is declared always.
public struct ElementFormat: Sendable {
  /// The path of the record element from the document's root: `branches/branch/visit`.
  public var recordPath: String
  /// What is wanted of a record, in the order in which it is given: `@user` an attribute, `visitor/name` the text of an
  /// element, `visitor/document/@no` an attribute of one, `phone[@type='home']` one of several, `.` the record's own text,
  /// `../@code` an attribute of its parent.
  public var fields: [String]
  /// The encoding; nil: as the document declares, UTF-8 if it does not.
  public var encoding: TextEncoding?
  /// What the prefixes in paths stand for.
  public var namespaces: [(prefix: String, uri: String)] = []
  /// Whether a document type declaration is passed over, without effect, instead of refused.
  public var allowsDocumentType = false

  // Beyond these limits the record is damaged:
  /// The longest record, in bytes as UTF-8.
  public var maxRecordBytes = 1 << 20
  /// The longest text of a wanted field, and the longest value of any attribute of a record, in bytes as UTF-8.
  public var maxTextBytes = 64 << 10

  // Beyond these limits the document is refused:
  /// How deeply elements may be nested; the root is 1 deep.
  public var maxDepth = 64
  /// The longest tag, in bytes as UTF-8.
  public var maxTagBytes = 256 << 10
  /// The most attributes and namespaces that a tag may have.
  public var maxAttributes = 256
  /// The longest name of an element or attribute, with the white space around it.
  public var maxNameBytes = 1 << 10
  /// The most different names of elements, attributes, prefixes and namespaces in a document.
  public var maxNames = 16 << 10
  /// The most namespaces that are declared around an element.
  public var maxNamespaces = 256
  /// The longest comment, processing instruction or document type.
  public var maxCommentBytes = 1 << 20

  public init(recordPath: String, fields: [String], encoding: TextEncoding? = nil) {
    self.recordPath = recordPath
    self.fields = fields
    self.encoding = encoding
  }
}
