import Foundation
import HTTPTypes
import Imaging
import Recognition
import Serve
import ServeSupport
import Testing

/// Corrections that visitors send, and where they are kept.
@Suite struct FeedbackTests {
    private struct Line: Decodable, Equatable {
        var at: String
        var crop: String
        var model: String
        var right: String?
        var shown: String?
    }

    private func withFolder(maximum: Int = 10, _ body: (URL, FeedbackFolder) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("feedback-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder, FeedbackFolder(folder, maximum: maximum))
    }

    private static func lines(in folder: URL) throws -> [Line] {
        let text = try String(contentsOf: folder.appendingPathComponent("feedback.jsonl"), encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    private static let query = "/api/feedback?box=4,2,20,30&shown=bruno&right=ada&model=0123456789abcdef"

    @Test func theFaceAndWhatIsSaidOfItAreKept() async throws {
        let photo = try Pictures.png(width: 80, height: 60)
        try await withFolder { folder, feedback in
            try await withRoutes(NamingDouble(), ServeConfiguration(feedback: feedback)) { client in
                let model = try await client.get("/api/model").object
                #expect(model["feedback"] as? Bool == true)
                let kept = try await client.post(Self.query, type: "image/png", photo)
                let name = try #require(kept.object["crop"] as? String)
                let stranger = "/api/feedback?box=0,0,80,60&shown=bruno&model=0123456789abcdef"
                #expect(try await client.post(stranger, type: "image/png", photo).status == .ok)
                let lines = try Self.lines(in: folder)
                #expect(lines.map(\.shown) == ["bruno", "bruno"] && lines.map(\.right) == ["ada", nil])
                #expect(lines[0].crop == name && lines[0].model == "0123456789abcdef" && lines[0].at.hasSuffix("Z"))
                let crop = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
                let face = try ImageFile.decode(photo).cropped(to: Rect(x: 4, y: 2, width: 20, height: 30))
                #expect(try ImageFile.decode(crop) == face)
            }
        }
    }

    @Test func nothingIsKeptBeyondTheLimitAndEarlierRunsCount() async throws {
        let photo = try Pictures.png()
        try await withFolder(maximum: 2) { folder, feedback in
            try await withRoutes(NamingDouble(), ServeConfiguration(feedback: feedback)) { client in
                for status in [200, 200, 507] {
                    let answer = try await client.post(Self.query, type: "image/png", photo)
                    #expect(answer.status.code == status)
                }
            }
            let again = try FeedbackFolder(folder, maximum: 3)
            try await withRoutes(NamingDouble(), ServeConfiguration(feedback: again)) { client in
                for status in [200, 507] {
                    let answer = try await client.post(Self.query, type: "image/png", photo)
                    #expect(answer.status.code == status)
                }
            }
            #expect(try Self.lines(in: folder).count == 3)
            // Where lines were forgotten there is room again.
            let file = folder.appendingPathComponent("feedback.jsonl")
            let first = try Data(contentsOf: file).prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
            try first.write(to: file)
            try await withRoutes(NamingDouble(), ServeConfiguration(feedback: again)) { client in
                for status in [200, 200, 507] {
                    let answer = try await client.post(Self.query, type: "image/png", photo)
                    #expect(answer.status.code == status)
                }
            }
        }
    }

    @Test(arguments: [
        ("box=4,2,20,300&model=0a", 400), ("box=4,2,20&model=0a", 400), ("box=-1,2,20,30&model=0a", 400), ("model=0a", 400),
        ("box=4,2,20,30", 400), ("box=4,2,20,30&model=../x", 400), ("box=4,2,20,30&model=0a&right=../x", 400),
        ("box=4,2,20,30&model=0a&right=.hidden", 400), ("box=4,2,20,30&model=0a&right=", 400), ("box=4,2,20,30&model=0a&right=a%0Ab", 400),
        ("box=4,2,20,30&model=0a&right=.%CC%88hidden", 400), ("box=4,2,20,30&model=0a&other=1", 400),
    ])
    func whatIsNoCorrectionIsRefused(_ query: String, _ status: Int) async throws {
        let photo = try Pictures.png()
        try await withFolder { folder, feedback in
            try await withRoutes(NamingDouble(), ServeConfiguration(feedback: feedback)) { client in
                let answer = try await client.post("/api/feedback?" + query, type: "image/png", photo)
                #expect(answer.status.code == status)
                #expect(try answer.decoded(ReadProblem.self).type == "urn:lineup:problem:bad-parameter")
                #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("feedback.jsonl").path))
            }
        }
    }

    @Test func pagesOfOtherSitesAndServersWithoutAFolderTakeNone() async throws {
        let photo = try Pictures.png()
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        try await withFolder { _, feedback in
            try await withRoutes(NamingDouble(), ServeConfiguration(feedback: feedback)) { client in
                for (value, status) in [("cross-site", 403), ("same-site", 403), ("same-origin", 200)] {
                    let answer = try await client.post(Self.query, type: "image/png", photo, headers: [site: value])
                    #expect(answer.status.code == status)
                }
            }
        }
        try await withRoutes { client in
            #expect(try await client.post(Self.query, type: "image/png", photo).status == .notFound)
            let model = try await client.get("/api/model").object
            #expect(model["feedback"] as? Bool == false)
        }
    }
}
