import Definition
import StageKit

/// The figures of one campaign, and the equations that they must fulfil.
enum CampaignReport {
  /// Every candidate was decided on once, and every list holds who was to be on it.
  static func equations(_ decisions: CampaignDecisions) -> [ConservationEquation] {
    let parts = zip(decisions.reasons, decisions.counts).enumerated().compactMap { index, part in
      index == 0
        ? ConservationEquation.Part("sent", Int64(part.1))
        : part.1 > 0 ? ConservationEquation.Part(part.0, Int64(part.1)) : nil
    }
    let campaign = ConservationEquation(
      "\(decisions.campaign.id) candidates", "audience", Int64(decisions.audience), parts)
    return [campaign]
      + zip(decisions.lists, decisions.sentByChannel).map { list, sent in
        ConservationEquation(
          "\(list.name) rows", "listed", Int64(list.rows), [.init("decided for \(list.channel.rawValue)", Int64(sent))])
      }
  }

  static func figures(_ decisions: CampaignDecisions) -> [(name: String, value: Int)] {
    let id = decisions.campaign.id
    var figures = [("\(id).audience", decisions.audience), ("\(id).sent", decisions.counts[0])]
    for (reason, count) in zip(decisions.reasons, decisions.counts).dropFirst() where count > 0 {
      figures.append(("\(id).suppressed.\(reason)", count))
    }
    for list in decisions.lists {
      figures.append(("\(id).\(list.channel.rawValue)", list.rows))
      if list.channel == .sms { figures.append(("\(id).sms_segments", list.segments)) }
    }
    return figures
  }
}
