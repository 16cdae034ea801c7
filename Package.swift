// swift-tools-version: 6.1
import Foundation
import PackageDescription

// WebP is optional: its trait is on by default exactly where libwebp's header is installed.
let webpHeaders = ["/usr/include/webp/decode.h", "/usr/local/include/webp/decode.h", "/opt/homebrew/include/webp/decode.h"]
let webpByDefault: Set<String> = webpHeaders.contains { FileManager.default.fileExists(atPath: $0) } ? ["WebP"] : []

// Collecting from web pages is optional in the same way: it reads HTML through libxml2.
let xmlFolders = ["/usr/include/libxml2", "/usr/local/include/libxml2", "/opt/homebrew/opt/libxml2/include/libxml2"]
let htmlByDefault: Set<String> = xmlFolders.contains { FileManager.default.fileExists(atPath: "\($0)/libxml/HTMLparser.h") } ? ["HTML"] : []

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
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Imaging", targets: ["Imaging"]),
        .library(name: "Cascade", targets: ["Cascade"]),
        .library(name: "Learn", targets: ["Learn"]),
        .library(name: "LearnONNX", targets: ["LearnONNX"]),
        .library(name: "Recognition", targets: ["Recognition"]),
        .library(name: "Portraits", targets: ["Portraits"]),
        .executable(name: "lineup", targets: ["lineup"]),
    ],
    traits: [
        .trait(name: "WebP", description: "Decode WebP through libwebp."),
        .trait(name: "ONNX", description: "Export models as ONNX through swift-protobuf."),
        .trait(name: "Download", description: "Collect photos over HTTP through async-http-client."),
        .trait(name: "HTML", description: "Collect the photos of web pages, read through libxml2.", enabledTraits: ["Download"]),
        .default(enabledTraits: webpByDefault.union(htmlByDefault).union(["Download", "ONNX"])),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .target(
            name: "CCodecs",
            dependencies: ["CJPEG", "CPNG"],
            cSettings: [.define("LINEUP_WEBP", .when(traits: ["WebP"]))],
            // pkg-config's flags name them too, where it is installed and finds them.
            linkerSettings: [
                .linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("webp", .when(traits: ["WebP"])),
            ]),
        .target(name: "Support", swiftSettings: swiftSettings),
        .target(name: "Imaging", dependencies: ["CCodecs", "Support"], swiftSettings: swiftSettings),
        .target(
            name: "CascadeFiles", path: "cascades", exclude: ["README.md"], sources: ["CascadeFiles.swift"],
            resources: [
                "haarcascade_eye", "haarcascade_eye_tree_eyeglasses", "haarcascade_frontalcatface", "haarcascade_frontalcatface_extended",
                "haarcascade_frontalface_alt", "haarcascade_frontalface_alt2", "haarcascade_frontalface_alt_tree",
                "haarcascade_frontalface_default", "haarcascade_fullbody", "haarcascade_lefteye_2splits",
                "haarcascade_license_plate_rus_16stages", "haarcascade_lowerbody", "haarcascade_profileface",
                "haarcascade_righteye_2splits", "haarcascade_russian_plate_number", "haarcascade_smile", "haarcascade_upperbody",
                "lbpcascade_frontalcatface", "lbpcascade_frontalface", "lbpcascade_frontalface_improved", "lbpcascade_profileface",
                "lbpcascade_silverware",
            ].map { .copy("\($0).xml") }),
        .target(
            name: "Cascade",
            dependencies: ["CProcessor", "CascadeFiles", "Imaging", "Support", .product(name: "Logging", package: "swift-log")],
            swiftSettings: swiftSettings),
        .target(name: "Learn", dependencies: ["Support"], swiftSettings: swiftSettings),
        .target(
            name: "LearnONNX", dependencies: ["Learn", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
            exclude: ["onnx.proto"], swiftSettings: swiftSettings),
        .target(name: "Portraits", dependencies: ["Imaging", "Support"], swiftSettings: swiftSettings),
        .target(
            name: "Recognition",
            dependencies: [
                "Support", "Imaging", "Cascade", "Learn",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            resources: [
                .embedInCode("Report/report.mustache"), .embedInCode("Report/report.css"), .embedInCode("DataReport/data.mustache"),
                .embedInCode("Finding/faces.safetensors"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Collecting",
            dependencies: [
                "Support", "Imaging", "Recognition",
                .target(name: "CXML", condition: .when(traits: ["HTML"])),
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["Download"])),
                .product(name: "SwiftCSV", package: "SwiftCSV", condition: .when(traits: ["Download"])),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["Download"])),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Download"])),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Serve",
            dependencies: [
                "CZlib", "Support", "Imaging", "Cascade", "Recognition",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            resources: [.embedInCode("Web")],
            swiftSettings: swiftSettings),
        .target(
            name: "CProcessor",
            cSettings: march == "x86-64-v3" ? [.define("LINEUP_NEEDS_X86_64_V3")] : []),
        .executableTarget(
            name: "lineup",
            dependencies: [
                "CProcessor", "Support", "Imaging", "Cascade", "Collecting", "Learn", "Portraits", "Recognition", "Serve",
                .target(name: "LearnONNX", condition: .when(traits: ["ONNX"])),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: swiftSettings),
        .target(name: "TestSupport", dependencies: ["Support"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
        .testTarget(name: "SupportTests", dependencies: ["Support"], swiftSettings: swiftSettings),
        .testTarget(name: "ImagingTests", dependencies: ["Imaging", "TestSupport"], exclude: ["Fixtures"], swiftSettings: swiftSettings),
        .testTarget(
            name: "CascadeTests", dependencies: ["Cascade", "TestSupport"], exclude: ["Fixtures"], swiftSettings: swiftSettings),
        .testTarget(
            name: "LearnTests", dependencies: ["Learn", "LearnONNX", "TestSupport"], resources: [.copy("Fixtures")],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "PortraitsTests", dependencies: ["Portraits", "Imaging", "Cascade", "Support", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "RecognitionTests",
            dependencies: [
                "Recognition", "Portraits", "Learn", "Cascade", "Imaging", "Support", "TestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
        .testTarget(
            name: "CollectingTests",
            dependencies: [
                "Collecting", "Recognition", "Imaging", "Support", "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["Download"])),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
        .target(
            name: "ServeSupport",
            dependencies: [
                "Imaging", "Learn", "Recognition", "Serve", "TestSupport",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Tests/ServeSupport", swiftSettings: swiftSettings),
        .testTarget(
            name: "ServeTests",
            dependencies: [
                "Serve", "ServeSupport", "Portraits", "Recognition", "TestSupport",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "PageTests",
            dependencies: [
                "Serve", "ServeSupport", "Portraits", "Imaging", "Recognition", "TestSupport",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings),
        // What scripts/fuzz compiles with libFuzzer; here it replays what was found.
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Imaging", "Cascade", "Collecting", "Learn", "Recognition", "Serve", "Support", "TestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "fuzz", exclude: ["Entry", "dictionaries", "regressions", "seeds.py"], sources: ["Targets", "Replay"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "LineupTests", dependencies: ["lineup", "Imaging", "Portraits", "Recognition", "Support", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "Performance", dependencies: ["Cascade", "Imaging", "Learn", "Portraits", "Recognition", "Serve"],
            path: "benchmarks/Performance",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "RecipeBench", dependencies: ["Imaging", "Learn", "Recognition"], path: "benchmarks/RecipeBench",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "FaceTrainer",
            dependencies: ["Cascade", "Imaging", "Learn", "Recognition", .product(name: "Crypto", package: "swift-crypto")],
            path: "benchmarks/FaceTrainer", swiftSettings: swiftSettings),
        .executableTarget(
            name: "PhotoBench", dependencies: ["Imaging", "Learn", "Recognition", "Support"], path: "benchmarks/PhotoBench",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "ReviewBench", dependencies: ["Recognition"], path: "benchmarks/ReviewBench", swiftSettings: swiftSettings),
        .executableTarget(name: "CascadeBench", dependencies: ["Cascade"], path: "benchmarks/CascadeBench", swiftSettings: swiftSettings),
        .executableTarget(
            name: "LearnBench", dependencies: ["Learn", "LearnONNX"], path: "benchmarks/LearnBench", swiftSettings: swiftSettings),
        .executableTarget(
            name: "GrowthBench", dependencies: ["Imaging", "Learn", "Portraits", "Recognition", "Support"], path: "benchmarks/GrowthBench",
            swiftSettings: swiftSettings),
        .executableTarget(name: "WaveletBench", dependencies: ["Imaging"], path: "benchmarks/WaveletBench", swiftSettings: swiftSettings),
        .executableTarget(
            name: "DescriptorBench", dependencies: ["Imaging", "Recognition"], path: "benchmarks/DescriptorBench",
            swiftSettings: swiftSettings),
    ]
)
