import Foundation
import Serve
import ServeSupport
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What only shows over a real connection: pace, order, early ends, and many at once.
@Suite(.serialized, .timeLimit(.minutes(3))) struct SocketTests {
    private static func head(_ length: Int, _ more: String = "") -> String {
        "POST /api/classify HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: \(length)\r\n\(more)\r\n"
    }

    private static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n" }

    private static func isHealthy(_ server: RunningServer) throws -> Bool {
        let connection = try RawConnection(port: server.port)
        try connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return try connection.receive().hasPrefix("HTTP/1.1 200")
    }

    @Test func oneConnectionCarriesSeveralRequests() async throws {
        let photo = try Pictures.png(faces: 1)
        try await RunningServer.blocking { server in
            let connection = try RawConnection(port: server.port)
            for _ in 0..<3 {
                try connection.send(Array(Self.head(photo.count).utf8) + photo)
                let answer = try connection.receive(until: "\"unnamed\":[]}")
                #expect(answer.hasPrefix("HTTP/1.1 200"))
                #expect(!answer.lowercased().contains("connection: close"))
            }
        }
    }

    @Test func aBodyThatWaitsForPermissionIsAskedFor() async throws {
        let photo = try Pictures.png()
        try await RunningServer.blocking { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(Self.head(photo.count, "Expect: 100-continue\r\n"))
            #expect(try connection.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
            try connection.send(photo)
            #expect(try connection.receive(until: "\"unnamed\":[]}").hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func aBodyAnnouncedTooLargeIsRefusedBeforeItIsSent() async throws {
        try await RunningServer.blocking { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(Self.head(900_000_000, "Expect: 100-continue\r\n"))
            let answer = try connection.receive(until: "}")
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(answer.lowercased().contains("connection: close"))
            #expect(answer.contains("\"limit\":20000000"))
        }
    }

    @Test func aChunkedBodyOverTheLimitIsRefusedAndTheConnectionClosed() async throws {
        let configuration = ServeConfiguration(limits: RequestLimits(bytes: 1_000), timeouts: Timeouts(linger: 0.2))
        try await RunningServer.blocking(NamingDouble(), configuration) { server in
            let connection = try RawConnection(port: server.port)
            try connection.send("POST /api/classify HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n")
            try connection.send("7d0\r\n" + String(repeating: "x", count: 2_000) + "\r\n")
            let answer = try connection.receive()
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(try Self.isHealthy(server))
        }
    }

    @Test func aBodyThatDoesNotComeIsAnswered408() async throws {
        let configuration = ServeConfiguration(timeouts: Timeouts(body: 0.3))
        try await RunningServer.blocking(NamingDouble(), configuration) { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(Self.head(1_000))
            try connection.send("only this")
            let answer = try connection.receive()
            #expect(answer.hasPrefix("HTTP/1.1 408"))
            #expect(answer.contains("urn:lineup:problem:slow-body"))
            #expect(answer.contains("Only 9 bytes"))
            #expect(answer.lowercased().contains("x-request-id:"))
            #expect(try Self.isHealthy(server))
        }
    }

    @Test func aHeadThatDoesNotComeIsHungUpOn() async throws {
        try await RunningServer.blocking(NamingDouble(), ServeConfiguration(timeouts: Timeouts(idle: 0.3))) { server in
            let connection = try RawConnection(port: server.port)
            try connection.send("GET /healthz HTT")
            #expect(try connection.receive().isEmpty)
            #expect(try Self.isHealthy(server))
        }
    }

    private static let longHeader = String(repeating: "x", count: 100_000)
    private static let notHTTP: [(bytes: String, status: Int)] = [
        ("nonsense\r\n\r\n", 400), ("GET / HTTP/1.1\r\nBad Header\r\n\r\n", 400), ("GET /\0 HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        ("POST /api/classify HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: \(longHeader)\r\n\r\n", 431),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{7C}\u{3}\u{3}", 400),
    ]

    @Test(arguments: notHTTP)
    func whatIsNotHTTPIsAProblemToo(_ bytes: String, _ status: Int) async throws {
        try await RunningServer.blocking { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(bytes)
            let answer = try connection.receive()
            #expect(answer.hasPrefix("HTTP/1.1 \(status)"))
            #expect(answer.contains("application/problem+json") && answer.contains("\"advice\":"))
            #expect(answer.lowercased().contains("x-request-id:") && answer.lowercased().contains("connection: close"))
            #expect(try Self.isHealthy(server))
        }
    }

    @Test func aHangUpAndBrokenChunksAreNotTheServersErrors() async throws {
        try await RunningServer.blocking { server in
            for body in ["Content-Length: 100\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n64\r\nhalf"] {
                let connection = try RawConnection(port: server.port)
                try connection.send("POST /api/classify HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\n" + body)
                connection.finishSending()
                _ = try connection.receive()
            }
            let chunked = try RawConnection(port: server.port)
            try chunked.send(
                "POST /api/classify HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
            let answer = try chunked.receive()
            #expect(answer.hasPrefix("HTTP/1.1 400"))
            #expect(answer.contains("malformed-http"))
            let metrics = try RawConnection(port: server.port)
            try metrics.send("GET /metrics HTTP/1.0\r\n\r\n")
            #expect(try metrics.receive().contains("status=\"500\"") == false)
        }
    }

    @Test(arguments: ["HTTP/1.0\r\n", "HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n", "HTTP/1.1\r\nHost: x\r\nConnection: close, te\r\n"])
    func aConnectionThatShallEndEnds(_ head: String) async throws {
        try await RunningServer.blocking { server in
            let connection = try RawConnection(port: server.port)
            try connection.send("GET /healthz \(head)\r\n")
            let answer = try connection.receive()
            #expect(answer.hasPrefix("HTTP/1.1 200") && answer.lowercased().contains("connection: close"))
        }
    }

    @Test func aClientThatFinishedSendingGetsItsAnswer() async throws {
        let photo = try Pictures.png()
        try await RunningServer.blocking(NamingDouble(work: { Thread.sleep(forTimeInterval: 0.05) })) { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(Array(Self.head(photo.count).utf8) + photo)
            connection.finishSending()
            let answer = try connection.receive()
            #expect(answer.contains("HTTP/1.1 200") && answer.contains("\"unnamed\":[]}"))
        }
    }

    @Test func anOldClientIsNotAskedToGoOn() async throws {
        let photo = try Pictures.png()
        try await RunningServer.blocking { server in
            let connection = try RawConnection(port: server.port)
            let head =
                "POST /api/classify HTTP/1.0\r\nContent-Type: image/png\r\nContent-Length: \(photo.count)\r\nExpect: 100-continue\r\n\r\n"
            try connection.send(Array(head.utf8) + photo)
            #expect(try connection.receive().hasPrefix("HTTP/1.1 200"))
        }
    }

    /// Requests sent ahead are answered in order; a client that sends very many and reads nothing is closed.
    @Test func pipelinedRequestsAreAnsweredInOrderAndBounded() async throws {
        try await RunningServer.blocking { server in
            let few = try RawConnection(port: server.port)
            try few.send(
                Self.get("/healthz") + Self.get("/nowhere") + Self.get("/readyz")
                    + "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let answers = try few.receive()
            #expect(answers.matches(of: /HTTP\/1\.1 (\d+)/).map { String($0.1) } == ["200", "404", "200", "200"])
            let many = try RawConnection(port: server.port)
            try many.send(String(repeating: Self.get("/healthz"), count: 500))
            #expect(try many.receive().matches(of: /HTTP\/1\.1 200/).count < 500)
        }
    }

    @Test func connectionsOfOneAddressAreBounded() async throws {
        let limits = RequestLimits(connections: 8, connectionsPerAddress: 3)
        try await RunningServer.blocking(NamingDouble(), ServeConfiguration(limits: limits)) { server in
            // The client that waited for the server to be ready holds one.
            let open = try (0..<4).map { _ in try RawConnection(port: server.port, patience: 2) }
            let last = try RawConnection(port: server.port)
            #expect(try last.receive().isEmpty)
            let other = try RawConnection(port: server.port, from: "127.0.0.2")
            try other.send("GET /healthz HTTP/1.0\r\n\r\n")
            #expect(try other.receive().hasPrefix("HTTP/1.1 200"))
            withExtendedLifetime(open) {}
        }
    }

    @Test func whoWatchesGetsThroughWhenAllPlacesAreBusy() async throws {
        let photo = try Pictures.png()
        let limits = RequestLimits(connections: 2, connectionReserve: 2)
        try await RunningServer.blocking(NamingDouble(), ServeConfiguration(limits: limits)) { server in
            let uploads = try (0..<2).map { _ in
                let connection = try RawConnection(port: server.port)
                try connection.send(Array(Self.head(photo.count, "Expect: 100-continue\r\n").utf8))
                _ = try connection.receive(until: "\r\n\r\n")
                return connection
            }
            let photos = try RawConnection(port: server.port)
            try photos.send(Array(Self.head(photo.count).utf8) + photo)
            let refusal = try photos.receive()
            #expect(refusal.hasPrefix("HTTP/1.1 503") && refusal.contains("too-many-connections"))
            #expect(try Self.isHealthy(server))
            for upload in uploads {
                try upload.send(photo)
                #expect(try upload.receive(until: "\"unnamed\":[]}").hasPrefix("HTTP/1.1 200"))
            }
        }
    }

    @Test func clientsThatHangUpLeaveNoWorkerBehind() async throws {
        let photo = try Pictures.png(width: 300, height: 300)
        let configuration = ServeConfiguration(workers: 1, queue: 4)
        try await RunningServer.blocking(NamingDouble(work: { Thread.sleep(forTimeInterval: 0.02) }), configuration) { server in
            for cut in stride(from: 0, to: photo.count, by: max(1, photo.count / 20)) {
                let connection = try RawConnection(port: server.port)
                try connection.send(Array(Self.head(photo.count).utf8) + photo[..<cut])
            }
            for _ in 0..<8 {
                let connection = try RawConnection(port: server.port)
                try connection.send(Array(Self.head(photo.count).utf8) + photo)
            }
            var answer = ""
            for _ in 0..<100 where !answer.hasPrefix("HTTP/1.1 200") {
                let connection = try RawConnection(port: server.port)
                try connection.send(Array(Self.head(photo.count, "Connection: close\r\n").utf8) + photo)
                answer = try connection.receive()
                #expect(answer.hasPrefix("HTTP/1.1 200") || answer.hasPrefix("HTTP/1.1 503"))
            }
            #expect(answer.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func twoHundredAtOnceAreEachAnswered() async throws {
        let photo = try Pictures.png(faces: 1)
        let configuration = ServeConfiguration(limits: RequestLimits(connectionsPerAddress: 300), workers: 2, queue: 8)
        try await RunningServer.with(NamingDouble(work: { Thread.sleep(forTimeInterval: 0.005) }), configuration) { server in
            let sessionConfiguration = URLSessionConfiguration.ephemeral
            sessionConfiguration.httpMaximumConnectionsPerHost = 200
            let session = URLSession(configuration: sessionConfiguration)
            var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(server.port)/api/classify")))
            request.httpMethod = "POST"
            request.setValue("image/png", forHTTPHeaderField: "Content-Type")
            let ready = request
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        let (_, response) = try await session.upload(for: ready, from: Data(photo))
                        let http = response as? HTTPURLResponse
                        if http?.statusCode == 503 { #expect(http?.value(forHTTPHeaderField: "Retry-After") != nil) }
                        return http?.statusCode ?? 0
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count == 200)
            #expect(Set(statuses).isSubset(of: [200, 503]))
            #expect(statuses.contains(200))
            let (health, _) = try await session.data(from: server.url.appendingPathComponent("healthz"))
            #expect(String(decoding: health, as: UTF8.self) == "ok\n")
            let (_, response) = try await session.upload(for: ready, from: Data(photo))
            #expect((response as? HTTPURLResponse)?.statusCode == 200)
        }
    }

    @Test func aLongJobIsCutWhenTheTimeForShuttingDownIsNearlyOver() async throws {
        let photo = try Pictures.png(faces: 1)
        let begun = DispatchSemaphore(value: 0)
        var naming = NamingDouble(work: { begun.signal() })
        naming.isEndless = true
        let configuration = ServeConfiguration(timeouts: Timeouts(shutdown: 2, work: 3600), workers: 1)
        try await RunningServer.blocking(naming, configuration) { server in
            // One is worked on, the other waits for the worker.
            let connections = try (0..<2).map { _ in try RawConnection(port: server.port) }
            for connection in connections { try connection.send(Array(Self.head(photo.count).utf8) + photo) }
            begun.waitAMinute()
            try waiting(for: "the second request to be read") {
                let metrics = try RawConnection(port: server.port)
                try metrics.send("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                let text = try metrics.receive()
                return text.contains("lineup_pool_waiting 1\n") || text.contains("lineup_pool_paused 1\n") ? () : nil
            }
            server.shutDown()
            for connection in connections {
                let answer = try connection.receive()
                #expect(answer.hasPrefix("HTTP/1.1 503") && answer.contains("urn:lineup:problem:shutting-down"))
                #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
            }
        }
    }

    @Test func aRequestUnderWayIsAnsweredWhileTheServerShutsDown() async throws {
        let photo = try Pictures.png(faces: 1)
        let (begun, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let naming = NamingDouble(work: {
            begun.signal()
            gate.waitAMinute()
        })
        try await RunningServer.blocking(naming) { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(Array(Self.head(photo.count).utf8) + photo)
            begun.waitAMinute()
            server.shutDown()
            try waiting(for: "the listening socket's end") { (try? RawConnection(port: server.port)) == nil ? () : nil }
            gate.signal()
            #expect(try connection.receive().hasPrefix("HTTP/1.1 200"))
        }
    }
}
