#if Download
    import Collecting
    import Foundation
    import NIOCore
    import Recognition
    import TestSupport
    import Testing

    @Suite struct MisbehaviourTests {
        private let collection: Collection

        init() throws {
            collection = try Collection()
            collection.settings.attempts = 2
        }

        private static func chunked(_ steps: [BadServer.Step]) -> [BadServer.Step] {
            .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") + steps
        }

        @Test func everyFaultIsALineAndTheOthersGoOn() async throws {
            let photo = try Collection.photo(1)
            let hugeChunk = Array("10000\r\n".utf8) + photo + [UInt8](repeating: 0, count: 65536 - photo.count) + Array("\r\n".utf8)
            let server = try await BadServer { request in
                switch request.target {
                case "/good": .answer(body: photo)
                case "/page": .answer("200 OK", ["Content-Type: image/jpeg"], body: Array("<html>no photo</html>".utf8))
                case "/damaged": .answer(body: Array(photo.prefix(photo.count / 2)))
                case "/empty": .answer()
                case "/long": .text("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
                case "/endless": Self.chunked([.forever(hugeChunk)])
                case "/endless-page": Self.chunked([.forever(Array("6\r\n<html>\r\n".utf8))])
                case "/cut": [.bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n".utf8) + photo.prefix(300)), .close]
                case "/garbage": .text("SSH-2.0-OpenSSH_9.2\r\n\r\n")
                case "/closed": [.close]
                case "/gone": .answer("410 Gone")
                case "/login": .answer("401 Unauthorized", ["WWW-Authenticate: Basic"])
                default: .answer("404 Not Found")
                }
            }
            collection.settings.limits.maximumBytes = 1 << 20
            let names = [
                "page", "damaged", "empty", "long", "endless", "endless-page", "cut", "garbage", "closed", "gone", "login", "good",
            ]
            let summary = try await collection.collect(names.map { WantedPhoto(server.url("/\($0)")) })
            #expect(summary.photos.stored == 1 && summary.photos.refused == names.count - 1)
            let expected = ["no photo": 4, "too long": 2, "cut short": 3, "HTTP 410": 1, "HTTP 401": 1]
            #expect(summary.faults == expected)
            let refused = try collection.items().filter { $0.status == .refused }
            #expect(refused.count == names.count - 1 && refused.allSatisfy { $0.error?.isEmpty == false && $0.file == nil })
            #expect(server.targets.count { $0 == "/closed" } == 2, "a passing fault is tried again")
            #expect(server.targets.count { $0 == "/gone" } == 1)
            try await server.stop()
        }

        @Test func nothingIsWaitedForForever() async throws {
            let photo = try Collection.photo(1)
            let server = try await BadServer { request in
                switch request.target {
                case "/silent": []
                case "/stalled": [.bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: \(photo.count)\r\n\r\n".utf8) + photo.prefix(100))]
                default:
                    [.bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: \(photo.count)\r\n\r\n".utf8)), .drip(photo, .milliseconds(20))]
                }
            }
            collection.settings.attempts = 1
            collection.settings.idleTimeout = .milliseconds(200)
            collection.settings.totalTimeout = .milliseconds(500)
            let summary = try await collection.collect(["/silent", "/stalled", "/slow"].map { WantedPhoto(server.url($0)) })
            #expect(summary.faults == ["timed out": 3])
            try await server.stop()
        }

        @Test func aBusyServerIsLeftAloneAndAskedAgain() async throws {
            let photo = try Collection.photo(1)
            let asked = Shared<[String: Int]>([:])
            let server = try await BadServer { request in
                let times = asked.withLock { asked in
                    asked[request.target, default: 0] += 1
                    return asked[request.target, default: 0]
                }
                switch request.target {
                case "/429": return times < 2 ? .answer("429 Too Many Requests", ["Retry-After: 0"]) : .answer(body: photo)
                case "/503": return times < 3 ? .answer("503 Service Unavailable") : .answer(body: photo)
                default: return .answer("500 Internal Server Error")
                }
            }
            collection.settings.attempts = 3
            let summary = try await collection.collect(["/429", "/503", "/500"].map { WantedPhoto(server.url($0)) })
            #expect(summary.photos.stored == 1 && summary.photos.linked == 1 && summary.faults == ["HTTP 500": 1])
            let targets = ["/429", "/429", "/503", "/503", "/503", "/500", "/500", "/500"]
            #expect(server.targets == targets, "what is asked again goes before what waits")
            #expect(try collection.items().last?.code == 500)
            try await server.stop()
        }

        @Test func aServerThatAsksForALongPauseIsNotAskedAgain() async throws {
            let server = try await BadServer { _ in .answer("503 Service Unavailable", ["Retry-After: 3600"]) }
            let summary = try await collection.collect((0..<5).map { WantedPhoto(server.url("/\($0)")) })
            #expect(server.targets.count == 1 && summary.faults == ["asks to wait": 5])
            #expect(try collection.items().allSatisfy { $0.error?.contains("3600") == true })
            try await server.stop()
        }

        @Test func redirectsAreBoundedAndChecked() async throws {
            let photo = try Collection.photo(1)
            let server = try await BadServer { request in
                func to(_ location: String) -> [BadServer.Step] { .answer("302 Found", ["Location: \(location)"]) }
                return switch request.target {
                case "/a": to("/b?c=1")
                case "/b?c=1": to("d/e%20f.png#part")
                case "/d/e%20f.png": .answer(body: photo)
                case "/circle": to("/circle")
                case "/file": to("file:///etc/passwd")
                case "/ftp": to("ftp://example.org/1.png")
                case "/nowhere": .answer("301 Moved Permanently")
                default: to("/\((Int(request.target.dropFirst()) ?? 0) + 1)")
                }
            }
            let names = ["/a", "/circle", "/file", "/ftp", "/nowhere", "/1"]
            let summary = try await collection.collect(names.map { WantedPhoto(server.url($0)) })
            #expect(summary.photos.stored == 1 && summary.faults == ["redirect": 4, "no address": 1])
            #expect(try collection.stored() == ["ann/e f.png"])
            #expect(try collection.items().first { $0.file != nil }?.finalURL == server.url("/d/e%20f.png"))
            #expect(server.targets.count { Int($0.dropFirst()) != nil } == collection.settings.redirects + 1)
            try await server.stop()
        }

        @Test func aHostIsAskedInTheOrderOfTheListWithAPauseBetween() async throws {
            let photo = try Collection.photo(1)
            let times = Shared<[ContinuousClock.Instant]>([])
            let server = try await BadServer { _ in
                times.withLock { $0.append(.now) }
                return .answer(body: photo)
            }
            collection.settings.interval = .milliseconds(30)
            let names = (0..<6).map { "/\($0)" }
            _ = try await collection.collect(names.map { WantedPhoto(server.url($0)) })
            #expect(server.targets == names)
            let instants = times.withLock { $0 }
            #expect(zip(instants, instants.dropFirst()).allSatisfy { $1 - $0 >= .milliseconds(30) })
            try await server.stop()
        }

        @Test func addressesOfThisMachineAreRefusedByWhatIsConnectedTo() async throws {
            let server = try await BadServer { _ in .answer("404 Not Found") }
            collection.settings.allowsPrivate = false
            let hosts = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]
            let summary = try await collection.collect(hosts.map { WantedPhoto(server.url("/1.png", host: $0)) })
            #expect(summary.faults == ["private address": hosts.count])
            #expect(server.requests.isEmpty, "nothing was sent")
            try await server.stop()
        }
    }
#endif
