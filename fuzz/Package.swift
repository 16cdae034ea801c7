// swift-tools-version: 6.1
import PackageDescription

// A package of its own: nobody who builds Lineup builds this. `scripts/fuzz` does, with libFuzzer and AddressSanitizer.
let package = Package(
    name: "lineup-fuzz",
    platforms: [.macOS(.v15)],
    products: [.library(name: "FuzzTargets", type: .static, targets: ["FuzzTargets"])],
    dependencies: [.package(name: "lineup", path: "..")],
    targets: [
        .target(
            name: "FuzzTargets",
            dependencies: [.product(name: "Imaging", package: "lineup"), .product(name: "Cascade", package: "lineup")])
    ]
)
