import ArgumentParser
import Collecting
import Foundation
import Imaging

/// How lists and pages are fetched.
struct CollectWebOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Follow links of the page to other pages of its host so far.", valueName: "N"))
    var depth = 0

    @Option(help: ArgumentHelp("Read at most so many pages.", valueName: "N"))
    var pages = 200

    @Option(help: ArgumentHelp("Refuse photos that are less wide or less high.", valueName: "WxH"))
    var minSize: Size?

    @Option(help: ArgumentHelp("The most requests to one host in a second.", valueName: "R"))
    var rate = 2.0

    @Option(help: ArgumentHelp("Requests under way at once, each of another host.", valueName: "N"))
    var downloads = 8

    @Flag(help: "Ask addresses of this machine and of private networks too.")
    var allowPrivate = false

    @Option(help: ArgumentHelp("Trust the certificates of this PEM file besides the system's.", valueName: "file"))
    var certificates: String?

    func check() throws {
        guard (0...100).contains(depth) else { throw ValidationError("--depth takes a number from 0 to 100, not \(depth)") }
        guard (1...1_000_000).contains(pages) else { throw ValidationError("--pages takes a number from 1 to 1000000, not \(pages)") }
        guard (1...256).contains(downloads) else { throw ValidationError("--downloads takes a number from 1 to 256, not \(downloads)") }
        guard rate >= 0.001, rate <= 1000 else { throw ValidationError("--rate takes a number from 0.001 to 1000, not \(rate)") }
    }

    /// - Throws: `CollectingError.unusableProxy`.
    func settings() throws -> WebCollector.Settings {
        var settings = WebCollector.Settings()
        settings.depth = depth
        settings.pages = pages
        settings.smallest = minSize
        settings.interval = .seconds(1 / rate)
        settings.downloads = downloads
        settings.allowsPrivate = allowPrivate
        settings.certificates = certificates.map(fileURL)
        settings.proxies = try ProxyEnvironment(ProcessInfo.processInfo.environment)
        return settings
    }
}
