import Basics

/// An encoding that extracts come in.
public enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  /// Also for what is labelled GBK, GB2312 or CP936: their own tables lose or change characters that GB18030 keeps.
  case gb18030 = "GB18030"
  /// With its byte-order mark, which tells the order of bytes. No label of a document.
  case utf16 = "UTF-16"

  /// Reads a label as it stands in definitions and XML declarations; nil where the encoding is not known.
  public init?(label: String) {
    switch label.uppercased() {
    case "UTF-8", "UTF8", "US-ASCII", "ASCII": self = .utf8
    case "GB18030", "GB-18030", "GBK", "GB2312", "CP936", "WINDOWS-936": self = .gb18030
    default: return nil
    }
  }

  /// The byte-order marks with which a file may begin; one of UTF-16 must.
  var marks: [[UInt8]] {
    switch self {
    case .utf8: [[0xEF, 0xBB, 0xBF]]
    case .gb18030: [[0x84, 0x31, 0x95, 0x33]]
    case .utf16: [[0xFF, 0xFE], [0xFE, 0xFF]]
    }
  }
}
