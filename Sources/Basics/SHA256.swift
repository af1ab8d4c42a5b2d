import CCrypto

/// SHA-256 by libcrypto, in pieces; `finish()` once.
public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      fatalError("libcrypto offers no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  public func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    EVP_DigestUpdate(context, base, bytes.count)
  }

  public func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// 64 lower-case hexadecimal digits.
  public consuming func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return hexadecimal(digest)
  }

  public static func of(_ text: String) -> String {
    let hash = SHA256()
    hash.update(text)
    return hash.finish()
  }

  /// The hash of a whole file, read in blocks of 1 MiB.
  /// - Throws: `Problem` `unreadable_file`.
  public static func ofFile(_ path: String) throws(Problem) -> (hex: String, bytes: Int) {
    let hash = SHA256()
    var total = 0
    try Files.forEachBlock(of: path) { block in
      hash.update(block)
      total += block.count
    }
    return (hash.finish(), total)
  }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text = [UInt8]()
  text.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
