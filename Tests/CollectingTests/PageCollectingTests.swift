#if HTML
    import Collecting
    import Foundation
    import Imaging
    import Recognition
    import TestSupport
    import Testing

    @Suite struct PageCollectingTests {
        private let collection: Collection

        init() throws { collection = try Collection() }

        private static func page(_ body: String) -> [BadServer.Step] {
            .answer("200 OK", ["Content-Type: text/html; charset=utf-8"], body: Array("<!doctype html><html><body>\(body)".utf8))
        }

        /// A site of three pages whose pictures are called by numbers.
        private func site(robots: @escaping @Sendable () -> [BadServer.Step] = { .answer("404 Not Found") }) async throws -> BadServer {
            let photos = try (0..<10).map { try Collection.photo($0, side: $0 == 9 ? 16 : 64) }
            return try await BadServer { request in
                switch request.target {
                case "/robots.txt": robots()
                case "/team/":
                    Self.page(
                        """
                        <a rel="license" href="/licence">CC0</a><img src="0.png"><img src="data:," data-src="1.png">
                        <picture><source srcset="small.png 100w, 2.png 800w"><img src="2.png"></picture>
                        <a href="3.png">large</a><a href="next">next</a><a href="http://other.invalid/">other</a><a href="mailto:a@b">mail</a>
                        <img src="/private/4.png"><img src="9.png"><p>unclosed <b>
                        """)
                case "/team/next": Self.page("<img src='5.png'><a href='/team/'>back</a><a href='last'>last</a>")
                case "/team/last": Self.page("<img src='6.png'>")
                default:
                    if let number = Int(request.target.split(separator: "/").last?.dropLast(4) ?? "") {
                        .answer("200 OK", ["Content-Type: image/png"], body: photos[number])
                    } else {
                        .answer("404 Not Found")
                    }
                }
            }
        }

        @Test func aPageGivesItsPictures() async throws {
            let server = try await site()
            collection.settings.smallest = Size(width: 32, height: 32)
            let summary = try await collection.collect(page: server.url("/team/"))
            #expect(summary.pages == 1 && summary.photos.stored == 5)
            #expect(summary.faults == ["too small": 1])
            #expect(try collection.stored() == ["ann/0.png", "ann/1.png", "ann/2.png", "ann/3.png", "ann/4.png"])
            let item = try #require(try collection.items().first { $0.file == "ann/3.png" })
            #expect(item.sourcePage == server.url("/team/") && item.licence == server.url("/licence"))
            #expect(server.requests.first?.target == "/robots.txt")
            #expect(server.requests.count { $0.target == "/robots.txt" } == 1)
            try await server.stop()
        }

        @Test func otherPagesOfTheHostAreFollowedToADepth() async throws {
            let server = try await site()
            collection.settings.depth = 1
            let summary = try await collection.collect(page: server.url("/team/"))
            #expect(summary.pages == 2)
            #expect(try collection.stored().contains("ann/5.png"))
            #expect(!server.targets.contains("/team/last") && server.targets.count { $0 == "/team/" } == 1)
            try await server.stop()
        }

        @Test func robotsAreObeyedForPagesAndPictures() async throws {
            let server = try await site { .answer(body: Array("User-agent: *\nDisallow: /private\nDisallow: /team/next\n".utf8)) }
            collection.settings.depth = 2
            let summary = try await collection.collect(page: server.url("/team/"))
            #expect(summary.faults["robots.txt"] == 2)
            #expect(!server.targets.contains("/private/4.png") && !server.targets.contains("/team/next"))
            try await server.stop()
        }

        @Test(arguments: ["503 Service Unavailable", "429 Too Many Requests"])
        func withoutAnAnswerAboutRobotsNothingIsTaken(status: String) async throws {
            let server = try await site { .answer(status) }
            let error = await #expect(throws: CollectingError.self) { try await collection.collect(page: server.url("/team/")) }
            #expect(error.map { "\($0)".contains("could not be had: the server answered \(status.prefix(3))") } == true)
            #expect(server.targets.isEmpty)
            try await server.stop()
        }

        @Test func aPageOfThisMachineIsRefusedAsSuch() async throws {
            let server = try await site()
            collection.settings.allowsPrivate = false
            let error = await #expect(throws: CollectingError.self) { try await collection.collect(page: server.url("/team/")) }
            #expect(error.map { "\($0)".contains("--allow-private") } == true, "not the fault of robots.txt")
            #expect(server.requests.isEmpty)
            try await server.stop()
        }

        @Test func aPageThatCannotBeReadIsAnError() async throws {
            let server = try await site()
            for path in ["/none", "/team/0.png"] {
                await #expect(throws: CollectingError.self) { try await collection.collect(page: server.url(path)) }
            }
            for page in ["nowhere", "file:///etc/passwd", "ftp://example.org/"] {
                await #expect(throws: CollectingError.self) { try await collection.collect(page: page) }
            }
            try await server.stop()
        }
    }
#endif
