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

@Suite struct ResidentIdTests {
  @Test(arguments: [
    Case("11010519491231002X", "11010519491231002X"), Case("440524188001010014", "440524188001010014"),
    Case("34052419800101001X", "34052419800101001X"),
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
  func standardises(_ row: Case) { row.check(ResidentId.standardise(row.text)) }

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
    let result = bad.withUTF8 { ResidentId.standardise(UnsafeRawBufferPointer($0), into: &output) }
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
    (DocumentType.residentId, Case("11010519491231002x", "11010519491231002X")),
    (.passport, Case("e-1234 5678", "E12345678", .valid, nil, .separatorsRemoved)),
    (.passport, Case("Ｇ12345678", "G12345678", .valid, nil, .fullWidth)),
    (.passport, Case("ABCDEFGH", "", .invalid, .wrongCharacter)), (.passport, Case("E1", "", .invalid, .wrongLength)),
    (.passport, Case("E12***678", "", .missing, nil, .masked)),
    (.hkMacauPermit, Case("h12345678", "H12345678")), (.hkMacauPermit, Case("M1234567890", "M1234567890")),
    (.hkMacauPermit, Case("12345678", "", .invalid, .wrongCharacter)),
    (.taiwanPermit, Case("12345678", "12345678")), (.taiwanPermit, Case("1234567", "", .invalid, .wrongLength)),
    (.military, Case("军字第2001988号", "军字第2001988号")), (.military, Case("军字第号", "", .invalid, .wrongCharacter)),
    (.foreignPermanentResident, Case("usa110088010100", "USA110088010100")),
    (.foreignPermanentResident, Case("US1110088010100", "", .invalid, .wrongCharacter)),
    (.foreignPermanentResident, Case("11010519491231002X", "", .invalid, .wrongPrefix)),
    (.foreignPermanentResident, Case("911124198108030024", "911124198108030024", .valid, nil, .notCitizen)),
    (.socialCreditCode, Case("91350100m000100y43", "91350100M000100Y43")),
  ])
  func standardises(type: DocumentType, row: Case) { row.check(DocumentNumber.standardise(row.text, type: type)) }

  @Test(arguments: [
    Case("91350100M000100Y43", "91350100M000100Y43"),
    Case("91350100M0001TGQXM", "91350100M0001TGQXM", .valid, nil, .checksumFailed),
    Case("91350211M0000XUF46", "91350211M0000XUF46", .valid, nil, .checksumFailed),
    Case("91350203M0001FUE2P", "91350203M0001FUE2P", .valid, nil, .checksumFailed),
    Case("91350100I000100Y43", "", .invalid, .wrongCharacter), Case("9135", "", .invalid, .wrongLength),
    Case("", "", .missing),
  ])
  func socialCreditCodes(_ row: Case) { row.check(SocialCreditCode.standardise(row.text)) }

  @Test(arguments: [("91350100M0001TGQX", "1"), ("91350211M0000XUF4", "R"), ("91350203M0001FUE2", "J")])
  func socialCreditChecks(code: String, check: String) {
    var code = code
    let found = code.withUTF8 { SocialCreditCode.checkCharacter(UnsafeRawBufferPointer($0)) }
    #expect(String(UnicodeScalar(found)) == check)
  }
}

@Suite struct MobileTests {
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
    Case("12812345678", "", .invalid, .wrongPrefix), Case("1381234567", "", .invalid, .wrongLength),
    Case("138123456789", "", .invalid, .wrongLength),
    Case("010-88886666", "", .invalid, .wrongPrefix, .separatorsRemoved),
    Case("1381234567a", "", .invalid, .wrongCharacter), Case("无", "", .invalid, .wrongCharacter),
    Case("13800000000", "13800000000", .doubtful, .placeholder, .placeholder),
    Case("13800138000", "13800138000", .doubtful, .placeholder, .placeholder),
    Case("13333333333", "13333333333", .doubtful, .placeholder, .placeholder),
    Case("11111111111", "", .invalid, .placeholder, .placeholder),
    Case("12345678901", "", .invalid, .placeholder, .placeholder), Case("13800138001", "13800138001"),
    Case("13888888888", "13888888888"),
  ])
  func standardises(_ row: Case) { row.check(Mobile.standardise(row.text)) }

  @Test func isIdempotent() {
    var random = SeededRandom(seed: 11)
    let alphabet = Array("0123456789+- （）８６１３()*a".unicodeScalars)
    for _ in 0..<3_000 {
      var text = String.UnicodeScalarView("138".unicodeScalars)
      for _ in 0..<random.next() % 14 { text.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
      let once = Mobile.standardise(String(text))
      guard once.result.hasText else { continue }
      let twice = Mobile.standardise(once.text)
      #expect(twice.text == once.text, "seed \(random.seed)")
      #expect(twice.result.status == once.result.status, "seed \(random.seed)")
    }
  }
}

@Suite struct EmailAndAddressTests {
  @Test(arguments: [
    Case(" Zhang.Wei@Example.COM ", "zhang.wei@example.com", .valid, nil, .separatorsRemoved),
    Case("ｚｗ＠example．com", "zw@example.com", .valid, nil, .fullWidth), Case("", "", .missing),
    Case("zw", "", .invalid, .wrongLength), Case("a@b@c.cn", "", .invalid, .wrongCharacter),
    Case("a@b.c", "", .invalid, .wrongLength), Case("张@b.cn", "", .invalid, .wrongCharacter),
    Case("z***@b.cn", "", .missing, nil, .masked),
  ])
  func emails(_ row: Case) { row.check(Email.standardise(row.text)) }

  @Test(arguments: [
    Case("福建省 厦门市　湖里区１２号", "福建省厦门市湖里区12号", .valid, nil, [.fullWidth, .separatorsRemoved]),
    Case("Room 5  Tower B", "Room 5 Tower B"), Case(" ", "", .missing),
  ])
  func addresses(_ row: Case) { row.check(Address.standardise(row.text)) }
}
