import Basics
import Dispatch

/// Writes one CSV file of records of people, some of them several times and with errors, with the truth in a column.
///
/// Columns: `rec_id` (from 1, in the order of the file), `cluster` (the person), `first_name`, `surname`, `dob`
/// (yyyy-MM-dd), `sex`, `phone`, `email`, `street`, `city`, `postcode`; UTF-8, no field needs quotes. People live in
/// households of 1 to 6 that share address, mostly surname, and often a telephone number. The same options give the same
/// bytes, for any number of threads. 8 bytes of memory a record beside some MB.
///
/// - Throws: `bad_option`, `unwritable_file`, `no_gb18030` (Chinese style).
public func generatePeople(_ options: PeopleOptions) throws(Problem) -> PeopleSummary {
  try options.validate()
  let duplicates = Int(Double(options.records) * options.duplicates)
  let persons = options.records - duplicates
  let order = peopleOrder(persons, duplicates: min(duplicates, persons * 4), seed: options.seed)
  let chinese: PeopleChinese? = options.style == .chinese ? try PeopleChinese() : nil
  let households = PeopleHouseholds(
    seed: options.seed, style: options.style, persons: persons, shares: options.shares, lexicon: PeopleLexicon(),
    chinese: chinese)
  let writer = try FileWriter(options.path)
  try writer.write("rec_id,cluster,first_name,surname,dob,sex,phone,email,street,city,postcode\n")
  var summary = PeopleSummary()
  summary.records = order.count
  summary.persons = persons
  summary.inFamilies = households.countInFamilies()
  let chunks = (0..<options.threads * 4).map { _ in PeopleChunk() }
  var next = 0
  while next < order.count {
    for chunk in chunks {
      chunk.rows = next..<min(order.count, next + 4_096)
      next = chunk.rows.upperBound
    }
    DispatchQueue.concurrentPerform(iterations: chunks.count) { chunks[$0].fill(households, order) }
    for chunk in chunks {
      try writer.write(chunk.bytes)
      summary.bytes += chunk.bytes.count
      summary.add(chunk.summary)
    }
  }
  _ = try writer.finish()
  return summary
}

/// Some rows in a row; one thread fills it, then it is written and reused.
private final class PeopleChunk: @unchecked Sendable {
  var rows = 0..<0
  var bytes: [UInt8] = []
  var summary = PeopleSummary()
  private let space = UnsafeMutablePointer<UInt8>.allocate(capacity: PeopleRows.space)

  deinit { space.deallocate() }

  func fill(_ households: PeopleHouseholds, _ order: [UInt32]) {
    bytes.removeAll(keepingCapacity: true)
    var maker = PeopleRows(households, space: space)
    for row in rows {
      maker.append(Int(order[row] >> 3), copy: Int(order[row] & 7), row: row + 1, to: &bytes)
    }
    summary = maker.summary
  }
}

/// The records in the order of the file: person times 8 plus copy, 0 to 4.
///
/// Half of the duplicates fall on one person in five, so that there are more clusters of four and five than if all were as
/// likely. Shuffled after Fisher and Yates.
func peopleOrder(_ persons: Int, duplicates: Int, seed: UInt64) -> [UInt32] {
  var draws = Draws(seed, .peopleOrder, persons)
  var copies = [UInt8](repeating: 1, count: persons)
  var order: [UInt32] = []
  order.reserveCapacity(persons + duplicates)
  for person in 0..<persons { order.append(UInt32(person) << 3) }
  var made = 0
  while made < duplicates {
    var person = draws.below(persons)
    if draws.chance(50_000) { person = person / 5 * 5 }
    if copies[person] == 5 { continue }
    order.append(UInt32(person) << 3 | UInt32(copies[person]))
    copies[person] += 1
    made += 1
  }
  for index in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(index, draws.below(index + 1)) }
  return order
}
