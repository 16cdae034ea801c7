// swift-tools-version: 6.1
import Foundation
import PackageDescription

// WebP is optional: its trait is on by default exactly where libwebp's header is installed.
let webpHeaders = ["/usr/include/webp/decode.h", "/usr/local/include/webp/decode.h", "/opt/homebrew/include/webp/decode.h"]
let webpByDefault: Set<String> = webpHeaders.contains { FileManager.default.fileExists(atPath: $0) } ? ["WebP"] : []

// The instruction set on x86. LINEUP_MARCH=x86-64 builds for every x86-64 processor; arm64 needs no flag. SwiftPM refuses
// a versioned dependency that carries unsafe flags, so the flag stays out when this package is a checkout of another.
let isRoot = !Context.packageDirectory.contains("/checkouts/")
#if arch(x86_64)
let march: String? = isRoot ? (Context.environment["LINEUP_MARCH"] ?? "x86-64-v3") : nil
#else
let march: String? = nil
#endif
let swiftSettings: [SwiftSetting] = march.map { [.unsafeFlags(["-Xcc", "-march=\($0)"])] } ?? []

let package = Package(
    name: "lineup",
    platforms: [.macOS(.v14)],
    products: [
        .library(name: "Imaging", targets: ["Imaging"])
    ],
    traits: [
        .trait(name: "WebP", description: "Decode WebP through libwebp."),
        .default(enabledTraits: webpByDefault),
    ],
    targets: [
        .target(
            name: "CCodecs",
            cSettings: [.define("LINEUP_WEBP", .when(traits: ["WebP"]))],
            linkerSettings: [
                .linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("webp", .when(traits: ["WebP"])),
            ]),
        .target(name: "Imaging", dependencies: ["CCodecs"], swiftSettings: swiftSettings),
        .target(name: "TestSupport", dependencies: ["Imaging"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
        .testTarget(name: "ImagingTests", dependencies: ["Imaging", "TestSupport"], swiftSettings: swiftSettings),
    ]
)
