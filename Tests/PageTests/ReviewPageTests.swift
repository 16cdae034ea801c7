import Foundation
import Imaging
import Logging
import Portraits
import Recognition
import Serve
import ServeSupport
import ServiceLifecycle
import TestSupport
import Testing

/// The review page as a person meets it, by keyboard alone, in a real browser.
@Suite(.serialized, .timeLimit(.minutes(3)), .enabled(if: WebDriver.driver != nil, Comment(rawValue: WebDriver.absence)))
struct ReviewPageTests {
    private let folder: TemporaryFolder
    private var faces: URL { folder.url.appendingPathComponent("faces") }

    /// Three drawn people with three photos each; a crop of bob's stands among ann's, and one photo has two faces.
    init() throws {
        folder = try TemporaryFolder()
        let studio = PortraitStudio(seed: 1)
        for (index, label) in ["ann", "bob", "cleo"].enumerated() {
            for number in 0..<3 {
                let portrait = studio.portrait(of: index, number: number).image
                try folder.write(try ImageFile.encodePNG(portrait), to: "photos/\(label)/\(number).png")
            }
        }
        let pair = Self.sideBySide(studio.portrait(of: 0, number: 4).image, studio.portrait(of: 2, number: 4).image)
        try folder.write(try ImageFile.encodePNG(pair), to: "photos/ann/pair.png")
        _ = try Cleaner(recipe: .classic, threads: 2).clean(folder.url.appendingPathComponent("photos"), into: faces)
    }

    private static func sideBySide(_ a: Image, _ b: Image) -> Image {
        var pixels: [UInt8] = []
        for y in 0..<min(a.height, b.height) {
            pixels += a.pixels[3 * y * a.width..<3 * (y + 1) * a.width]
            pixels += b.pixels[3 * y * b.width..<3 * (y + 1) * b.width]
        }
        return Image(width: a.width + b.width, height: min(a.height, b.height), pixels: pixels)
    }

    private func crops() throws -> [String] {
        try folder.files().filter { $0.hasPrefix("faces/") && $0.hasSuffix(".png") && !$0.contains("/.") }
    }

    private func withPage(
        isRanked: Bool = true, feedback: [FeedbackFace] = [], body: @escaping @Sendable (WebDriver, ReviewSession) async throws -> Void
    ) async throws {
        let session = try ReviewSession(faces: faces, feedback: feedback, threads: 2)
        if isRanked { try await session.rank() }
        try await RunningReview.with(session) { url in
            try await WebDriver.with(showing: url) { browser in try await body(browser, session) }
        }
    }

    /// Presses keys one by one, each when the one before has been carried out.
    private func press(_ keys: String, in browser: WebDriver) async throws {
        for key in keys {
            let before = try await browser.text("String(document.body.dataset.idle ?? 0)")
            try await browser.press(String(key))
            try await browser.wait("String(document.body.dataset.idle ?? 0) !== '\(before)'")
        }
    }

    @Test func everythingIsDecidedByKeys() async throws {
        let all = try crops()
        try await withPage { browser, _ in
            #expect(try await browser.number("document.querySelectorAll('#photo rect.own').length") <= 1)
            try await browser.wait("document.querySelectorAll('#typical img').length > 0")
            let first = try await browser.text("document.getElementById('file').textContent")
            try await press("r", in: browser)
            #expect(try crops() == all.filter { $0 != "faces/\(first)" })
            #expect(try await browser.text("document.getElementById('progress').textContent") == "1 of \(all.count) decided")
            try await press("k", in: browser)
            try await press("uu", in: browser)
            #expect(try crops() == all)
            #expect(try await browser.text("document.getElementById('file').textContent") == first)
            let label = try await browser.text("document.getElementById('label').textContent")
            let target = label == "bob" ? "cleo" : "bob"
            try await browser.press("m")
            try await browser.wait("document.getElementById('mover').open")
            let before = try await browser.text("String(document.body.dataset.idle)")
            try await browser.press("\(target)\u{E007}")
            try await browser.wait("document.body.dataset.idle !== '\(before)'")
            let name = first.split(separator: "/")[1]
            #expect(try crops().contains { $0.hasPrefix("faces/\(target)/") && $0.hasSuffix("\(name)") })
            #expect(try !crops().contains("faces/\(first)"))
            try await press("u", in: browser)
            #expect(try crops() == all)
            try await browser.wait("document.getElementById('accuracy').textContent.includes('%')")
            #expect(try await browser.errors() == [])
        }
    }

    @Test func anotherFaceOfThePhotoIsOneKeyAway() async throws {
        try await withPage { browser, _ in
            for _ in 0..<12 where try await browser.text("document.getElementById('file').textContent") != "ann/pair.png-1.png" {
                try await press("n", in: browser)
            }
            #expect(try await browser.number("document.querySelectorAll('#photo rect:not(.eye)').length") == 2)
            try await press("f", in: browser)
            #expect(try await browser.number("document.querySelectorAll('#photo rect.chosen').length") == 1)
            try await press("\u{E007}", in: browser)
            #expect(try crops().filter { $0.contains("pair") } == ["faces/ann/pair.png-2.png"])
            try await press("u", in: browser)
            #expect(try crops().filter { $0.contains("pair") } == ["faces/ann/pair.png-1.png"])
            #expect(try await browser.errors() == [])
        }
    }

    @Test func aRangeOfTheGridIsRejectedAtOnceAndComesBack() async throws {
        let all = try crops()
        try await withPage { browser, _ in
            try await press("g", in: browser)
            #expect(try await browser.number("document.querySelectorAll('.cell').length") == Double(all.count))
            let shift = "\u{E008}"
            let right = "\u{E014}"
            try await browser.hold(shift, pressing: right + right)
            #expect(try await browser.number("document.querySelectorAll('.cell.selected').length") == 3)
            try await press("r", in: browser)
            #expect(try crops().count == all.count - 3)
            #expect(try await browser.number("document.querySelectorAll('.cell[data-state=reject]').length") == 3)
            try await press("u", in: browser)
            #expect(try crops() == all)
            let thumbnails = try folder.files().filter { $0.contains("/.thumbnails/") }
            #expect(thumbnails.count >= all.count - 3)
            #expect(try await browser.errors() == [])
        }
    }

    @Test func itOpensBeforeTheCropsAreMeasured() async throws {
        let all = try crops()
        try await withPage(isRanked: false) { browser, session in
            let file = "document.getElementById('file').textContent"
            #expect(try await browser.text(file) == "ann/0.png-1.png")
            #expect(try await browser.text("document.getElementById('state').textContent") == "not ranked yet")
            #expect(try await browser.text("document.getElementById('ranking').textContent").hasPrefix("measuring, 0 of \(all.count)"))
            try await press("r", in: browser)
            #expect(try crops() == all.filter { $0 != "faces/ann/0.png-1.png" })
            let shown = try await browser.text(file)
            try await session.rank()
            try await browser.wait("document.getElementById('ranking').textContent === ''")
            #expect(try await browser.text(file) == shown, "what somebody looks at does not change under their fingers")
            try await press("n", in: browser)
            let first = try session.item(session.order[0])
            #expect(try await browser.text(file) == first.file.text, "the next one is the most suspicious")
            #expect(try await browser.text("document.getElementById('state').textContent").hasPrefix("suspicion"))
            try await press("u", in: browser)
            #expect(try crops() == all)
            #expect(try await browser.errors() == [])
        }
    }

    /// The folder that `serve --feedback` fills, with two faces: one that was bob's and is ann's, one of somebody new.
    private func sendFeedback() throws -> [FeedbackFace] {
        let studio = PortraitStudio(seed: 1)
        var lines = ""
        for (number, right, shown) in [(7, "ann", "\"bob\""), (8, "dora", "null")] {
            let png = try ImageFile.encodePNG(studio.portrait(of: 0, number: number).image.resizedArea(to: Size(width: 96, height: 96)))
            let name = "\(FileBytes.sha256(png)).png"
            try folder.write(png, to: "feedback/\(name)")
            lines += #"{"at":"2026-05-01T12:00:00Z","crop":"\#(name)","model":"5c","right":"\#(right)","shown":\#(shown)}"# + "\n"
        }
        try folder.write(Array(lines.utf8), to: "feedback/feedback.jsonl")
        return try FeedbackFace.all(in: folder.url.appendingPathComponent("feedback"))
    }

    @Test func facesThatVisitorsCorrectedComeFirst() async throws {
        let all = try crops()
        let feedback = try sendFeedback()
        try await withPage(feedback: feedback) { browser, _ in
            func text(_ id: String) async throws -> String { try await browser.text("document.getElementById('\(id)').textContent") }
            func taken() throws -> [String] { try crops().filter { $0.contains("feedback-") }.map { String($0.split(separator: "/")[1]) } }
            #expect(try await text("label") == "ann")
            #expect(try await text("why").contains("is ann, was taken for bob"))
            #expect(try await text("photo-name") == "The photo of this crop is not known.")
            try await browser.wait("document.getElementById('crop').naturalWidth === 96")
            #expect(try await text("progress") == "0 of \(all.count + 2) decided")
            // Nothing is taken in unless somebody says so.
            #expect(try crops() == all)
            try await press("k", in: browser)
            #expect(try taken() == ["ann"])
            #expect(try await text("label") == "dora")
            #expect(try await text("why").contains("was taken for a stranger"))
            try await press("r", in: browser)
            #expect(try taken() == ["ann"])
            try await press("u", in: browser)
            #expect(try await text("label") == "dora")
            #expect(try await text("state").hasPrefix("suspicion"))
            try await browser.press("m")
            try await browser.wait("document.getElementById('mover').open")
            let before = try await browser.text("String(document.body.dataset.idle)")
            try await browser.press("cleo\u{E007}")
            try await browser.wait("document.body.dataset.idle !== '\(before)'")
            #expect(try taken() == ["ann", "cleo"])
            // Crops follow, and one that was taken in can be put aside as any other.
            #expect(try await !text("why").contains("sent from the page"))
            try await press("pp", in: browser)
            #expect(try await text("state") == "taken in")
            try await press("r", in: browser)
            #expect(try taken() == ["cleo"])
            try await press("uuu", in: browser)
            #expect(try crops() == all)
            #expect(try await browser.errors() == [])
        }
    }

    @Test func onlyWhoHasTheAddressIsAnswered() async throws {
        let session = try ReviewSession(faces: faces, threads: 2)
        try await RunningReview.with(session) { url in
            let port = try #require(url.port)
            let token = url.pathComponents[1]
            func status(_ line: String, host: String = "127.0.0.1", headers: String = "", body: String = "") throws -> Int {
                let connection = try RawConnection(port: port, patience: 20)
                let head = "\(line) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n"
                try connection.send(Array((head + body).utf8))
                return try Int(connection.receiveResponse().head.split(separator: " ")[1]) ?? 0
            }
            #expect(token.count == 32)
            #expect(try status("GET /\(token)/") == 200)
            #expect(try status("GET /") == 404)
            #expect(try status("GET /\(String(token.dropLast()))0x/") == 404)
            #expect(try status("GET /\(token)/", host: "evil.example") == 404)
            #expect(try status("GET /\(token)/crops/99") == 400)
            #expect(try status("GET /\(token)/crops/x") == 404)
            let json = "Content-Type: application/json\r\n"
            let decide = "POST /\(token)/api/decide"
            #expect(try status(decide, headers: "Content-Type: text/plain\r\n", body: #"{"ids":[0],"action":"reject"}"#) == 400)
            #expect(try status(decide, headers: json, body: "nonsense") == 400)
            #expect(try status(decide, headers: json, body: #"{"ids":[99],"action":"reject"}"#) == 400)
            #expect(try status(decide, headers: json, body: #"{"ids":[0],"action":"move","label":"../up"}"#) == 400)
            #expect(try status(decide, headers: json, body: #"{"ids":[0],"action":"move"}"#) == 400)
            #expect(try status(decide, headers: json, body: #"{"ids":[0],"action":"keep"}"#) == 200)
        }
    }
}

/// A review's server for as long as a closure runs.
private enum RunningReview {
    static func with(_ session: ReviewSession, body: @escaping @Sendable (URL) async throws -> Void) async throws {
        let (addresses, continuation) = AsyncStream.makeStream(of: String.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let service = ReviewService(session: session, logger: logger) { continuation.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [service], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                try await group.run()
                continuation.finish()
            }
            tasks.addTask {
                guard let address = await addresses.first(where: { _ in true }), let url = URL(string: address) else {
                    throw ServerDidNotStart()
                }
                do {
                    try await body(url)
                    await group.triggerGracefulShutdown()
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
            }
            try await tasks.waitForAll()
        }
    }
}
