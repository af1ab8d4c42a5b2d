/// The tiny pipeline with sources that use every key; together with it, every format.
enum RichPipeline {
  static let files = TinyPipeline.files.merging(sources) { $1 }

  private static let sources: [String: String] = [
    "sources/people.yaml": #"""
    source: people
    system: crm
    title: {zh: 人, en: People}
    kind: party
    file: "{date:yyyyMMdd}/people.csv"
    format: delimited
    encoding: utf-16
    separator: "\x01+"
    line_ends: any
    columns: [no, given, family, sex, born, seen]
    limits: {quoted_lines: 3, quoted_bytes: 2048}
    columns_changed: {added: keep, missing: warn, reordered: refuse}
    unique: [no, given + family]
    fields:
      - {from: no, to: key, type: text, required: true, pattern: "[A-Z]\\d{3}"}
      - {from: [given, family], to: name, type: person_name}
      - {from: sex, to: gender, type: code, codes: {M: male, F: female}, invalid: empty}
      - {from: born, to: birth_date, type: date, format: yyyyMMdd, minimum: 1900-01-01, maximum: business_date}
      - {from: seen, to: updated_on, type: date, format: yyyyMMddHHmmss, minimum: business_date-90}
    """#,
    "sources/accounts.yaml": """
    source: accounts
    system: core
    title: {zh: 账户, en: Accounts}
    kind: holding
    file: "{date:yyyyMMdd}/accounts.txt.gz"
    format: fixed
    compression: gzip
    encoding: gb18030
    line_ends: any
    short_lines: accept
    columns:
      - {name: no, width: 10}
      - {name: owner, width: 8}
      - {name: product, width: 4}
      - {name: currency, width: 3}
      - {name: balance, width: 15, align: right, pad: "0"}
      - {name: matures, width: 8}
    limits: {file_bytes: 1000000000, expansion: 50, record_bytes: 4096, field_bytes: 1024}
    load: {increment: {keep_days: 400, by: matures_on}}
    arrival:
      flag: "{date:yyyyMMdd}/accounts.ok"
      control:
        file: "{date:yyyyMMdd}/core.ctl"
        separator: "|+|"
        columns: [file, date yyyyMMdd, rows, bytes, sum, sum balance, sha256, md5, ignored, ignored]
        header_lines: 1
      header: HDR
      trailer: {mark: TRL, columns: [mark, rows, sum balance]}
      sum_of: balance
      deadline: D+1 06:30
      on_missing: carry
      repeated: warn
      empty: refuse
    reject: {warn: {rows: 5}, fail: {per_thousand: 20, at_least_rows: 3}}
    change:
      rows: {fall_percent: 20, grow_percent: 50}
      sum: {fall_percent: 30}
      empty_points: 5
      codes: warn
      exceeded: warn
      at_least_rows: 1000
    party: people
    fields:
      - {from: no, to: key, type: text, required: true}
      - {from: owner, to: party, type: text, required: true}
      - {from: product, to: product, type: code}
      - {from: currency, to: currency, type: code}
      - {from: balance, to: balance, type: money, format: minor, minimum: "-0.50", maximum: "9999999.99"}
      - {from: matures, to: matures_on, type: date, format: yyyyMMdd, null: ["00000000"]}
    """,
    "sources/visits.yaml": """
    source: visits
    system: branch
    title: {zh: 到访, en: Visits}
    kind: interaction
    file: "{date:yyyyMMdd}/visits.json"
    format: json_lines
    load:
      delta: {mark: meta/op, insert: [I, N], update: [U], delete: [D], keep_days: 90, by: happened_at}
    arrival: {control: "{date:yyyyMMdd}/visits.ctl", on_missing: empty}
    party: people
    constants: {channel: branch}
    fields:
      - {from: id, to: key, type: text, required: true}
      - {from: visitor/no, to: party, type: text, required: true}
      - {from: kind, to: type, type: code, codes: {A: enquiry, B: visit}, other: visit}
      - {from: topic, to: topic, type: code, codes: {L: loan}}
      - {from: [day, time], to: happened_at, type: timestamp, format: "yyyy-MM-dd HH:mm:ss", minimum: 2020-01-01, maximum: 2030-12-31}
    """,
  ]
}
