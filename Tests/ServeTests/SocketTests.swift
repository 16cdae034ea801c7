import Foundation
import Serve
import ServeSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What only shows over a real connection: pace, order, early ends, and many at once.
@Suite(.serialized, .timeLimit(.minutes(3))) struct SocketTests {
    private static func head(_ length: Int, _ more: String = "") -> String {
        "POST /api/classify HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: \(length)\r\n\(more)\r\n"
    }

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
                let answer = try connection.receive(until: "\"reason\":null}")
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
            #expect(try connection.receive(until: "\"reason\":null}").hasPrefix("HTTP/1.1 200"))
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

    @Test(arguments: ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nBad Header\r\n\r\n", "GET /\0 HTTP/1.1\r\n\r\n"])
    func whatIsNotHTTPIsRefused(_ bytes: String) async throws {
        try await RunningServer.blocking { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(bytes)
            #expect(try connection.receive().hasPrefix("HTTP/1.1 400"))
            #expect(try Self.isHealthy(server))
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
        let configuration = ServeConfiguration(workers: 2, queue: 8)
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

    @Test func aRequestUnderWayIsAnsweredWhileTheServerShutsDown() async throws {
        let photo = try Pictures.png(faces: 1)
        let (begun, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let naming = NamingDouble(work: {
            begun.signal()
            gate.wait()
        })
        try await RunningServer.blocking(naming) { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(Array(Self.head(photo.count).utf8) + photo)
            begun.wait()
            server.shutDown()
            while (try? RawConnection(port: server.port)) != nil { Thread.sleep(forTimeInterval: 0.005) }
            gate.signal()
            #expect(try connection.receive().hasPrefix("HTTP/1.1 200"))
        }
    }
}
