extension Mistake {
  static let inStages = [
    Mistake(
      "resolve.yaml", "equal: [mobile, name]", "equal: [mobile]",
      "resolve.yaml:4:34: error [weak_rule]: this rule would join different people; found mobile, expected "
        + "document, or mobile together with name or birth_date."),
    Mistake(
      "resolve.yaml", "id: mobile_and_name", "id: same_document",
      "resolve.yaml:4:10: error [duplicate_id]: the rule \"same_document\" stands twice."),
    Mistake(
      "merge.yaml", "priority: [people]", "priority: []",
      "merge.yaml:1:11: error [missing_source]: priority lacks the source people, so that ties with it "
        + "cannot be broken."),
    Mistake(
      "merge.yaml", "holdings: [accounts]", "holdings: [people]",
      "merge.yaml:8:18: error [wrong_kind]: the source people is of the wrong kind; found party, expected "
        + "holding."),
    Mistake(
      "merge.yaml", "columns: [name]", "columns: [name, notes]",
      "merge.yaml:3:22: error [unknown_column]: a party has no such column to merge; found \"notes\", "
        + "expected party_type, name, gender, birth_date, document_type, document_number, mobile, email, "
        + "address, occupation, branch, wecom_id, risk_level, risk_assessed_on, customer_since, employee, "
        + "status, updated_on."),
    Mistake(
      "merge.yaml", "  - {columns: [branch], rule: most_frequent}\n", "",
      "merge.yaml:3:3: error [missing_attribute]: no attribute merges the column branch, which later stages "
        + "look at."),
    Mistake(
      "merge.yaml", "rule: minimum", "rule: longest",
      "merge.yaml:4:35: error [wrong_type]: the rule longest does not fit the column birth_date; found date, "
        + "expected text or code."),
    Mistake(
      "merge.yaml", "rule: most_frequent", "rule: most_frequent, avoid: [latin]",
      "merge.yaml:7:53: error [wrong_type]: latin can be said of none of these columns; found branch, "
        + "expected name."),
    Mistake(
      "merge.yaml", "columns: [mobile]", "columns: [mobile, name]",
      "merge.yaml:5:5: error [filled_twice]: the column name is merged twice."),
    Mistake(
      "tags.yaml", "from: \"0.00\"", "from: \"1.00\"",
      "tags.yaml:4:7: error [tiers_not_rising]: the first tier leaves a gap below it; found \"1.00\", "
        + "expected \"0.00\"."),
    Mistake(
      "tags.yaml", "from: \"50000.00\"", "from: \"0.00\"",
      "tags.yaml:5:7: error [tiers_not_rising]: the tier rich does not begin above the one before; found "
        + "\"0.00\", expected more than \"0.00\"."),
    Mistake(
      "tags.yaml", "aum_line: \"50000\"", "aum_line: \"50000.001\"",
      "tags.yaml:2:13: error [bad_decimal]: aum_line is not an exact decimal with at most 2 decimals; found "
        + "\"50000.001\", expected a number like \"50000.00\"."),
    Mistake(
      "tags.yaml", "table: holding", "table: holdings",
      "tags.yaml:9:12: error [unknown_value]: there is no such table of facts; found \"holdings\", expected "
        + "holding, transaction, interaction, consent, assignment, relation. Perhaps \"holding\" is meant."),
    Mistake(
      "tags.yaml", "aggregate: count", "aggregate: sum",
      "tags.yaml:7:5: error [missing_key]: a measure lacks the key \"of\": sum aggregates that column."),
    Mistake(
      "tags.yaml", "product_class: [wealth]", "product_class: [welth]",
      "tags.yaml:11:29: error [unknown_value]: no holding ever has this product_class; found \"welth\", "
        + "expected deposit, wealth. Perhaps \"wealth\" is meant."),
    Mistake(
      "tags.yaml", "topic: [loan]", "topic: [loans]",
      "tags.yaml:19:38: error [unknown_value]: no interaction ever has this topic; found \"loans\", expected "
        + "loan, wealth. Perhaps \"loan\" is meant."),
    Mistake(
      "tags.yaml", "date: matures_on", "date: maturs_on",
      "tags.yaml:12:11: error [unknown_column]: the table holding has no such column; found \"maturs_on\", "
        + "expected opened_on, matures_on. Perhaps \"matures_on\" is meant."),
    Mistake(
      "tags.yaml", "of: topic", "of: happened_at",
      "tags.yaml:18:9: error [wrong_type]: last cannot aggregate this column; found \"happened_at\", "
        + "expected channel, type, topic, product, status, result."),
    Mistake(
      "tags.yaml", "window: [0, 15]", "window: [15, 0]",
      "tags.yaml:13:13: error [bad_window]: window is not a first and a last day; found [15, 0], expected "
        + "two whole numbers in order: [-89, 0]."),
    Mistake(
      "tags.yaml", "    window: [0, 15]\n", "",
      "tags.yaml:12:11: error [useless_key]: \"date\" has no place here: there is no window. Remove it."),
    Mistake(
      "tags.yaml", "id: loan_lead", "id: matures_soon",
      "broadcast.yaml:5:56: error [unknown_column]: the customer row has no such column; found \"loan_lead\".",
      "tags.yaml:22:9: error [name_clash]: the name \"matures_soon\" is taken by a measure. Choose another "
        + "name."),
    Mistake(
      "tags.yaml", "id: matures_soon", "id: aum",
      "tags.yaml:7:9: error [name_clash]: the name \"aum\" is taken by a column of the customer row. Choose "
        + "another name."),
    Mistake(
      "broadcast.yaml", "{aum}", "{amu}",
      "broadcast.yaml:6:43: error [unknown_column]: the customer row has no such column; found \"amu\". "
        + "Perhaps \"aum\" is meant."),
    Mistake(
      "broadcast.yaml", "{aum}", "{aum",
      "broadcast.yaml:6:43: error [bad_template]: a brace stands alone in the text; expected {column}."),
    Mistake(
      "broadcast.yaml", "signature: 银行, ", "",
      "broadcast.yaml:5:5: error [missing_key]: a template lacks the key \"signature\": a text message "
        + "begins with 【signature】."),
    Mistake(
      "broadcast.yaml", "reason: deceased", "reason: opted_out",
      "broadcast.yaml:3:14: error [name_clash]: broadcast itself gives the reason \"opted_out\". Choose "
        + "another name."),
    Mistake(
      "broadcast.yaml", "'deceased'}", "'deceased', scenarios: [advise]}",
      "broadcast.yaml:3:94: error [unknown_value]: scenarios has a value that is not known; found "
        + "\"advise\", expected notice, care, marketing, advice, service. Perhaps \"advice\" is meant."),
    Mistake(
      "campaigns/offer.yaml", "campaign: offer", "campaign: offers",
      "campaigns/offer.yaml:1:11: error [wrong_name]: the campaign is called otherwise than its file; found "
        + "\"offers\", expected \"offer\"."),
    Mistake(
      "campaigns/offer.yaml", "purpose: marketing", "purpose: service",
      "campaigns/offer.yaml:4:10: error [wrong_purpose]: marketing needs a permission that was given; found "
        + "service, expected marketing."),
    Mistake(
      "campaigns/offer.yaml", "product: D001", "product: D01",
      "campaigns/offer.yaml:7:10: error [unknown_product]: the catalogue has no such product; found \"D01\", "
        + "expected D001, W001. Perhaps \"D001\" is meant."),
    Mistake(
      "campaigns/offer.yaml", "template: offer_sms", "template: ofer_sms",
      "campaigns/offer.yaml:10:30: error [unknown_template]: broadcast.yaml has no such template; found "
        + "\"ofer_sms\", expected offer_sms. Perhaps \"offer_sms\" is meant."),
    Mistake(
      "campaigns/offer.yaml", "channel: sms", "channel: phone",
      "campaigns/offer.yaml:10:32: error [wrong_channel]: the template offer_sms is for another channel; "
        + "found sms, expected phone."),
    Mistake(
      "campaigns/offer.yaml", "channel: sms", "channel: todo",
      "campaigns/offer.yaml:10:5: error [listed_twice]: channels lists \"todo\" twice.",
      "campaigns/offer.yaml:10:31: error [wrong_channel]: the template offer_sms is for another channel; "
        + "found sms, expected todo."),
    Mistake(
      "campaigns/offer.yaml", "modes: [assisted, direct]", "modes: []",
      "campaigns/offer.yaml:6:8: error [empty_list]: the campaign is for nobody: modes is empty."),
    Mistake(
      "campaigns/offer.yaml", "audience: loan_lead", "audience: \" \"",
      "campaigns/offer.yaml:5:11: error [wrong_shape]: audience is of the wrong shape; found a text, "
        + "expected an SQL expression."),
  ]
}
