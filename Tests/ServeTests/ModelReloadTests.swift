import Foundation
import Recognition
import Serve
import ServeSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Several models, and model files that change while the server runs.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ModelReloadTests {
    private struct Bad: Error, CustomStringConvertible {
        var description: String
    }

    /// A file says "good ID", "failing ID" whose self-test fails, or anything else, which is no model.
    private static let load: @Sendable (URL) throws -> any FaceNaming = { url in
        let words = try String(contentsOf: url, encoding: .utf8).split(separator: " ").map(String.init)
        guard words.count == 2, ["good", "failing"].contains(words[0]) else { throw Bad(description: "\(url.path): no model") }
        var naming = NamingDouble(selfTest: { if words[0] == "failing" { throw Bad(description: "other numbers") } })
        naming.id = words[1]
        return naming
    }

    private struct List: Decodable {
        struct Model: Decodable {
            var name: String
            var id: String
        }
        var `default`: String
        var models: [Model]
    }

    /// A folder of such files, and what to write into it.
    private func withFolder(
        _ files: [String: String],
        _ body: @escaping @Sendable (URL, @escaping @Sendable (String, String?) throws -> Void) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("models-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let write: @Sendable (String, String?) throws -> Void = { name, text in
            let url = folder.appendingPathComponent("\(name).safetensors")
            if let text { try Data(text.utf8).write(to: url, options: .atomic) } else { try FileManager.default.removeItem(at: url) }
        }
        for (name, text) in files { try write(name, text) }
        try await body(folder, write)
    }

    private static func get(_ server: RunningServer, _ path: String) async throws -> (status: Int, text: String) {
        let url = try #require(URL(string: path, relativeTo: server.url))
        let (data, response) = try await URLSession.shared.data(from: url)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    private static func list(_ server: RunningServer) async throws -> [String] {
        let list = try JSONDecoder().decode(List.self, from: Data(try await get(server, "api/models").text.utf8))
        #expect(list.default == list.models.first?.name)
        return list.models.map { "\($0.name) \($0.id)" }
    }

    private static func wait(_ server: RunningServer, for models: [String]) async throws {
        while try await list(server) != models { try await Task.sleep(for: .milliseconds(10)) }
    }

    private static let configuration = ServeConfiguration(timeouts: Timeouts(watch: 0.02))

    @Test func changedNewAndRemovedFilesAreTaken() async throws {
        try await withFolder(["a": "good 1a", "b c": "good 2b"]) { folder, write in
            try await RunningServer.with(ModelFiles([folder], load: Self.load), Self.configuration) { server in
                #expect(try await Self.list(server) == ["a 1a", "b c 2b"])
                try write("a", "good 3a")
                try await Self.wait(server, for: ["a 3a", "b c 2b"])
                try write("d", "good 4d")
                try await Self.wait(server, for: ["a 3a", "b c 2b", "d 4d"])
                #expect(try await Self.get(server, "api/models/b%20c").text.contains("\"identity\":{\"id\":\"2b\"}"))
                try write("b c", nil)
                try await Self.wait(server, for: ["a 3a", "d 4d"])
                let missing = try await Self.get(server, "api/models/b%20c")
                #expect(missing.status == 404 && missing.text.contains("No model is called b c") && missing.text.contains("a, d"))
                #expect(try await Self.get(server, "metrics").text.contains("lineup_model_loads_total{outcome=\"loaded\"} 2\n"))
                #expect(try await Self.get(server, "metrics").text.contains("lineup_model{name=\"a\",id=\"3a\"} 1\n"))
            }
        }
    }

    @Test(arguments: ["nonsense", "failing 9"]) func aBadFileChangesNothingAndIsShown(_ bad: String) async throws {
        try await withFolder(["a": "good 1a"]) { folder, write in
            let file = folder.appendingPathComponent("a.safetensors")
            try await RunningServer.with(ModelFiles([file], load: Self.load), Self.configuration) { server in
                #expect(try await Self.get(server, "readyz").text == "ready\n")
                try write("a", bad)
                while try await Self.get(server, "readyz").text == "ready\n" { try await Task.sleep(for: .milliseconds(10)) }
                let ready = try await Self.get(server, "readyz")
                #expect(ready.status == 200 && ready.text.contains("not served: a: ") && !ready.text.contains(folder.path))
                #expect(try await Self.list(server) == ["a 1a"])
                let metrics = try await Self.get(server, "metrics").text
                #expect(metrics.contains("lineup_model_fault{name=\"a\"} 1\n") && metrics.contains("{outcome=\"refused\"} 1\n"))
                try write("a", "good 5a")
                try await Self.wait(server, for: ["a 5a"])
                #expect(try await Self.get(server, "readyz").text == "ready\n")
                #expect(try await Self.get(server, "metrics").text.contains("lineup_model_fault{name=\"a\"} 0\n"))
            }
        }
    }

    @Test func everyModelNamesFacesAtItsOwnRoute() async throws {
        let photo = try Pictures.png()
        try await withFolder(["a": "good 1a", "b": "good 2b", "broken": "nonsense", "failing": "failing 3"]) { folder, _ in
            try await RunningServer.with(ModelFiles([folder], load: Self.load), Self.configuration) { server in
                for (path, id) in [("api/classify", "1a"), ("api/models/a/classify", "1a"), ("api/models/b/classify", "2b")] {
                    var request = URLRequest(url: server.url.appendingPathComponent(path))
                    request.httpMethod = "POST"
                    request.setValue("image/png", forHTTPHeaderField: "Content-Type")
                    let (data, _) = try await URLSession.shared.upload(for: request, from: Data(photo))
                    #expect(String(decoding: data, as: UTF8.self).contains("\"model\":{\"id\":\"\(id)\"}"), "\(path)")
                }
                let ready = try await Self.get(server, "readyz").text
                #expect(ready.contains("not served: broken: ") && ready.contains("not served: failing: other numbers"))
                #expect(try await Self.list(server) == ["a 1a", "b 2b"])
            }
        }
    }

    @Test func aServerWithoutAModelDoesNotStart() async throws {
        try await withFolder(["a": "nonsense"]) { folder, _ in
            let load = Self.load
            #expect(throws: RecognitionError.self) { try LineupService(models: ModelFiles([folder], load: load)) }
            let file = folder.appendingPathComponent("a.safetensors")
            #expect(throws: Bad.self) { try LineupService(models: ModelFiles([file], load: load)) }
        }
    }
}
