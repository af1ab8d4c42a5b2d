import Testing

@testable import Standards

@Suite struct EmailTests {
  @Test(arguments: [
    Case(" Zhang.Wei@Example.COM ", "zhang.wei@example.com", .valid, nil, .separatorsRemoved),
    Case("ｚｗ＠example．com", "zw@example.com", .valid, nil, .fullWidth), Case("", "", .missing),
    Case("zw", "", .invalid, .wrongLength), Case("a@b@c.cn", "", .invalid, .wrongCharacter),
    Case("a@b.c", "", .invalid, .wrongLength), Case("张@b.cn", "", .invalid, .wrongCharacter),
    Case("@b.cn", "", .invalid, .wrongLength),
    Case("z***@b.cn", "", .missing, nil, .masked),
  ])
  func standardises(_ row: Case) { row.check(Email.standardise(row.text)) }
}

@Suite struct LineTextTests {
  @Test(arguments: [
    Case("深圳 测试　有限公司（总部）", "深圳测试有限公司(总部)", .valid, nil, [.fullWidth, .separatorsRemoved]),
    Case("Room 5  Tower B", "Room 5 Tower B"), Case("Ünal  Ödön", "Ünal Ödön"), Case(" ", "", .missing),
    Case("A\u{200B}B", "A B"),
  ])
  func standardises(_ row: Case) { row.check(LineText.standardise(row.text)) }
}

@Suite struct AddressTests {
  @Test(arguments: [
    Case("福建省 厦门市　湖里区１２号", "福建省厦门市湖里区12号", .valid, nil, [.fullWidth, .separatorsRemoved]),
    Case("深圳南山区科技园1号", "广东省深圳市南山区科技园1号", .valid, nil, .divisionsCompleted),
    Case("广西南宁市青秀区民族大道", "广西壮族自治区南宁市青秀区民族大道", .valid, nil, .divisionsCompleted),
    Case("北京市朝阳区建国路", "北京市朝阳区建国路"), Case("北京朝阳区建国路", "北京市朝阳区建国路", .valid, nil, .divisionsCompleted),
    Case("北京市北京市朝阳区建国路", "北京市朝阳区建国路", .valid, nil, .divisionsCompleted),
    Case("Room 5  Tower B", "Room 5 Tower B"), Case("南京路12号", "南京路12号"), Case(" ", "", .missing),
  ])
  func standardises(_ row: Case) { row.check(Address.standardise(row.text)) }

  @Test(arguments: [
    ("广东省深圳市南山区科技园", 440_000, 440_300, 440_305, "科技园"), ("广东深圳南山科技园", 440_000, 440_300, 440_305, "科技园"),
    ("广东省南山区科技园", 440_000, 440_300, 440_305, "科技园"), ("内蒙古呼和浩特市赛罕区", 150_000, 150_100, 150_105, ""),
    ("新疆乌鲁木齐市天山区", 650_000, 650_100, 650_102, ""), ("重庆市渝中区解放碑", 500_000, 0, 500_103, "解放碑"),
    ("上海浦东新区世纪大道", 310_000, 0, 310_115, "世纪大道"), ("吉林省吉林市昌邑区", 220_000, 220_200, 220_202, ""),
    ("吉林市昌邑区", 220_000, 220_200, 220_202, ""), ("海南省三亚市", 460_000, 460_200, 0, ""),
    ("湖北省仙桃市大新路", 420_000, 0, 429_004, "大新路"), ("东莞市长安镇", 440_000, 441_900, 0, "长安镇"),
    ("香港特别行政区", 810_000, 0, 0, ""), ("延边延吉市", 220_000, 222_400, 222_401, ""), ("呼和浩特", 150_000, 150_100, 0, ""),
    ("朝阳区建国路", 0, 0, 0, "朝阳区建国路"), ("深圳湾路", 440_000, 440_300, 0, "湾路"), ("中山路12号", 0, 0, 0, "中山路12号"),
    ("北京东路3号", 0, 0, 0, "北京东路3号"), ("广州市中山大道", 440_000, 440_100, 0, "中山大道"), ("Main St 1", 0, 0, 0, "Main St 1"),
    ("", 0, 0, 0, ""),
  ])
  func findsDivisions(address: String, province: Int, city: Int, district: Int, rest: String) {
    var text = address
    text.withUTF8 { utf8 in
      let found = Address.divisions(of: UnsafeRawBufferPointer(utf8))
      #expect([found.province, found.city, found.district] == [province, city, district])
      #expect(String(decoding: utf8[found.restOffset...], as: UTF8.self) == rest)
    }
  }

  @Test(arguments: [(440_305, "南山区"), (110_000, "北京市"), (450_000, "广西壮族自治区"), (999_999, nil), (0, nil)])
  func namesDivisions(code: Int, name: String?) { #expect(Divisions.name(of: code) == name) }

  /// Every division is found by its full path.
  @Test func findsEveryDivision() {
    let index = Divisions.index
    for (place, code) in index.entries.map(\.code).enumerated() {
      var path = Array(index.name(place))
      let above = code % 100 == 0 ? [code / 10_000 * 10_000] : [code / 100 * 100, code / 10_000 * 10_000]
      for other in above where other != code {
        if let name = index.place(of: other).map({ Array(index.name($0)) }) { path = name + path }
      }
      path += Array("x".utf8)
      let found = path.withUnsafeBytes { Address.divisions(of: $0) }
      #expect(found.restOffset == path.count - 1, "\(code)")
      #expect([found.province, found.city, found.district].contains(code), "\(code)")
    }
  }
}
