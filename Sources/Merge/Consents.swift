import Basics
import Columns

/// Each customer's permissions: by channel and purpose the latest decision on that channel or on all of them; on one day
/// a refusal wins.
struct Consents {
  static let channels = ["sms", "wecom", "phone"]
  static let purposes = ["marketing", "service", "profiling"]
  static let count = channels.count * purposes.count

  /// By customer and pair of channel and purpose: twice the day, plus one for a refusal, so that the greatest decides.
  private var states: [Int32]
  private static let unknown = Int32.min
  /// A decision without a day is older than any with one.
  private static let noDay: Int32 = -1_000_000

  init(_ night: MergeNight, customers: Int) throws(Problem) {
    states = [Int32](repeating: Self.unknown, count: customers * Self.count)
    guard let table = try night.table(.consent) else { return }
    let link = try night.links(.consent).column("customer")
    let (channel, purpose) = (try table.column("channel"), try table.column("purpose"))
    let (decision, decided) = (try table.column("decision"), try table.column("decided_on"))
    let channels = channel.dictionary.map { code in
      code == "all" ? Array(Self.channels.indices) : Self.channels.indices.filter { Self.channels[$0] == code }
    }
    let purposes = purpose.dictionary.map { Self.purposes.firstIndex(of: $0) }
    let (granted, refused) = (decision.code(of: "granted") ?? -2, decision.code(of: "refused") ?? -2)
    for row in 0..<table.rowCount where !link.isNull(row) {
      let (channelCode, purposeCode, decisionCode) = (channel.code(row), purpose.code(row), decision.code(row))
      guard channelCode >= 0, purposeCode >= 0, let purpose = purposes[Int(purposeCode)],
        decisionCode == granted || decisionCode == refused
      else { continue }
      let day = decided.isNull(row) ? Self.noDay : Int32(truncatingIfNeeded: decided.integer(row))
      let state = day * 2 + (decisionCode == refused ? 1 : 0)
      let first = Int(link.integer(row)) * Self.count + purpose
      for channel in channels[Int(channelCode)] {
        let place = first + channel * Self.purposes.count
        states[place] = max(states[place], state)
      }
    }
  }

  /// True for granted, false for refused, nil for unknown.
  @inline(__always)
  func isGranted(_ customer: Int, _ pair: Int) -> Bool? {
    let state = states[customer * Self.count + pair]
    return state == Self.unknown ? nil : state & 1 == 0
  }
}
