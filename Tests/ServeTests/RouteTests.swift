import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Imaging
import Recognition
import Serve
import ServeSupport
import TestSupport
import Testing

@Suite struct RouteTests {
    @Test func everyFileThePageAsksForIsThere() async throws {
        try await withRoutes { client in
            let page = try await client.get("/")
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            let folder = try #require(page.text.firstMatch(of: /assets\/[0-9a-f]{8,16}\//)).0
            let reference = try await client.get("/api/")
            #expect(reference.text.contains("../\(folder)"))
            var names: Set<String> = []
            var next = (page.text + reference.text).matches(of: /assets\/[0-9a-f]+\/([a-z]+\.(?:js|css|svg))"/).map { String($0.1) }
            while let name = next.popLast() {
                guard names.insert(name).inserted else { continue }
                let file = try await client.get("/\(folder)\(name)")
                #expect(file.status == .ok, "\(name)")
                #expect(file.headers[.contentType]?.isEmpty == false)
                #expect(file.headers[.cacheControl] == "public, max-age=31536000, immutable")
                next += file.text.matches(of: /(?:from|import\() ?"\.\/([a-z]+\.js)"/).map { String($0.1) }
            }
            #expect(names.isSuperset(of: ["app.js", "card.js", "camera.js", "convert.js", "reference.js", "page.css", "icon.svg"]))
            // A page of another version gets this one's file, for now.
            #expect(try await client.get("/assets/0/app.js").headers[.cacheControl] == "no-cache")
            #expect(try await client.get("/assets/0/other.js").status == .notFound)
        }
    }

    @Test(arguments: [("gzip, br", true), ("br, GZIP;q=0.5", true), ("gzip;q=0", false), ("", false), ("identity", false)])
    func filesAreSentCompressedToWhoTakesThem(_ accepted: String, _ isCompressed: Bool) async throws {
        try await withRoutes { client in
            let plain = try await client.get("/")
            let file = try await client.get("/", headers: [.acceptEncoding: accepted])
            #expect(file.headers[.contentEncoding] == (isCompressed ? "gzip" : nil))
            #expect(file.headers[.vary] == "Accept-Encoding")
            #expect((file.headers[.eTag] != plain.headers[.eTag]) == isCompressed)
            let start = Array(file.body.readableBytesView.prefix(2))
            #expect((start == [0x1F, 0x8B]) == isCompressed)
            if isCompressed { #expect(file.body.readableBytes * 2 < plain.body.readableBytes) }
            let again = try await client.get("/", headers: [.acceptEncoding: accepted, .ifNoneMatch: file.headers[.eTag] ?? ""])
            #expect(again.status == .notModified)
        }
    }

    /// The page's policy forbids anything inline or from elsewhere; so there must be nothing of the kind.
    @Test func thePageNeedsNothingItsPolicyForbids() async throws {
        try await withRoutes { client in
            let page = try await client.get("/")
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            #expect(page.text.firstMatch(of: /<style|style="|<script(?![^>]*src=)|\son[a-z]+="/) == nil)
            #expect(page.text.firstMatch(of: /(?:src|href)="(?:https?:)?\/\//) == nil)
            #expect(page.headers[.init("X-Frame-Options")!] == "DENY")
        }
    }

    @Test func allAnswersBearTheSecurityHeadersAndAnId() async throws {
        try await withRoutes { client in
            for path in ["/", "/api/model", "/healthz", "/metrics", "/nowhere", "/api/classify"] {
                let headers = try await client.get(path).headers
                #expect(headers[.xContentTypeOptions] == "nosniff", "\(path)")
                #expect(headers[.init("Referrer-Policy")!] == "no-referrer")
                #expect(headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
                #expect(headers[.init("X-Request-Id")!]?.isEmpty == false)
            }
        }
    }

    @Test(arguments: [("abc-1.2_3:4", true), ("", false), ("a b", false), ("x\u{7F}", false), (String(repeating: "x", count: 129), false)])
    func aPlainRequestIdIsEchoed(_ id: String, _ isKept: Bool) async throws {
        let name = try #require(HTTPField.Name("X-Request-Id"))
        try await withRoutes { client in
            let echoed = try await client.get("/healthz", headers: [name: id]).headers[name]
            #expect((echoed == id) == isKept)
        }
    }

    @Test func anUnchangedFileIsNotSentAgain() async throws {
        try await withRoutes { client in
            let tag = try #require(try await client.get("/").headers[.eTag])
            for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                let again = try await client.get("/", headers: [.ifNoneMatch: known])
                #expect(again.status == .notModified && again.body.readableBytes == 0)
            }
            #expect(try await client.get("/", headers: [.ifNoneMatch: "\"x\""]).status == .ok)
        }
    }

    @Test(
        arguments: [
            (HTTPRequest.Method.get, "/api/classify", 405, "POST"), (.delete, "/", 405, "GET, HEAD"),
            (.put, "/api/model", 405, "GET, HEAD"),
            (.get, "/classify_image", 405, "POST, OPTIONS"), (.get, "/nowhere", 404, nil), (.post, "/api", 405, "GET, HEAD"),
            (.get, "/../etc/passwd", 404, nil), (.get, "/samples/0", 404, nil), (.get, "/samples/-1", 404, nil),
            (.get, "/api/classify/x", 404, nil),
        ] as [(HTTPRequest.Method, String, Int, String?)])
    func whatIsNotThereIsAProblem(_ method: HTTPRequest.Method, _ path: String, _ status: Int, _ allow: String?) async throws {
        try await withRoutes { client in
            let response = try await client.execute(uri: path, method: method)
            #expect(Int(response.status.code) == status)
            #expect(response.headers[.allow] == allow)
            #expect(try response.decoded(ReadProblem.self).status == status)
        }
    }

    @Test func headIsGetWithoutTheBody() async throws {
        try await withRoutes { client in
            for path in ["/", "/api/model", "/nowhere"] {
                let (head, get) = (try await client.execute(uri: path, method: .head), try await client.get(path))
                #expect(head.status == get.status)
                #expect(head.headers[.contentType] == get.headers[.contentType])
                #expect(head.body.readableBytes == 0)
            }
        }
    }

    @Test func theModelTellsWhatItLearnedAndWhatIsAccepted() async throws {
        let limits = RequestLimits(bytes: 1_234, pixels: 5_678, photos: 3)
        try await withRoutes(NamingDouble(), ServeConfiguration(limits: limits, version: "9.9")) { client in
            let response = try await client.get("/api/model")
            #expect(try response.decoded(ModelSummary.self) == NamingDouble().summary)
            #expect(try response.object["limits"] as? [String: Int] == ["bytes": 1_234, "pixels": 5_678, "photos": 3])
            #expect((try response.object["formats"] as? [String])?.contains("image/jpeg") == true)
            #expect(try response.object["version"] as? String == "9.9")
        }
    }

    @Test func whatThePageLoadsFirstIsCompressedAndKept() async throws {
        let sample = SamplePhoto(name: String(repeating: "a", count: 300), bytes: try Pictures.png(), contentType: "image/png")
        try await withRoutes(NamingDouble(), ServeConfiguration(samples: [sample])) { client in
            for path in ["/api/model", "/api/models/model", "/api/samples"] {
                let plain = try await client.get(path)
                let small = try await client.get(path, headers: [.acceptEncoding: "gzip"])
                #expect(plain.headers[.contentEncoding] == nil && small.headers[.contentEncoding] == "gzip", "\(path)")
                #expect(small.body.readableBytes < plain.body.readableBytes)
                let tag = try #require(plain.headers[.eTag])
                #expect(try await client.get(path, headers: [.ifNoneMatch: tag]).status == .notModified)
            }
        }
    }

    @Test func samplesAreListedAndServed() async throws {
        let sample = SamplePhoto(name: "ada \"1\".png", label: "ada", bytes: try Pictures.png(), contentType: "image/png")
        try await withRoutes(NamingDouble(), ServeConfiguration(samples: [sample, sample])) { client in
            let list = try #require(try await client.get("/api/samples").object["samples"] as? [[String: String]])
            #expect(list.map { $0["name"] } == ["ada \"1\".png", "ada \"1\".png"])
            let second = [
                "name": sample.name, "label": "ada", "contentType": "image/png", "url": "/samples/1", "thumbnail": "/samples/1/thumbnail",
            ]
            #expect(list[1] == second)
            let photo = try await client.get("/samples/1")
            #expect([UInt8](photo.body.readableBytesView) == sample.bytes)
            #expect(photo.headers[.contentType] == "image/png")
            #expect(try await client.get("/samples/2").status == .notFound)
            let small = try await client.get("/samples/1/thumbnail")
            #expect(small.headers[.contentType] == "image/jpeg")
            #expect(try ImageFile.decode([UInt8](small.body.readableBytesView)).size == Size(width: 64, height: 48))
        }
    }

    @Test func aFolderOfPhotosMakesSamples() throws {
        let folder = try TemporaryFolder()
        for name in ["zoe/b.png", "zoe/a.JPG", "alone.webp"] { try folder.write(try Pictures.png(), to: name) }
        for name in ["zoe/notes.txt", "zoe/fake.png"] { try folder.write([1], to: name) }
        let samples = try SamplePhoto.photos(in: folder.url)
        #expect(samples.map(\.name) == ["alone.webp", "a.JPG", "b.png"])
        #expect(samples.map(\.label) == [nil, "zoe", "zoe"])
        #expect(samples.map(\.contentType) == ["image/webp", "image/jpeg", "image/png"])
        #expect(try SamplePhoto.photos(in: folder.url, atMost: 2).count == 2)
    }

    @Test func metricsCountWhatHappened() async throws {
        let photo = try Pictures.png(faces: 3)
        try await withRoutes { client in
            _ = try await client.post("/api/classify", type: "image/png", photo)
            _ = try await client.post("/api/classify", type: "image/png", [1, 2, 3])
            for path in ["/x1", "/x2"] { _ = try await client.get(path) }
            let response = try await client.get("/metrics")
            #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            for line in [
                "lineup_http_requests_total{method=\"POST\",route=\"/api/classify\",status=\"200\"} 1",
                "lineup_http_requests_total{method=\"POST\",route=\"/api/classify\",status=\"415\"} 1",
                "lineup_http_requests_total{method=\"GET\",route=\"unknown\",status=\"404\"} 2",
                "lineup_http_request_seconds_count{route=\"/api/classify\"} 2",
                "lineup_photos_total{outcome=\"faces\"} 1", "lineup_photos_total{outcome=\"error\"} 1", "lineup_faces_total 3",
                "lineup_stage_seconds_sum{stage=\"detect\"} 0.002", "lineup_ready 1", "lineup_pool_running 0",
                "lineup_upload_bytes_in_flight 0", "lineup_build_info{version=\"0.1.0\",model=\"0123456789abcdef\"} 1",
            ] { #expect(response.text.contains(line + "\n"), "\(line)") }
        }
    }

    /// The description and the route table name the same methods at the same paths.
    @Test func theDescriptionNamesEveryRoute() async throws {
        let sample = SamplePhoto(name: "a", bytes: [1], contentType: "image/png")
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let configuration = ServeConfiguration(feedback: try FeedbackFolder(folder.url, maximum: 1), samples: [sample])
        let service = LineupService(naming: NamingDouble(), configuration: configuration)
        let description = try await withRoutes { client in try await client.get("/api/openapi.json").object }
        let paths = try #require(description["paths"] as? [String: [String: Any]])
        let described = paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } }
        #expect(Set(described) == Set(service.routes.map { "\($0.method) \($0.path)" }))
    }
}
