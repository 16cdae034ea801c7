import Foundation
import Imaging
import Portraits
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `lineup serve` as an operator runs it: signals, and the log as JSON.
@Suite struct ServeCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ line: String) throws {
        let run = try LineupProcess(line.split(separator: " ").map(String.init), in: folder.url)
        try #require(run.status == 0, "lineup \(line): \(run.errors)")
    }

    private func get(_ url: String) -> String? {
        URL(string: url).flatMap { try? Data(contentsOf: $0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The id of the model that is served.
    private func model(at base: String) -> String? {
        struct Page: Decodable {
            struct Identity: Decodable { var id: String }
            var identity: Identity
        }
        return get("\(base)/api/model").flatMap { try? JSONDecoder().decode(Page.self, from: Data($0.utf8)).identity.id }
    }

    /// Two models of the same portraits, and the bytes of one portrait.
    private func train() throws -> [UInt8] {
        let studio = PortraitStudio(seed: 1)
        var photo: [UInt8] = []
        for athlete in 0..<2 {
            for number in 0..<9 where PortraitStudio.kind(of: number) == .frontal {
                let portrait = studio.portrait(of: athlete, number: number)
                photo = try ImageFile.encodePNG(portrait.image)
                try folder.write(photo, to: "photos/\(portrait.label)/\(number).png")
            }
        }
        try run("clean photos --into faces --recipe classic --quiet")
        for (name, folds) in [("first", 3), ("second", 2)] {
            try run("train faces --recipe classic --folds \(folds) --out \(name).safetensors --report \(name) --quiet")
        }
        return photo
    }

    @Test func aHangUpSignalTakesAChangedModelAndTheLogSaysWhoAskedForWhat() async throws {
        let photo = try train()
        let place = folder.url.appendingPathComponent("served.safetensors")
        func put(_ bytes: Data) throws { try bytes.write(to: place, options: .atomic) }
        try put(try Data(contentsOf: folder.url.appendingPathComponent("first.safetensors")))
        let line = "serve served.safetensors --port 0 --port-file port --watch-time 0 --log-json"
        let server = try LineupProcess.start(line.split(separator: " ").map(String.init), in: folder.url)
        defer { server.kill() }
        let port = try waiting(for: "the port") {
            (try? String(contentsOf: folder.url.appendingPathComponent("port"), encoding: .utf8))?.split(separator: "\n").first
        }
        let base = "http://127.0.0.1:\(port)"
        _ = try waiting(for: "readiness") { get("\(base)/readyz") }
        let first = try #require(model(at: base))

        try put(try Data(contentsOf: folder.url.appendingPathComponent("second.safetensors")))
        #expect(model(at: base) == first)
        server.hangUp()
        let second = try waiting(for: "the second model") { model(at: base).flatMap { $0 == first ? nil : $0 } }

        try put(Data("no model".utf8))
        server.hangUp()
        let fault = try waiting(for: "the fault") { get("\(base)/readyz").flatMap { $0 == "ready\n" ? nil : $0 } }
        #expect(fault.hasPrefix("ready\n") && fault.contains("not served: served: "))
        #expect(model(at: base) == second)

        var request = URLRequest(url: try #require(URL(string: "\(base)/api/classify?secret-query=1")))
        request.httpMethod = "POST"
        request.setValue("image/png; name=secret-name", forHTTPHeaderField: "Content-Type")
        request.setValue("test:1", forHTTPHeaderField: "X-Request-Id")
        let (_, response) = try await URLSession.shared.upload(for: request, from: Data(photo))
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        server.terminate()
        #expect(server.waitForEnd() == 0)

        let log = try server.texts().errors
        #expect(!log.contains("secret"))
        let lines = try log.split(separator: "\n").map { try JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
        let asked = try #require(lines.first { $0["request"] == "test:1" })
        let said = [
            "message": "request", "client": "127.0.0.1", "method": "POST", "route": "/api/classify", "status": "200", "level": "info",
        ]
        for (key, value) in said { #expect(asked[key] == value, "\(key)") }
        #expect(Double(asked["milliseconds"] ?? "") != nil)
        #expect(lines.allSatisfy { $0["time"]?.hasSuffix("Z") == true })
        #expect(lines.contains { $0["message"] == "model loaded" && $0["id"] == second })
        #expect(lines.contains { $0["message"]?.hasPrefix("model not loaded") == true && $0["level"] == "error" })
    }
}
