import Basics
import Linkage

/// How good a linkage is, measured against the truth.
public struct Evaluation: Sendable {
  /// Where the truth comes from.
  public var origin: String
  public var recordCount: Int
  public var files: [RecordSet.File]
  /// The engine's own threshold, in bits.
  public var threshold: Float
  public var sweep: ThresholdSweep
  /// Scored pairs at the engine's threshold.
  public var atThreshold: ThresholdSweep.Row
  public var clusters: ClusterAgreement
  public var errors: LinkErrors

  /// O(records + pairs), beside what `LinkErrors` looks at.
  /// - Parameters:
  ///   - clusters: By record, from 0.
  ///   - pairs: Every pair that was scored, those below the threshold too: what is not among them counts as missed by
  ///     blocking.
  ///   - threshold: The weight from which on the engine took pairs for links, in bits.
  public init(
    _ records: RecordSet, truth: Truth, clusters: [Int32], pairs: LinkedPairs, threshold: Float
  ) {
    origin = truth.origin
    recordCount = records.count
    files = records.files
    self.threshold = threshold
    sweep = ThresholdSweep(pairs, truth: truth.codes)
    atThreshold = sweep.row(at: threshold)
    self.clusters = ClusterAgreement(clusters: clusters, truth: truth.codes)
    errors = LinkErrors(
      records, clusters: clusters, truth: truth.codes, pairs: pairs, threshold: threshold, agreement: self.clusters)
  }
}
