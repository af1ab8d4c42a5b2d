extension Starter {
  /// The definition itself, with a comment on every key.
  static let definitionFiles: [(path: String, text: String)] = [
    (
      "README.md",
      #"""
      # my_bank

      A pipeline for guiyi: customers and accounts in, one profile a customer and a list of text messages out.

          guiyi check --pipeline .
          guiyi run --pipeline . --date 2026-11-20

      `samples/` holds one night's delivery to try it on. Put your own files in their place, say in `sources/` how they are
      written, and run `guiyi check` after every change: it lists all mistakes with file, line and the nearest valid name.

      """#
    ),
    (
      "pipeline.yaml",
      #"""
      # What goes in, and what holds for all of it.
      pipeline: my_bank                   # the pipeline's name, in snake case
      title: {zh: 我的银行, en: My bank}  # what people call it
      time_zone: Asia/Shanghai            # IANA name of the zone in which dates are meant
      currency: CNY                       # everything is added up in this currency (ISO 4217)
      rates: {USD: "7.1000"}              # what one unit of a foreign currency is worth; in quotes, since it is exact
      extracts: samples                   # where the systems deliver, relative to this folder; --extracts overrides it
      products: products.csv              # the product catalogue
      sources: [customers, accounts]      # one file each in sources/; this order is the order of records everywhere

      """#
    ),
    (
      "products.csv",
      #"""
      code,name,class,standard,risk,in_aum
      D001,活期存款,deposit,yes,R1,yes
      D002,定期存款,deposit,yes,R1,yes
      L001,消费贷款,loan,yes,R1,no

      """#
    ),
    (
      "sources/customers.yaml",
      #"""
      # Customers as the CRM has them.
      source: customers                   # the same as the file's name
      system: crm                         # which system sends it
      title: {zh: 客户, en: Customers}
      kind: party                         # party | holding | transaction | interaction | consent | assignment | relation
      file: "{date:yyyyMMdd}/customers_{date:yyyyMMdd}.csv"   # below the extracts folder
      format: delimited                   # delimited | fixed | xml | json_lines
      encoding: utf-8                     # utf-8 | gb18030 (also for what is labelled GBK or GB2312) | utf-16
      separator: ","                      # 1 to 8 ASCII characters: "|", "|!|", "\t", "\x01"
      quote: '"'                          # one character, or none
      header: true                        # the first line names the columns
      arrival: {on_missing: wait}         # wait (exit 75) | fail (exit 1) | empty (go on without it)
      reject: {fail: {per_thousand: 50, at_least_rows: 20}}   # 20 bad records or more fail the night if they are over 5 %
      constants: {party_type: person}     # columns with the same value in every row
      fields:                             # from: what the system calls it; to: the canonical column; type: how it is read
        - {from: customer_no, to: key, type: text, required: true}
        - {from: name, to: name, type: person_name, required: true}
        - {from: birth_date, to: birth_date, type: date, format: yyyy-MM-dd}
        - {from: document_type, to: document_type, type: code, codes: {"01": resident_id, "02": passport}}   # what it writes: what we call it
        - {from: document_no, to: document_number, type: document_number}
        - {from: mobile, to: mobile, type: mobile}
        - {from: branch, to: branch, type: code}
        - {from: status, to: status, type: code, codes: {A: active, C: closed, D: deceased}}
        - {from: updated_on, to: updated_on, type: date, format: yyyy-MM-dd}

      """#
    ),
    (
      "sources/accounts.yaml",
      #"""
      # Accounts with their balances at the end of the day.
      source: accounts
      system: core
      title: {zh: 账户, en: Accounts}
      kind: holding
      file: "{date:yyyyMMdd}/accounts_{date:yyyyMMdd}.csv"
      format: delimited
      encoding: utf-8
      separator: ","
      quote: '"'
      header: true
      arrival: {on_missing: wait}
      reject: {fail: {per_thousand: 50, at_least_rows: 20}}
      party: customers                    # the source whose keys stand in the column `party`
      fields:
        - {from: account_no, to: key, type: text, required: true}
        - {from: customer_no, to: party, type: text, required: true}
        - {from: product, to: product, type: code, required: true}
        - {from: currency, to: currency, type: code, required: true}
        - {from: balance, to: balance, type: money, required: true}
        - {from: matures_on, to: matures_on, type: date, format: yyyy-MM-dd}
        - {from: status, to: status, type: code, required: true}   # the column's own values: open, closed

      """#
    ),
    (
      "resolve.yaml",
      #"""
      # Who is who: which records are one customer.
      max_people_per_mobile: 3            # a mobile that stands with more different names joins nobody
      rules:                              # tried in this order
        - id: same_document
          equal: [document]               # all present and equal: document | mobile | name | birth_date
          compatible: [name]              # none of these may contradict
        - id: mobile_and_name
          equal: [mobile, name]

      """#
    ),
    (
      "merge.yaml",
      #"""
      # One profile per customer: which record's value survives.
      priority: [customers]               # sources of parties, most trusted first; breaks every tie
      attributes:                         # in the order of the profile's columns
        - {columns: [party_type], rule: source_priority}
        - {columns: [name], rule: most_recent, avoid: [stand_in, latin]}   # avoid: taken only where there is no other
        - {columns: [birth_date], rule: most_frequent}
        - {columns: [document_type, document_number], rule: source_priority, avoid: [checksum_failed]}   # stay together
        - {columns: [mobile], rule: most_recent, avoid: [placeholder]}
        - {columns: [wecom_id], rule: most_recent}
        - {columns: [branch], rule: most_recent}
        - {columns: [status], rule: most_recent}
      aum:                                # assets under management: balances of products with in_aum = yes
        holdings: [accounts]
        known_when_in: [customers]        # a customer without a record there has no known AUM, which is not zero

      """#
    ),
    (
      "tags.yaml",
      #"""
      # Measures, the AUM line and tiers, and tags. Expressions are SQL over the customer row; dates are text yyyy-MM-dd,
      # money is a whole number of minor units (fen).
      policy:
        aum_line: "50000.00"              # at the line counts as above it
        tiers:                            # in rising order; from is included
          - {id: mass, title: {zh: 大众, en: Mass}, from: "0.00"}
          - {id: affluent, title: {zh: 富裕, en: Affluent}, from: "50000.00"}
      measures:                           # each is a column of the customer row
        - id: deposits_maturing_15d
          meaning: {zh: 15天内到期的存款笔数, en: deposits that mature within 15 days}
          table: holding                  # holding | transaction | interaction | consent | assignment | relation
          aggregate: count                # count | sum | minimum | maximum | first | last | distinct
          where: {product_class: [deposit], status: [open]}   # codes that count
          date: matures_on                # the column that the window looks at
          window: [0, 15]                 # days around the business date, both ends included
      tags:                               # value: SQL; null means the customer does not carry the tag
        - id: age_band
          title: {zh: 年龄段, en: Age band}
          kind: basic                     # basic | behaviour | preference
          type: text                      # text | integer | boolean | date | money
          value: CASE WHEN age < 60 THEN 'below_60' WHEN age >= 60 THEN '60_and_above' END

      """#
    ),
    (
      "broadcast.yaml",
      #"""
      # What is said, and who is left alone. Campaigns stand in campaigns/, one file each.
      max_customers_per_mobile: 3         # a mobile that stands in more profiles gets no message
      suppressions:                       # tried in this order; the first that holds gives the reason
        - {reason: deceased, title: {zh: 已故, en: Deceased}, when: status = 'deceased'}
        - {reason: closed, title: {zh: 已销户, en: Closed}, when: status = 'closed'}
      templates:                          # {column} stands for a column of the customer row
        - id: deposit_matures_sms
          channel: sms                    # wecom | sms | phone | todo
          signature: 我的银行             # shown in front as 【我的银行】
          text: "尊敬的{name}，您有存款将在15天内到期，详询网点。"

      """#
    ),
    (
      "campaigns/deposit_matures.yaml",
      #"""
      # A deposit matures within 15 days: tell the customer by text message.
      campaign: deposit_matures           # the same as the file's name; names the lists
      title: {zh: 存款到期提醒, en: Deposit matures}
      scenario: notice                    # notice | care | marketing | advice | service
      purpose: service                    # service: must not have been refused | marketing: must have been granted
      audience: deposits_maturing_15d > 0   # SQL over the customer row and the tags
      modes: [assisted, direct]           # assisted | direct | held
      delivery: first                     # first: the first channel that is permitted | all: every one
      channels:                           # in order of preference, each with its template
        - {channel: sms, template: deposit_matures_sms}
      priority: 10                        # smaller comes first

      """#
    ),
  ]
}
