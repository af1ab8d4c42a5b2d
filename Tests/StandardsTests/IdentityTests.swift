import Testing

@testable import Standards

/// What a standardiser should give for one text.
struct Case: Sendable, CustomTestStringConvertible {
  var text: String
  var expected: String
  var status: Standardised.Status
  var fault: Standardised.Fault?
  var notes: StandardNotes

  init(
    _ text: String, _ expected: String = "", _ status: Standardised.Status = .valid,
    _ fault: Standardised.Fault? = nil, _ notes: StandardNotes = []
  ) {
    self.text = text
    self.expected = expected
    self.status = status
    self.fault = fault
    self.notes = notes
  }

  var testDescription: String { text }

  func check(_ found: (text: String, result: Standardised)) {
    #expect(found.text == expected)
    #expect(found.result == Standardised(status, fault, notes: notes), "notes \(found.result.notes)")
  }
}

func chineseDocument(_ id: String) -> DocumentKind {
  DocumentKind.chinese.first { $0.id == id } ?? DocumentKind(id)
}

@Suite struct ResidentIdTests {
  @Test(arguments: [
    Case("11010519491231002X", "11010519491231002X"), Case("440524188001010014", "440524188001010014"),
    Case("34052419800101001X", "34052419800101001X"),
    Case("(11010519491231002X)", "11010519491231002X", .valid, nil, .separatorsRemoved),
    Case("11010519491231002x", "11010519491231002X"),
    Case("110105491231002", "11010519491231002X", .valid, nil, .upgradedFrom15),
    Case("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", .valid, nil, .fullWidth),
    Case(" 110105 19491231 002X ", "11010519491231002X", .valid, nil, .separatorsRemoved),
    Case("110105194912310020", "110105194912310020", .doubtful, .wrongChecksum, .checksumFailed),
    Case("110105194902300021", "110105194902300021", .doubtful, .impossibleDate),
    Case("110105490230002", "110105194902300020", .doubtful, .impossibleDate, .upgradedFrom15),
    Case("11010519491231002", "", .invalid, .wrongLength), Case("1101051949123100X2", "", .invalid, .wrongCharacter),
    Case("11010519491231002A", "", .invalid, .wrongCharacter),
    Case("110105194912310/2X", "", .invalid, .wrongCharacter),
    Case("", "", .missing), Case("  ", "", .missing, nil, .separatorsRemoved),
    Case("1101**********002X", "", .missing, nil, .masked),
    Case("810000199408230021", "810000199408230021", .valid, nil, .notCitizen),
  ])
  func standardises(_ row: Case) {
    row.check(DocumentNumber.standardise(row.text, kind: chineseDocument("resident_id")))
  }

  @Test func readsItsParts() {
    var id = "11010519491231002X"
    id.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      #expect(ResidentId.birthDate(of: bytes)?.description == "1949-12-31")
      #expect(ResidentId.sex(of: bytes) == .female)
      #expect(ResidentId.region(of: bytes) == 110_105)
    }
  }

  @Test func appendsBehindWhatIsThere() {
    var output = Array("before".utf8)
    var bad = "x"
    let result = bad.withUTF8 {
      DocumentNumber.standardise(
        UnsafeRawBufferPointer($0), kind: chineseDocument("resident_id"), into: &output)
    }
    #expect(result.status == .invalid)
    #expect(String(decoding: output, as: UTF8.self) == "before")
  }

  /// MOD 11-2 finds every single wrong digit and every swap of neighbours; weights as the standard prints them.
  @Test func checksumFindsSlips() {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let symbols = Array("10X98765432".utf8)
    var random = SeededRandom(seed: 18)
    for _ in 0..<500 {
      let id = (0..<17).map { _ in UInt8(48 + random.next() % 10) }
      let sum = zip(id, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
      let check = id.withUnsafeBytes { ResidentId.checkCharacter($0) }
      #expect(check == symbols[sum % 11], "seed \(random.seed)")
      var slip = id
      let place = Int(random.next() % 17)
      slip[place] = 48 + (slip[place] - 48 + 1 + UInt8(random.next() % 9)) % 10
      #expect(slip.withUnsafeBytes { ResidentId.checkCharacter($0) } != check, "seed \(random.seed)")
    }
  }
}

@Suite struct DocumentNumberTests {
  @Test(arguments: [
    ("resident_id", Case("11010519491231002x", "11010519491231002X")),
    ("passport", Case("e-1234 5678", "E12345678", .valid, nil, .separatorsRemoved)),
    ("passport", Case("Ｇ12345678", "G12345678", .valid, nil, .fullWidth)), ("passport", Case("EA1234567", "EA1234567")),
    ("passport", Case("123456789", "123456789")), ("passport", Case("NWBC3D5R2", "NWBC3D5R2")),
    ("passport", Case("ABCDEFGH", "", .invalid, .wrongShape)), ("passport", Case("E1", "", .invalid, .wrongShape)),
    ("passport", Case("E12***678", "", .missing, nil, .masked)),
    ("hk_macau_permit", Case("h12345678", "H12345678")), ("hk_macau_permit", Case("M1234567890", "M1234567890")),
    ("hk_macau_permit", Case("H 12345678(01)", "H1234567801", .valid, nil, .separatorsRemoved)),
    ("hk_macau_permit", Case("12345678", "", .invalid, .wrongShape)),
    ("hk_macau_permit", Case("C12345678", "", .invalid, .wrongShape)),
    ("taiwan_permit", Case("12345678", "12345678")), ("taiwan_permit", Case("1234567801", "1234567801")),
    ("taiwan_permit", Case("12345678(B)", "12345678B", .valid, nil, .separatorsRemoved)),
    ("taiwan_permit", Case("1234567", "", .invalid, .wrongShape)),
    ("hmt_residence_permit", Case("810000199408230021", "810000199408230021", .valid, nil, .notCitizen)),
    (
      "hmt_residence_permit",
      Case("830000199408230022", "830000199408230022", .doubtful, .wrongChecksum, [.notCitizen, .checksumFailed])
    ),
    ("hmt_residence_permit", Case("11010519491231002X", "", .invalid, .wrongShape)),
    ("military", Case("军字第2001988号", "军字第2001988号")),
    ("military", Case("南字第 0012345 号", "南字第0012345号", .valid, nil, .separatorsRemoved)),
    ("military", Case("军字第号", "", .invalid, .wrongShape)), ("military", Case("2001988", "2001988")),
    ("foreign_permanent_resident", Case("usa110088010100", "USA110088010100")),
    ("foreign_permanent_resident", Case("US1110088010100", "", .invalid, .wrongShape)),
    ("foreign_permanent_resident", Case("11010519491231002X", "", .invalid, .wrongShape)),
    ("foreign_permanent_resident", Case("911124198108030024", "911124198108030024", .valid, nil, .notCitizen)),
    ("social_credit_code", Case("91350100m000100y43", "91350100M000100Y43")),
  ])
  func standardises(id: String, row: Case) {
    row.check(DocumentNumber.standardise(row.text, kind: chineseDocument(id)))
  }

  @Test(arguments: [
    (DocumentKind.ChecksumFailure.note, Case("2364", "2364", .valid, nil, .checksumFailed)),
    (.doubt, Case("2364", "2364", .doubtful, .wrongChecksum, .checksumFailed)),
    (.reject, Case("2364", "", .invalid, .wrongChecksum, .checksumFailed)), (.reject, Case("2363", "2363")),
  ])
  func followsThePolicy(policy: DocumentKind.ChecksumFailure, row: Case) throws {
    let kind = DocumentKind(
      "card", pattern: try TextPattern("\\d{3,4}"), checksum: .verhoeff, onChecksumFailure: policy)
    row.check(DocumentNumber.standardise(row.text, kind: kind))
  }

  @Test(arguments: [
    Case("91350100M000100Y43", "91350100M000100Y43"),
    Case("91350100M0001TGQXM", "91350100M0001TGQXM", .valid, nil, .checksumFailed),
    Case("91350211M0000XUF46", "91350211M0000XUF46", .valid, nil, .checksumFailed),
    Case("91350203M0001FUE2P", "91350203M0001FUE2P", .valid, nil, .checksumFailed),
    Case("91350100I000100Y43", "", .invalid, .wrongCharacter), Case("9135", "", .invalid, .wrongLength),
    Case("", "", .missing),
  ])
  func socialCreditCodes(_ row: Case) {
    row.check(DocumentNumber.standardise(row.text, kind: chineseDocument("social_credit_code")))
  }

  @Test(arguments: [("91350100M0001TGQX", "1"), ("91350211M0000XUF4", "R"), ("91350203M0001FUE2", "J")])
  func socialCreditChecks(code: String, check: String) {
    var code = code
    let found = code.withUTF8 { SocialCreditCode.checkCharacter(UnsafeRawBufferPointer($0)) }
    #expect(String(UnicodeScalar(found)) == check)
  }
}

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    Case("13812345678", "13812345678"),
    Case("+86 138 1234 5678", "13812345678", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("0086-13812345678", "13812345678", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("8613812345678", "13812345678", .valid, nil, .countryPrefix),
    Case("013812345678", "13812345678", .valid, nil, .countryPrefix),
    Case("(+86)13812345678", "13812345678", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("１３８１２３４５６７８", "13812345678", .valid, nil, .fullWidth),
    Case("（８６）138–1234–5678", "13812345678", .valid, nil, [.fullWidth, .countryPrefix, .separatorsRemoved]),
    Case("138****5678", "", .missing, nil, .masked), Case("", "", .missing), Case("-", "", .missing),
    Case("12812345678", "", .invalid, .wrongShape), Case("1381234567", "", .invalid, .wrongShape),
    Case("138123456789", "", .invalid, .wrongShape),
    Case("010-88886666", "", .invalid, .wrongShape, .separatorsRemoved),
    Case("13812345678转801", "13812345678", .valid, nil, .extensionRemoved),
    Case("138-1234-5678 ext. 8", "13812345678", .valid, nil, [.separatorsRemoved, .extensionRemoved]),
    Case("13812345678/010-88886666", "13812345678", .valid, nil, .extensionRemoved),
    Case("13812345678、13912345678", "13812345678", .valid, nil, .extensionRemoved),
    Case("+86 013812345678", "13812345678", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("+852 91234567", "", .invalid, .wrongShape, .separatorsRemoved),
    Case("1381234567a", "", .invalid, .wrongCharacter), Case("无", "", .invalid, .wrongCharacter),
    Case("13800000000", "13800000000", .doubtful, .placeholder, .placeholder),
    Case("13800138000", "13800138000", .doubtful, .placeholder, .placeholder),
    Case("13333333333", "13333333333", .doubtful, .placeholder, .placeholder),
    Case("11111111111", "", .invalid, .placeholder, .placeholder),
    Case("12345678901", "", .invalid, .placeholder, .placeholder), Case("13800138001", "13800138001"),
    Case("13888888888", "13888888888"),
  ])
  func standardises(_ row: Case) { row.check(PhoneNumber.standardise(row.text, plans: [.chinese])) }

  static let island: [PhonePlan] = {
    let plan = { (code: String, pattern: String, trunk: String) in
      PhonePlan(
        countryCode: code, national: try! TextPattern(pattern), trunkPrefix: trunk,
        internationalPrefixes: ["00", "011"],
        placeholders: code == "990" ? ["7123456"] : [])
    }
    return [plan("990", "7\\d{6}", "8"), plan("44", "7\\d{9}|1624\\d{6}", "0"), plan("1", "[2-9]\\d{9}", "1")]
  }()

  @Test(arguments: [
    Case("7555012", "7555012"), Case("8 755 5012", "7555012", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("+990 755-5012", "7555012", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("00990.755.5012", "7555012", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("0119907555012", "7555012", .valid, nil, .countryPrefix),
    Case("+990 (8) 7555012", "7555012", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("+44 (0)7700 900123", "+447700900123", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("011 1 212 555 0100", "+12125550100", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("+44 1624 555012", "+441624555012", .valid, nil, [.countryPrefix, .separatorsRemoved]),
    Case("7123456", "7123456", .doubtful, .placeholder, .placeholder),
    Case("7770000", "7770000", .doubtful, .placeholder, .placeholder),
    Case("13812345678", "", .invalid, .wrongShape), Case("5555012", "", .invalid, .wrongShape),
  ])
  func followsOtherPlans(_ row: Case) { row.check(PhoneNumber.standardise(row.text, plans: Self.island)) }

  @Test func isIdempotent() {
    var random = SeededRandom(seed: 11)
    let alphabet = Array("0123456789+- （）８６１３()*a".unicodeScalars)
    for _ in 0..<3_000 {
      var text = String.UnicodeScalarView("138".unicodeScalars)
      for _ in 0..<random.next() % 14 { text.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
      let once = PhoneNumber.standardise(String(text), plans: [.chinese])
      guard once.result.hasText else { continue }
      let twice = PhoneNumber.standardise(once.text, plans: [.chinese])
      #expect(twice.text == once.text, "seed \(random.seed)")
      #expect(twice.result.status == once.result.status, "seed \(random.seed)")
    }
  }
}
