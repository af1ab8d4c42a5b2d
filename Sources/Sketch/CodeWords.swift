/// What systems write for the codes that we have words for.
enum CodeWords {
  private static let words: [String: [String: String]] = [
    "gender": ["m": "male", "f": "female", "男": "male", "女": "female", "1": "male", "2": "female"],
    "party_type": [
      "p": "person", "person": "person", "个人": "person", "o": "organisation", "c": "organisation",
      "organisation": "organisation", "corporate": "organisation", "对公": "organisation", "企业": "organisation",
    ],
    "employee": [
      "y": "true", "n": "false", "1": "true", "0": "false", "true": "true", "false": "false", "是": "true", "否": "false",
    ],
    "status of party": [
      "a": "active", "active": "active", "正常": "active", "c": "closed", "closed": "closed", "销户": "closed",
      "d": "deceased",
      "deceased": "deceased", "死亡": "deceased",
    ],
    "status": ["open": "open", "closed": "closed", "正常": "open", "销户": "closed"],
    "document_type": [
      "身份证": "resident_id", "居民身份证": "resident_id", "护照": "passport", "passport": "passport",
      "resident_id": "resident_id", "军官证": "military",
    ],
  ]

  /// Our code for each of the words that have one, in their order.
  ///
  /// - Parameter valid: the column's only values; empty where it may hold any.
  static func codes(for words: [String], of column: String, isParty: Bool, valid: [String]) -> [(String, String)] {
    let table = Self.words[isParty && column == "status" ? "status of party" : column] ?? [:]
    return words.compactMap { word in
      if valid.contains(word) { return (word, word) }
      return table[word.lowercased()].map { (word, $0) }
    }
  }
}
