import Basics
import Columns

/// What the fields of a source's last accepted delivery looked like: its rows of `ingest/delivery_profile.arrow`.
struct DeliveryProfile: Equatable {
  struct Field: Equatable {
    /// The source's name of it.
    var name: String
    /// Accepted records without a value.
    var empty: Int
    /// The different codes, sorted; nil for fields without codes.
    var codes: [String]?
    /// In minor units, quarantined records included; nil for other fields than money, and where it cannot be counted.
    var sum: Int64?
  }

  var source: String
  /// Accepted records.
  var rows: Int
  var fields: [Field]

  init(source: String, rows: Int, fields: [Field]) {
    self.source = source
    self.rows = rows
    self.fields = fields
  }

  init(_ result: SourceResult) {
    source = result.source
    rows = result.accepted
    fields = result.profile.map { field in
      Field(
        name: field.field, empty: field.empty, codes: field.codes,
        sum: result.sums.first { $0.field == field.field }?.readable)
    }
  }
}

enum DeliveryProfileTable {
  static let fileName = "delivery_profile.arrow"

  static let schema = TableSchema(
    "delivery_profile",
    [
      ColumnSpec("source", .code), ColumnSpec("field", .utf8), ColumnSpec("rows", .int64), ColumnSpec("empty", .int64),
      ColumnSpec("codes", .utf8), ColumnSpec("sum", .money, metadata: ["unit": "minor"]),
    ])

  static func write(_ profiles: [DeliveryProfile], to folder: String) throws(Problem) -> Int {
    let writer = try TableWriter("\(folder)/\(fileName)", schema: schema)
    let columns = schema.columns.indices.map(writer.column(at:))
    for profile in profiles {
      for field in profile.fields {
        columns[0].append(profile.source)
        columns[1].append(field.name)
        columns[2].append(Int64(profile.rows))
        columns[3].append(Int64(field.empty))
        columns[4].append(field.codes.map(CodeList.text))
        if let sum = field.sum { columns[5].append(sum) } else { columns[5].appendNull() }
        try writer.endRow()
      }
    }
    return try writer.finish()
  }

  /// In the order of the table; none where the run has no such table.
  static func read(in folder: String) throws(Problem) -> [DeliveryProfile] {
    guard let table = try Table.written(schema, "\(folder)/\(fileName)") else { return [] }
    var columns: [Column] = []
    for spec in schema.columns { columns.append(try table.column(spec.name)) }
    var profiles: [DeliveryProfile] = []
    for row in 0..<table.rowCount {
      let source = columns[0].text(row)
      if profiles.last?.source != source {
        profiles.append(DeliveryProfile(source: source, rows: Int(columns[2].integer(row)), fields: []))
      }
      profiles[profiles.count - 1].fields.append(
        DeliveryProfile.Field(
          name: columns[1].text(row), empty: Int(columns[3].integer(row)),
          codes: columns[4].string(row).map(CodeList.codes), sum: columns[5].isNull(row) ? nil : columns[5].integer(row)
        ))
    }
    return profiles
  }
}

/// Several codes as one text: `A|B`; a bar or backslash of a code has a backslash in front.
enum CodeList {
  static func text(_ codes: [String]) -> String {
    codes.map { code in
      String(code.unicodeScalars.flatMap { $0 == "|" || $0 == "\\" ? ["\\", $0] : [$0] }.map(Character.init))
    }.joined(separator: "|")
  }

  static func codes(_ text: String) -> [String] {
    if text.isEmpty { return [] }
    var codes: [String] = []
    var code = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped || (scalar != "|" && scalar != "\\") {
        code.append(scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        codes.append(String(code))
        code = String.UnicodeScalarView()
      }
    }
    return codes + [String(code)]
  }
}
