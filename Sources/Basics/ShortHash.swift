import CCrypto

/// SHA-256 of many short texts, with one context for all of them.
///
/// A new context for each text costs more than hashing it. One thread at a time.
public final class ShortHash: @unchecked Sendable {
  private let context: OpaquePointer
  private let digest: UnsafeMutablePointer<UInt8>

  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      fatalError("libcrypto offers no SHA-256")
    }
    self.context = context
    digest = .allocate(capacity: 32)
    digest.initialize(repeating: 0, count: 32)
  }

  deinit {
    EVP_MD_CTX_free(context)
    digest.deallocate()
  }

  /// Appends the first `count` (at most 64) lower-case hexadecimal digits of the hash of `bytes`.
  public func append(hashOf bytes: UnsafeRawBufferPointer, digits count: Int, to output: inout [UInt8]) {
    precondition(count <= 64, "a SHA-256 has 64 digits")
    // Without a digest type the context keeps its own and starts anew.
    EVP_DigestInit_ex(context, nil, nil)
    if let base = bytes.baseAddress { EVP_DigestUpdate(context, base, bytes.count) }
    EVP_DigestFinal_ex(context, digest, nil)
    for index in 0..<count {
      let nibble = digest[index >> 1] >> (index & 1 == 0 ? 4 : 0) & 15
      output.append(nibble < 10 ? 48 + nibble : 87 + nibble)
    }
  }
}
