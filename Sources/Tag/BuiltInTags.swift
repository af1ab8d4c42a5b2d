import Basics
import Columns
import Definition
import Standards

/// What every customer has without a definition: age, birthday, tier and operating mode.
struct BuiltInTags {
  let businessDate: CalendarDate
  let policy: Policy
  private let keepsLeapDay: Bool
  private let monthDay: Int

  init(businessDate: CalendarDate, policy: Policy) {
    self.businessDate = businessDate
    self.policy = policy
    let (_, month, day) = businessDate.parts
    monthDay = month * 100 + day
    keepsLeapDay = monthDay == 228 && !businessDate.isLeapYear
  }

  /// Full years, and whether the birthday is kept today: who was born on 29 February keeps it on the 28th in common
  /// years. Nil for a day of birth that is still to come.
  func birthday(bornOn born: CalendarDate) -> (age: Int, isToday: Bool)? {
    if born > businessDate { return nil }
    let (_, month, day) = born.parts
    let isToday = month * 100 + day == monthDay || (keepsLeapDay && month == 2 && day == 29)
    return (born.age(on: businessDate), isToday)
  }

  /// The tier's index in the policy; nil where AUM is not known. What is owed (AUM below zero) is the first tier.
  func tier(aum: Int64?) -> Int? {
    guard let aum else { return nil }
    var tier = 0
    while tier + 1 < policy.tiers.count, policy.tiers[tier + 1].from <= aum { tier += 1 }
    return policy.tiers.isEmpty ? nil : tier
  }

  func mode(aum: Int64?, hasActiveManager: Bool) -> OperatingMode {
    guard let aum else { return .held }
    return aum >= policy.aumLine && hasActiveManager ? .assisted : .direct
  }
}

/// The built-in tags of all customers, as columns.
struct BuiltInColumns {
  /// -1 where not known.
  private(set) var ages: [Int32] = []
  private(set) var birthdays: [Bool] = []
  /// Indexes of the policy's tiers, -1 where AUM is not known.
  private(set) var tiers: [Int8] = []
  /// Indexes of `OperatingMode.allCases`.
  private(set) var modes: [Int8] = []

  /// - Parameter profiles: merge's table.
  /// - Throws: `unknown_column`, `damaged_table`.
  init(_ rules: BuiltInTags, profiles: Table) throws(Problem) {
    // A pipeline need not have a source of birth dates.
    let birthDates = profiles.schema["birth_date"] == nil ? nil : try profiles.column("birth_date")
    let aums = try profiles.column("aum")
    let managers = try profiles.column("manager")
    let managersActive = try profiles.column("manager_active")
    let count = profiles.rowCount
    ages.reserveCapacity(count)
    birthdays.reserveCapacity(count)
    tiers.reserveCapacity(count)
    modes.reserveCapacity(count)
    for customer in 0..<count {
      var birthday: (age: Int, isToday: Bool)?
      if let birthDates, !birthDates.isNull(customer) {
        birthday = rules.birthday(bornOn: CalendarDate(days: Int32(birthDates.integer(customer))))
      }
      ages.append(Int32(birthday?.age ?? -1))
      birthdays.append(birthday?.isToday ?? false)
      let aum = aums.isNull(customer) ? nil : aums.integer(customer)
      tiers.append(Int8(rules.tier(aum: aum) ?? -1))
      let isManaged = !managers.isNull(customer) && managersActive.integer(customer) == 1
      modes.append(Int8(Self.index(of: rules.mode(aum: aum, hasActiveManager: isManaged))))
    }
  }

  private static func index(of mode: OperatingMode) -> Int {
    switch mode {
    case .assisted: 0
    case .direct: 1
    case .held: 2
    }
  }
}
