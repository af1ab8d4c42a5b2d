/// Why a record is in quarantine; the raw value stands in the column `code`.
public enum QuarantineCode: String, Sendable, CaseIterable {
  // The record breaks the contract of a field.
  case missingRequired = "missing_required"
  case unknownCode = "unknown_code"
  case badDate = "bad_date"
  case badTimestamp = "bad_timestamp"
  case badAmount = "bad_amount"
  case badInteger = "bad_integer"
  case outOfRange = "out_of_range"
  case patternMismatch = "pattern_mismatch"
  case duplicateKey = "duplicate_key"
  // The record is no sound record of its format.
  case tooFewFields = "too_few_fields"
  case tooManyFields = "too_many_fields"
  case repeatedField = "repeated_field"
  case strayQuote = "stray_quote"
  case unclosedQuote = "unclosed_quote"
  case wrongLength = "wrong_length"
  case cutCharacter = "cut_character"
  case badJSON = "bad_json"
  case notAScalar = "not_a_scalar"
  case undefinedEntity = "undefined_entity"
  case strayAmpersand = "stray_ampersand"
  case forbiddenCharacter = "forbidden_character"
  // Its bytes are no text.
  case invalidUTF8 = "invalid_utf8"
  case invalidGB18030 = "invalid_gb18030"
  case invalidUTF16 = "invalid_utf16"
  case nulByte = "nul_byte"
  // It is larger than what is taken.
  case recordTooLong = "record_too_long"
  case fieldTooLong = "field_too_long"

  /// What would mend such a record, as an instruction without its full stop.
  public var fix: String {
    switch self {
    case .missingRequired: "Fill the field in at its source, or make it optional if records may lack it"
    case .unknownCode: "Add the word to the field's `codes`, or give `other`, if the source writes it on purpose"
    case .badDate, .badTimestamp: "Correct the field's `format`, or add the word to `null` if it stands for no date"
    case .badAmount: "Correct the amount, or the field's `format` if all amounts are written so"
    case .badInteger: "Correct the number, or add the word to `null` if it stands for none"
    case .outOfRange: "Correct the value, or `minimum` and `maximum` if such values are right"
    case .patternMismatch: "Correct the value, or the field's `pattern` if such values are right"
    case .duplicateKey:
      "Find out which of the two is right; give `unique` if it takes more fields to tell records apart"
    case .tooFewFields: "Look whether the line was cut, or a line end stands unquoted in a field"
    case .tooManyFields: "Look whether the separator stands unquoted in a field"
    case .repeatedField: "Take one of them by `[1]`, or all by `[*]`, in the field's `from`"
    case .strayQuote: "Double quotes inside of quoted fields; write `quote: none` if the source quotes nothing"
    case .unclosedQuote: "Close the quote; raise `limits` if fields really hold that many lines"
    case .wrongLength: "Compare the line's bytes with the widths; `short_lines: accept` where padding is stripped"
    case .cutCharacter: "Check the widths: they count bytes of the file's own encoding"
    case .badJSON: "Deliver one JSON object a line (RFC 8259)"
    case .notAScalar: "Name a value inside of the object in the field's `from`"
    case .undefinedEntity: "Write the character itself, or one of the five entities of XML"
    case .strayAmpersand: "Write &amp; for an ampersand"
    case .forbiddenCharacter: "Remove control characters, which XML cannot hold"
    case .invalidUTF8, .invalidGB18030, .invalidUTF16:
      "Look whether the source's `encoding` is what the file is written in"
    case .nulByte: "Remove the NUL; a field was not filled at its source"
    case .recordTooLong, .fieldTooLong: "Look whether line ends are missing; raise `limits` if such records are right"
    }
  }
}
