/// The reasons that broadcast itself gives for a decision; the raw value is the reason code. A definition's suppressions
/// add reasons of their own, under other names.
public enum DecisionReason: String, CaseIterable, Sendable {
  /// The one reason of a yes: nothing spoke against it.
  case eligible
  case aumUnknown = "aum_unknown"
  case otherMode = "other_mode"
  case complexProduct = "complex_product"
  case noConsent = "no_consent"
  case optedOut = "opted_out"
  case noMobile = "no_mobile"
  case sharedMobile = "shared_mobile"
  case noWeComId = "no_wecom_id"
  case noManager = "no_manager"
  case missingValue = "missing_value"
  case textTooLong = "text_too_long"

  public var title: BilingualText {
    switch self {
    case .eligible: BilingualText(zh: "符合条件", en: "Nothing against it")
    case .aumUnknown: BilingualText(zh: "资产未知", en: "AUM not known")
    case .otherMode: BilingualText(zh: "不属本活动经营模式", en: "Served in another mode")
    case .complexProduct: BilingualText(zh: "复杂产品不直接推送", en: "Complex product, not for direct customers")
    case .noConsent: BilingualText(zh: "未授权", en: "No consent known")
    case .optedOut: BilingualText(zh: "已拒收", en: "Opted out")
    case .noMobile: BilingualText(zh: "无可用手机号", en: "No usable mobile")
    case .sharedMobile: BilingualText(zh: "手机号多人共用", en: "Mobile shared by too many")
    case .noWeComId: BilingualText(zh: "未添加企业微信", en: "Not on WeCom")
    case .noManager: BilingualText(zh: "无在岗客户经理", en: "No active manager")
    case .missingValue: BilingualText(zh: "文案所需内容缺失", en: "A value of the text is missing")
    case .textTooLong: BilingualText(zh: "文案过长", en: "Text too long")
    }
  }
}
