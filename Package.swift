// swift-tools-version: 6.2
import PackageDescription

// One file a concern; see docs/architecture.md for the flow. An import goes downward in this list only.

/// Settings of every Swift target: warnings are errors; release builds specialise generics across our modules.
///
/// Overlapping accesses to class properties are looked for in debug builds, which all tests run, and not in release builds:
/// each look costs more than the reading of a field, a sixth of ingest together.
let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], helpers: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: (name == "Basics" ? [] : ["Basics"]) + [.target(name: name), "TestSupport"] + dependencies,
    exclude: helpers, swiftSettings: swift)
}

let package = Package(
  name: "guiyi",
  products: [
    .executable(name: "guiyi", targets: ["guiyi"]),
    // For the fuzzers, which are a package of their own.
    .library(name: "Extracts", targets: ["Extracts", "Basics"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // C libraries of the system, and our own static-inline C for block scans.
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "CKernels"),

    // What everything stands on.
    module("Basics", ["CCrypto"]),
    module("Columns", ["Basics"]),
    module("Extracts", ["Basics", "CLibCSV", "CLibXML2", "CZlib", "CKernels"]),
    module("Standards", ["Basics"]),
    module("Linkage", ["Basics", "Columns", "Standards"]),
    module("Definition", ["Basics", "Standards", "Linkage", .product(name: "Yams", package: "Yams")]),
    module("Store", ["Basics", "Columns", "CSQLite"]),
    module("StageKit", ["Basics", "Columns", "Standards", "Definition"]),

    // The five stages; none imports another.
    module("Ingest", ["Basics", "Columns", "Extracts", "Standards", "Definition", "StageKit"]),
    module("Resolve", ["Basics", "Columns", "Standards", "Linkage", "Definition", "StageKit"]),
    module("Merge", ["Basics", "Columns", "Standards", "Definition", "Store", "StageKit"]),
    module("Tag", ["Basics", "Columns", "Standards", "Definition", "Store", "StageKit"]),
    module("Broadcast", ["Basics", "Columns", "Standards", "Definition", "Store", "StageKit"]),

    // What runs and inspects them.
    module("Audit", ["Basics", "Columns", "Standards", "Store", "Definition", "StageKit"]),
    module(
      "Runs",
      [
        "Basics", "Columns", "Standards", "Definition", "StageKit", "Ingest", "Resolve", "Merge", "Tag",
        "Broadcast", "Audit",
      ]),
    module("Generate", ["Basics", "Standards"]),
    module("LinkFiles", ["Basics", "Columns", "Extracts", "Standards", "Linkage", "Definition"]),
    module("Sketch", ["Basics", "Extracts", "Standards", "Definition"]),
    .executableTarget(
      name: "guiyi",
      dependencies: [
        "Basics", "Columns", "Standards", "Definition", "Store", "StageKit", "Audit", "Runs", "Generate", "Sketch",
        "Resolve", "Linkage", "LinkFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "bench-extracts",
      dependencies: ["Basics", "CLibCSV", "CLibXML2", "Definition", "Extracts", "Ingest", "StageKit", "Standards"],
      path: "Benchmarks/extracts", swiftSettings: swift),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: ["Basics", "Columns", "CZlib", "Definition", "Linkage", "StageKit", "Standards"],
      path: "Tests/TestSupport",
      swiftSettings: swift),
    tests("Basics"),
    tests("Columns", helpers: ["interchange.py"]),
    tests("Extracts", ["CKernels", "CLibCSV", "CZlib"]),
    tests("Standards"),
    tests("Linkage", ["Standards"]),
    tests("Definition", ["Standards", "Linkage"], helpers: ["validate.py"]),
    tests("Store", ["Columns"]),
    tests("Ingest", ["Columns", "Definition", "StageKit", "Standards"]),
    tests("Resolve", ["Columns", "Definition", "Linkage", "StageKit", "Standards"]),
    tests("Merge", ["Columns", "Definition", "StageKit", "Standards", "Store"]),
    tests("Tag", ["Columns", "Definition", "StageKit", "Standards", "Store"]),
    tests("Broadcast", ["Columns", "Definition", "StageKit", "Standards", "Store"]),
    tests("Audit", ["Columns", "Definition", "StageKit", "Standards", "Store"]),
    tests("Runs", ["Audit", "Definition", "StageKit", "Standards"]),
    tests("Generate", ["Standards"]),
    tests("LinkFiles", ["Definition", "Linkage"]),
    tests("Sketch", ["Definition", "Extracts", "Standards"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["guiyi", "Basics", "TestSupport"], exclude: ["Golden"], swiftSettings: swift
    ),
  ]
)
