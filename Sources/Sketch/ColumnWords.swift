import Definition

/// What systems call the columns that the canonical tables have.
enum ColumnWords {
  /// Matches from the strongest; a weaker one never takes a column from a stronger.
  enum Strength: Int { case ending = 1, exact }

  private static let keys = [
    "key", "id", "no", "serialno", "seqno", "recordid", "流水号", "序号", "编号",
  ]
  private static let parties = [
    "customerno", "custno", "customerid", "custid", "customer", "cust", "clientno", "clientid", "cif", "cifno",
    "partyid", "userid", "userno", "user", "memberid", "客户号", "客户编号", "客户代码", "客户id", "用户id", "用户编号",
  ]

  private static let common: [String: [String]] = [
    "product": ["product", "productcode", "prodcode", "prodid", "productid", "产品", "产品代码", "产品编号"],
    "currency": ["currency", "curr", "ccy", "currencycode", "币种", "货币"],
    "status": ["status", "state", "acctstatus", "accountstatus", "状态", "账户状态", "客户状态"],
    "branch": ["branch", "branchcode", "branchno", "orgcode", "orgno", "机构", "机构号", "网点", "开户行"],
    "channel": ["channel", "chnl", "渠道"],
    "happened_at": [
      "happenedat", "time", "at", "txntime", "transtime", "timestamp", "eventtime", "paidat", "contacttime", "datetime",
      "交易时间", "时间", "发生时间", "联系时间",
    ],
  ]

  private static let own: [RecordKind: [String: [String]]] = [
    .party: [
      "key": parties + keys,
      "party_type": ["partytype", "custtype", "customertype", "客户类型"],
      "name": ["name", "realname", "custname", "customername", "fullname", "姓名", "客户姓名", "客户名称", "名称", "户名"],
      "gender": ["gender", "sex", "性别"],
      "birth_date": ["birthdate", "birth", "birthday", "dob", "dateofbirth", "born", "出生日期", "生日"],
      "document_type": ["documenttype", "certtype", "idtype", "doctype", "证件类型", "证件种类"],
      "document_number": [
        "documentno", "documentnumber", "certno", "idno", "idnumber", "idcard", "docno", "证件号码", "证件号", "身份证号",
        "身份证号码", "身份证",
      ],
      "mobile": [
        "mobile", "phone", "mobileno", "phoneno", "cellphone", "tel", "telephone", "手机", "手机号", "手机号码", "联系电话", "电话",
      ],
      "email": ["email", "mail", "emailaddress", "邮箱", "电子邮箱", "电子邮件"],
      "address": ["address", "addr", "homeaddress", "地址", "联系地址", "住址"],
      "occupation": ["occupation", "job", "profession", "职业"],
      "wecom_id": ["wecomid", "wecomuserid", "externaluserid", "企业微信", "企业微信id"],
      "risk_level": ["risklevel", "riskrating", "风险等级", "风险评级"],
      "risk_assessed_on": ["riskassessedon", "riskdate", "评测日期", "风评日期"],
      "customer_since": ["customersince", "opendate", "registeredon", "registerdate", "开户日期", "注册日期", "建档日期"],
      "employee": ["employee", "isemployee", "staff", "员工标志", "是否员工"],
      "updated_on": ["updatedon", "updatedat", "lastupdated", "lastloginon", "modifydate", "更新日期", "更新时间", "修改日期"],
    ],
    .holding: [
      "key": ["accountno", "acctno", "account", "accountid", "contractno", "账号", "账户", "合同号"] + keys, "party": parties,
      "balance": ["balance", "bal", "acctbal", "余额", "账户余额"],
      "opened_on": ["openedon", "opendate", "startdate", "开户日期", "起息日"],
      "matures_on": ["matureson", "maturity", "maturitydate", "enddate", "duedate", "到期日", "到期日期"],
    ],
    .transaction: [
      "key": ["txnno", "transactionno", "transno", "payment", "paymentno", "txnid", "交易流水号", "交易号"] + keys,
      "party": parties, "account": ["accountno", "acctno", "account", "账号", "账户"],
      "type": ["type", "kind", "txntype", "transtype", "交易类型", "类型"],
      "amount": ["amount", "amt", "txnamt", "transamt", "交易金额", "金额"],
    ],
    .interaction: [
      "key": ["contactno", "eventid", "visitid", "interactionid", "callid", "联系编号"] + keys, "party": parties,
      "type": ["type", "kind", "eventtype", "contacttype", "purpose", "类型", "事件类型"],
      "topic": ["topic", "subject", "主题"], "result": ["result", "outcome", "结果"],
    ],
    .consent: [
      "key": ["consentid"] + keys, "party": parties, "purpose": ["purpose", "用途", "目的"],
      "decision": ["decision", "consent", "answer", "授权", "授权结果"],
      "decided_on": ["decidedon", "consentdate", "date", "授权日期"],
    ],
    .assignment: [
      "key": keys, "party": parties, "manager": ["managerid", "manager", "managerno", "rmid", "客户经理编号", "客户经理"],
      "manager_name": ["managername", "rmname", "客户经理姓名"],
      "manager_status": ["managerstatus", "rmstatus", "客户经理状态"],
      "assigned_on": ["assignedon", "assigndate", "分配日期", "管户日期"],
    ],
    .relation: [
      "key": keys, "party": ["fromcustomerno", "fromcustno"] + parties,
      "other": ["tocustomerno", "tocustno", "other", "relatedno", "关联客户号", "关系人客户号"],
      "type": ["relation", "relationtype", "type", "关系", "关系类型"], "since": ["since", "startdate", "起始日期"],
    ],
  ]

  /// How well a name fits a column of a kind; nil: not at all.
  static func strength(of name: String, for column: String, of kind: RecordKind) -> Strength? {
    let words = own[kind]?[column] ?? common[column] ?? []
    let last = normalised(name.split { "/@".contains($0) }.last.map(String.init) ?? name)
    let whole = normalised(name)
    if words.contains(last) || words.contains(whole) { return .exact }
    let isEnding = words.contains { $0.utf8.count >= 6 && whole.hasSuffix($0) }
    return isEnding ? .ending : nil
  }

  /// Whether some kind has a column that is called so: then it is a header's word.
  static func isKnown(_ name: String) -> Bool {
    RecordKind.allCases.contains { kind in
      kind.columns.contains { strength(of: name, for: $0.name, of: kind) == .exact }
    }
  }

  /// Whether what stands under the name may tell who somebody is, so that nothing of it is written down.
  static func isPersonal(_ name: String) -> Bool {
    let whole = normalised(name)
    let words = [
      "name", "phone", "mobile", "tel", "mail", "addr", "cert", "idno", "idcard", "document", "birth", "account",
      "card",
      "姓名", "名称", "户名", "手机", "电话", "邮箱", "地址", "证件", "身份证", "生日", "出生", "账号", "卡号",
    ]
    return words.contains { whole.contains($0) } && !whole.hasSuffix("type") && !whole.hasSuffix("类型")
  }

  private static func normalised(_ name: String) -> String {
    name.replacing("[1]", with: "").lowercased().filter { !"_-./@ :".contains($0) }
  }
}
