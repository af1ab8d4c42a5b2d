import Basics
import Broadcast
import Definition
import Ingest
import Merge
import Resolve
import StageKit
import Tag

/// The five stages, in the order in which they run.
public let standardStages: [any Stage.Type] = [
  IngestStage.self, ResolveStage.self, MergeStage.self, TagStage.self, BroadcastStage.self,
]

/// What is wrong with a definition that loading it does not find: expressions that do not fit the customer row.
public func expressionProblems(of pipeline: PipelineDefinition) -> [Problem] {
  TagStage.check(pipeline) + BroadcastStage.check(pipeline)
}
