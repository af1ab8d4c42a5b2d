import Basics
@testable import Definition
import TestSupport
import Testing

@Suite struct WorkedExampleTests {
  private let folder = repositoryRoot + "/pipelines/retail-nightly"
  private let pipeline: PipelineDefinition

  init() throws { pipeline = try PipelineDefinition.load(folder: folder) }

  @Test func loadsWithoutWarnings() { #expect(pipeline.warnings.map(\.description) == []) }

  @Test func keepsDeclaredOrder() {
    #expect(
      pipeline.sources.map(\.id) == [
        "crm_customers", "core_customers", "mobile_users", "branch_visitors", "core_accounts", "core_transactions",
        "crm_contacts", "mobile_events", "branch_visits", "crm_consents", "crm_assignments", "crm_relations",
      ])
    #expect(pipeline.products.map(\.code).prefix(4) == ["D001", "D002", "D003", "W001"])
    #expect(pipeline.broadcast.campaigns.map(\.priority) == pipeline.broadcast.campaigns.map(\.priority).sorted())
    #expect(pipeline.rates.map(\.currency) == ["USD", "HKD"])
  }

  @Test func readsEveryPartOfASource() throws {
    let source = try #require(pipeline.source("core_accounts"))
    #expect(source.kind == .holding)
    #expect(source.encoding == .gb18030)
    #expect(
      source.format
        == .delimited(
          separator: "|", quote: nil, header: false,
          columns: [
            "account_no", "cust_no", "product_code", "currency", "balance", "opened_on", "matures_on", "status",
          ]))
    #expect(source.arrival.trailer == MarkedStatement("TRAILER"))
    #expect(source.arrival.sumOf == "balance")
    #expect(source.arrival.onMissing == .wait)
    #expect(
      source.arrival.control?.file.path(compact: "20261120", dashed: "2026-11-20") == "20261120/core_20261120.ctl")
    #expect(source.reject == RejectLimits(fail: RejectLimit(perThousand: 50, atLeastRows: 20)))
    #expect(source.partySource == "core_customers")
    let matures = try #require(source.fields.first { $0.to == "matures_on" })
    #expect(matures.type == .date && matures.format == "yyyyMMdd" && matures.nullWords == ["99991231"])
    #expect(!matures.isRequired)
  }

  @Test func takesFixedValuesAsTheyStandWhereNoCodesAreGiven() throws {
    let consents = try #require(pipeline.source("crm_consents"))
    let decision = try #require(consents.fields.first { $0.to == "decision" })
    #expect(decision.codes.map(\.from) == ["granted", "refused"])
    #expect(decision.codes.map(\.to) == ["granted", "refused"])
    let customers = try #require(pipeline.source("core_customers"))
    let type = try #require(customers.fields.first { $0.to == "party_type" })
    #expect(type.codes.map(\.from) == ["11"] && type.otherCode == "person")
  }

  @Test func readsPolicyMeasuresAndTemplates() throws {
    #expect(pipeline.tag.policy.aumLine == 5_000_000)
    #expect(pipeline.tag.policy.tiers.map(\.from) == [0, 5_000_000, 50_000_000, 600_000_000])
    let measure = try #require(pipeline.tag.measures.first { $0.id == "wealth_matures_product" })
    #expect(measure.aggregate == .first && measure.of == "product" && measure.window == 0...3650)
    #expect(
      measure.conditions == [
        MeasureCondition(column: "product_class", values: ["wealth"]),
        MeasureCondition(column: "status", values: ["open"]),
      ])
    let template = try #require(pipeline.broadcast.templates.first { $0.id == "wealth_maturing_todo" })
    #expect(template.variables == ["name", "wealth_matures_product", "wealth_matures_on"])
    #expect(pipeline.rates.first == CurrencyRate(currency: "USD", units: 71_000, decimals: 4))
  }

  @Test func hashesEveryFileAndKnowsWhatItInfluences() throws {
    let paths = pipeline.files.map(\.path)
    #expect(paths == (try Files.filesBelow(folder)).filter { !$0.hasSuffix(".md") })
    for file in pipeline.files {
      #expect(file.sha256 == SHA256.of(try Files.text(of: "\(folder)/\(file.path)")))
    }
    let stages = Dictionary(uniqueKeysWithValues: pipeline.files.map { ($0.path, $0.stages) })
    #expect(stages["pipeline.yaml"] == Set(StageName.allCases))
    #expect(stages["sources/crm_contacts.yaml"] == [.ingest, .resolve])
    #expect(stages["catalogues/products.csv"] == [.merge, .tag, .broadcast])
    #expect(stages["resolve.yaml"] == [.resolve])
    #expect(stages["merge.yaml"] == [.merge])
    #expect(stages["tags.yaml"] == [.tag])
    #expect(stages["broadcast.yaml"] == [.broadcast])
    #expect(stages["campaigns/birthday_care.yaml"] == [.broadcast])
  }

  @Test func findsExtractsRelativeToItsFolder() {
    #expect(pipeline.extracts == repositoryRoot + "/samples/retail-nightly")
    #expect(pipeline.folder == folder)
  }

  @Test func listsTheCustomerRowInOrder() {
    let names = CustomerRow.columns(of: pipeline).map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.first == "customer_id" && names.last == "business_date")
    let order = ["customer_id", "party_type", "status", "records", "consent_sms_marketing", "wealth_bought_90d"]
    let places = (order + ["age", "mode", "age_band", "business_date"]).map { names.firstIndex(of: $0) ?? -1 }
    #expect(places == places.sorted() && !places.contains(-1))
    let measures = CustomerRow.measureColumns(of: pipeline.tag)
    #expect(measures.first { $0.name == "wealth_matures_on" }?.storage == .date)
    #expect(measures.first { $0.name == "wealth_matures_product" }?.storage == .code)
    #expect(measures.first { $0.name == "salary_90d" }?.storage == .integer)
    let forTags = CustomerRow.columnsForTags(merge: pipeline.merge, tag: pipeline.tag).map(\.name)
    #expect(forTags == names.filter { name in !pipeline.tag.tags.contains { $0.id == name } })
  }
}
