/// Readings of characters that are other ones in family names than in words.
///
/// Source: the entries 姓 of 现代汉语词典; no package at hand lists them. Traditional forms are read as their simplified ones.
enum FamilyReadings {
  static let special: [String: String] = [
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "查": "zha", "区": "ou", "任": "ren", "华": "hua", "朴": "piao",
    "盖": "ge", "翟": "zhai", "冼": "xian", "缪": "miao", "宓": "mi", "逄": "pang", "乐": "yue", "员": "yun", "黑": "he",
    "种": "chong", "秘": "bi", "召": "shao", "折": "she", "繁": "po", "那": "na", "覃": "qin", "葛": "ge", "燕": "yan",
    "应": "ying", "洗": "xian", "尉": "yu", "沈": "shen", "石": "shi", "车": "che", "洪": "hong", "令": "ling", "佴": "nai",
    "晟": "cheng", "藏": "zang", "谌": "chen", "幺": "yao", "句": "gou", "阚": "kan", "祭": "zhai", "撒": "sa", "隗": "wei",
    "尹": "yin", "过": "guo", "能": "nai", "哈": "ha", "卜": "bu", "纪": "ji", "宁": "ning", "都": "du", "费": "fei",
    "尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "长孙": "zhangsun", "令狐": "linghu", "单于": "chanyu", "亓官": "qiguan",
    "乐正": "yuezheng", "宰父": "zaifu", "夏侯": "xiahou", "皇甫": "huangfu", "鲜于": "xianyu", "尔朱": "erzhu",
  ]
}

extension Pinyin {
  /// How a family name of one or two characters is read: 单 → shan, 尉迟 → yuchi; nil where a character is unknown.
  public static func familyReading(of family: String) -> String? {
    let simplified = SimplifiedForm.of(family)
    if let special = FamilyReadings.special[simplified] { return special }
    var reading = ""
    for character in simplified.unicodeScalars {
      guard let first = readings(of: character).first else { return nil }
      reading += first
    }
    return reading
  }

  /// A Chinese name as passports write it, family name first: 尉迟 恭 → `YUCHI GONG`; nil where a character is unknown.
  public static func latin(family: String, given: String) -> String? {
    guard let family = familyReading(of: family) else { return nil }
    var name = family
    if !given.isEmpty { name += " " }
    for character in given.unicodeScalars {
      guard let first = readings(of: character).first else { return nil }
      name += first
    }
    // ü becomes YU on passports.
    return name.replacing("v", with: "yu").uppercased()
  }
}
