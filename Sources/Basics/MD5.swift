import CCrypto

/// MD5, only to hold files against the checksums that senders state; nothing of ours relies on it.
public enum MD5 {
  /// 32 lower-case hexadecimal digits of a whole file, read in blocks of 1 MiB.
  /// - Throws: `Problem` `unreadable_file`, `md5_unavailable`.
  public static func ofFile(_ path: String) throws(Problem) -> String {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    guard let context, EVP_DigestInit_ex(context, EVP_md5(), nil) == 1 else {
      throw Problem("md5_unavailable", "this machine's libcrypto offers no MD5", advice: "Have senders state sha256")
    }
    try Files.forEachBlock(of: path) { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    var digest = [UInt8](repeating: 0, count: 16)
    EVP_DigestFinal_ex(context, &digest, nil)
    return hexadecimal(digest)
  }
}
