import Basics

/// An encoding that extracts come in.
public enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  /// Also for what is labelled GBK, GB2312 or CP936: their own tables lose or change characters that GB18030 keeps.
  case gb18030 = "GB18030"

  /// Reads a label as it stands in definitions and XML declarations; nil where the encoding is not known.
  public init?(label: String) {
    switch label.uppercased() {
    case "UTF-8", "UTF8", "US-ASCII", "ASCII": self = .utf8
    case "GB18030", "GB-18030", "GBK", "GB2312", "CP936", "WINDOWS-936": self = .gb18030
    default: return nil
    }
  }
}
