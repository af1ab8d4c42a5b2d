import Basics
import Foundation
import TestSupport
import Testing

/// The two files of the walk-through; its commands are carried out by scripts/walk-through.py.
struct LinkSamplesTests {
  private static let samples = "\(repositoryRoot)/samples/link-two-files"
  private static let kept = [
    "07700900", "01134960", "01144960", "01164960", "01174960", "01314960", "01614960", "02079460", "02920180",
  ]
  private static let domains = ["com", "org", "net"]

  @Test func areWhatTheirMakerWrites() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "\(repositoryRoot)/scripts/make-link-samples.py", folder.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try Files.names(in: folder.path) == Files.names(in: Self.samples))
    for name in try Files.names(in: Self.samples) {
      #expect(
        try Files.text(of: "\(folder.path)/\(name)") == Files.text(of: "\(Self.samples)/\(name)"), "\(name) differs")
    }
  }

  /// Telephone numbers that Ofcom keeps for fiction, addresses of RFC 2606, postcodes of no area.
  @Test func nobodyInThemCanBeMeant() throws {
    var count = 0
    for name in ["crm.csv", "shop.csv"] {
      for row in rows(ofCSV: try Files.text(of: "\(Self.samples)/\(name)")) {
        count += 1
        let phone = (row["phone"] ?? "").filter { $0 != " " }
        #expect(phone.isEmpty || phone.count == 11 && Self.kept.contains { phone.hasPrefix($0) }, "\(phone)")
        let email = row["email"] ?? ""
        #expect(email.isEmpty || Self.domains.contains { email.hasSuffix("@example.\($0)") }, "\(email)")
        #expect(row["postcode"]?.hasPrefix("ZZ") == true)
      }
    }
    #expect(count > 1_000)
  }
}
