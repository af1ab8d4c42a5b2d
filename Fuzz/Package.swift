// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that guiyi itself needs no fuzzer. Built and run by scripts/fuzz.sh.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "guiyi", path: "..")],
  targets: [
    // The fuzzer's own entry, which the toolchain brings without a header.
    .systemLibrary(name: "CFuzzer"),
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzer", .product(name: "Extracts", package: "guiyi")],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
  ]
)
