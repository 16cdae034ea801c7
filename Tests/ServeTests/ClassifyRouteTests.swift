import Foundation
import Hummingbird
import HummingbirdTesting
import Recognition
import Serve
import ServeSupport
import TestSupport
import Testing

@Suite struct ClassifyRouteTests {
    private static let multipart = "multipart/form-data; boundary=xYzZy"

    @Test func aPhotoIsAnsweredTheSameHoweverItIsSent() async throws {
        let photo = try Pictures.png(faces: 2)
        let text = Data(photo).base64EncodedString()
        try await withRoutes { client in
            var answers: [PhotoAnswer] = []
            for (type, body) in [
                ("image/png", photo), (nil, photo), ("application/octet-stream", photo), ("image/jpeg", photo),
                (Self.multipart, Pictures.multipart([("file", "a.png", photo)])),
                (Self.multipart, Pictures.multipart([("image", "not.a.picture.txt", photo)])),
                ("application/json", Array("{\"image\":\"\(text)\"}".utf8)),
                ("application/json; charset=utf-8", Array("{\"image\":\"data:image/png;base64,\(text)\"}".utf8)),
            ] as [(String?, [UInt8])] {
                let response = try await client.post("/api/classify", type: type, body)
                #expect(response.status == .ok, "\(type ?? "no type")")
                #expect(response.headers[.contentType] == "application/json")
                #expect(response.headers[.cacheControl] == "no-store")
                answers.append(try response.decoded())
            }
            #expect(answers.allSatisfy { $0 == answers[0] })
            #expect(answers[0].faces.count == 2)
            #expect(answers[0].faces[0].label == "bruno")
        }
    }

    @Test(arguments: [(0, "no_face"), (1, "no_eyes"), (2, "too_small")])
    func noFaceIsAnAnswerWithAReason(_ code: Int, _ reason: String) async throws {
        let photo = try Pictures.png(faces: 0, reason: code)
        try await withRoutes { client in
            let response = try await client.post("/api/classify", type: "image/png", photo)
            #expect(response.status == .ok)
            #expect(try response.object["reason"] as? String == reason)
            #expect((try response.object["faces"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func nothingIsLeftOutOfTheAnswerThatMayBeNull() async throws {
        let photo = try Pictures.png(faces: 1, score: 0)
        try await withRoutes { client in
            let response = try await client.post("/api/classify", type: "image/png", photo)
            let face = try #require((response.object["faces"] as? [[String: Any]])?.first)
            #expect(try response.object["reason"] is NSNull)
            #expect(face["label"] is NSNull)
            #expect(face["known"] as? Bool == false)
        }
    }

    @Test func severalPhotosEachHaveTheirAnswerOrProblem() async throws {
        let body = Pictures.multipart([
            ("file", "a.png", try Pictures.png(faces: 1)), ("file", "b.txt", Array("not a picture at all".utf8)),
            ("image", "c.png", try Pictures.png(faces: 0)),
        ])
        try await withRoutes { client in
            let response = try await client.post("/api/classify", type: Self.multipart, body)
            #expect(response.status == .ok)
            let photos = try #require(response.object["photos"] as? [[String: Any]])
            #expect(photos.map { $0["name"] as? String } == ["a.png", "b.txt", "c.png"])
            #expect(photos.map { $0["answer"] != nil } == [true, false, true])
            #expect((photos[1]["problem"] as? [String: Any])?["status"] as? Int == 415)
        }
    }

    /// Every refusal the interfaces document promises: status, type, and that it says what to do.
    @Test(
        arguments: [
            ("image/png", [UInt8](), 400, "no-photo"),
            (nil, [], 400, "no-photo"),
            ("multipart/form-data", Array("--b--".utf8), 400, "malformed-multipart"),
            ("multipart/form-data; boundary=b", Array("--b".utf8), 400, "malformed-multipart"),
            ("multipart/form-data; boundary=\"b", Array("--b".utf8), 400, "malformed-content-type"),
            ("application/json", Array("{\"image\":".utf8), 400, "malformed-json"),
            ("application/json", Array("{\"image\":\"*\"}".utf8), 400, "malformed-base64"),
            ("application/json", Array("{\"image\":\"data:x\"}".utf8), 400, "malformed-data-url"),
            ("image/jpeg", Array("just some text".utf8), 415, "not-a-photo"),
            ("text/plain", Array("just some text".utf8), 415, "unsupported-content-type"),
            ("application/x-www-form-urlencoded", Array("a=b".utf8), 415, "unsupported-content-type"),
            ("image/png", Pictures.hugePNG, 413, "too-many-pixels"),
            ("image/png", [UInt8](repeating: 1, count: 5_001), 413, "too-many-bytes"),
        ] as [(String?, [UInt8], Int, String)])
    func refusalsAreProblems(_ type: String?, _ body: [UInt8], _ status: Int, _ name: String) async throws {
        try await withRoutes(NamingDouble(), ServeConfiguration(limits: RequestLimits(bytes: 5_000))) { client in
            let response = try await client.post("/api/classify", type: type, body)
            #expect(response.headers[.contentType] == "application/problem+json")
            let problem = try response.decoded(ReadProblem.self)
            #expect(problem.type == "urn:lineup:problem:\(name)")
            #expect(problem.status == status)
            #expect(Int(response.status.code) == status)
            #expect(!problem.title.isEmpty && !problem.detail.isEmpty && !problem.advice.isEmpty)
            #expect(problem.requestId == response.headers[.init("X-Request-Id")!])
        }
    }

    @Test(arguments: ["gzip", "br", "GZIP, identity"])
    func aCompressedBodyIsNamed(_ encoding: String) async throws {
        let photo = try Pictures.png()
        try await withRoutes { client in
            let response = try await client.post("/api/classify", type: "image/png", photo, headers: [.contentEncoding: encoding])
            #expect(response.status == .unsupportedMediaType)
            let problem = try response.decoded(ReadProblem.self)
            #expect(problem.type == "urn:lineup:problem:unsupported-content-encoding")
            #expect(problem.detail.contains("Content-Encoding is \(encoding)"))
            let plain = try await client.post("/api/classify", type: "image/png", photo, headers: [.contentEncoding: "identity"])
            #expect(plain.status == .ok)
        }
    }

    @Test func aLongContentTypeIsNotEchoedWhole() async throws {
        try await withRoutes { client in
            let response = try await client.post("/api/classify", type: "text/" + String(repeating: "x", count: 32_000), [1])
            #expect(response.status == .unsupportedMediaType)
            #expect(response.body.readableBytes < 2_000)
        }
    }

    @Test func aCutPhotoIsDamagedAndNamesItsFormat() async throws {
        let photo = try Pictures.png(width: 200, height: 200)
        try await withRoutes { client in
            let response = try await client.post("/api/classify", type: "image/png", Array(photo[..<(photo.count / 2)]))
            #expect(response.status == .unprocessableContent)
            #expect(try response.decoded(ReadProblem.self).format == "PNG")
        }
    }

    @Test(arguments: [("GIF89a......", "GIF"), ("%PDF-1.7 ...", "PDF"), ("<!doctype html><p>", "HTML")])
    func foreignFormatsAreNamed(_ start: String, _ format: String) async throws {
        try await withRoutes { client in
            let response = try await client.post("/api/classify", type: "image/jpeg", Array(start.utf8))
            #expect(response.status == .unsupportedMediaType)
            #expect(try response.decoded(ReadProblem.self).format == format)
        }
    }

    @Test func aFullPoolAnswersWithRetryAfter() async throws {
        let (gate, photo) = (DispatchSemaphore(value: 0), try Pictures.png())
        let configuration = ServeConfiguration(workers: 1, queue: 0)
        try await withRoutes(NamingDouble(work: { gate.waitAMinute() }), configuration) { client in
            try await withThrowingTaskGroup(of: TestResponse.self) { group in
                group.addTask { try await client.post("/api/classify", type: "image/png", photo) }
                try await waitUntil("the first photo's work") {
                    try await client.get("/metrics").text.contains("lineup_pool_running 1")
                }
                let refused = try await client.post("/api/classify", type: "image/png", photo)
                #expect(refused.status == .serviceUnavailable)
                #expect(refused.headers[.retryAfter] == "1")
                #expect(try refused.decoded(ReadProblem.self).type == "urn:lineup:problem:busy")
                gate.signal()
                #expect(try await group.next()?.status == .ok)
            }
            #expect(try await client.get("/metrics").text.contains("lineup_pool_rejected_total 1"))
        }
    }

    @Test func nothingIsNamedBeforeTheSelfTestPassed() async throws {
        struct Broken: Error {}
        let photo = try Pictures.png()
        try await withRoutes(NamingDouble(selfTest: { throw Broken() }), isReady: false) { client in
            try await waitUntil("the self-test's failure") {
                let response = try await client.get("/readyz")
                #expect(response.status == .serviceUnavailable)
                return try response.decoded(ReadProblem.self).type == "urn:lineup:problem:self-test-failed"
            }
            #expect(try await client.post("/api/classify", type: "image/png", photo).status == .serviceUnavailable)
            #expect(try await client.get("/healthz").status == .ok)
            #expect(try await client.get("/metrics").text.contains("lineup_ready 0"))
        }
    }
}
