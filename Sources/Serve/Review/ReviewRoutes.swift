import Foundation
import HTTPTypes
import Hummingbird
import Recognition
import Support

/// The review page's files and calls, below the token.
struct ReviewRoutes: Sendable {
    let session: ReviewSession

    private static let files: [(path: String, bytes: [UInt8], contentType: String)] = [
        ("", PackageResources.review_html, "text/html; charset=utf-8"),
        ("icon.svg", PackageResources.icon_svg, "image/svg+xml"),
        ("review.css", PackageResources.review_css, "text/css; charset=utf-8"),
        ("review.js", PackageResources.review_js, "text/javascript; charset=utf-8"),
        ("grid.js", PackageResources.grid_js, "text/javascript; charset=utf-8"),
    ]

    private static let longestBody = 1 << 20

    func add(to group: RouterGroup<BasicRequestContext>) {
        for file in Self.files {
            let asset = Asset(bytes: file.bytes, contentType: file.contentType)
            group.get(RouterPath(file.path)) { request, _ in
                asset.response(
                    to: request,
                    headers: [
                        .contentSecurityPolicy: PageRoutes.contentSecurityPolicy, .xFrameOptions: "DENY",
                        .crossOriginOpenerPolicy: "same-origin",
                    ])
            }
        }
        group.get("api/items") { [session] _, _ in
            try JSON.response(Listing(of: session))
        }
        group.get("api/items/{id}") { [session] _, context in
            try JSON.response(try session.item(try Self.id(context)))
        }
        group.get("api/progress") { [session] _, _ in
            try JSON.response(session.progress)
        }
        group.get("api/accuracy") { [session] _, _ in
            let accuracy = try await session.accuracy()
            return try JSON.response(Accuracy(accuracy: accuracy.isNaN ? nil : accuracy))
        }
        group.get("api/typical/{id}") { [session] _, context in
            try JSON.response(try session.typical(for: try Self.id(context)))
        }
        group.get("crops/{id}") { [session] _, context in
            Self.picture(try session.crop(try Self.id(context)), "image/png")
        }
        group.get("thumbnails/{id}") { [session] _, context in
            Self.picture(try session.thumbnail(try Self.id(context)), "image/jpeg")
        }
        group.get("photos/{id}") { [session] _, context in
            Self.picture(try await session.photo(try Self.id(context)), "image/jpeg")
        }
        group.post("api/decide") { [session] request, _ in
            let decision = try await Self.body(Decision.self, of: request)
            return try JSON.response(Changes(items: try session.decide(decision.ids, try decision.choice())))
        }
        group.post("api/undo") { [session] request, _ in
            _ = try await Self.body([String: String].self, of: request)
            let (items, other) = try session.undo()
            return try JSON.response(Changes(items: items, other: other))
        }
    }

    private static func id(_ context: BasicRequestContext) throws -> Int {
        guard let id = context.parameters.get("id", as: Int.self) else { throw HTTPError(.notFound) }
        return id
    }

    /// A crop's picture changes when another face takes its place, so a browser asks every time.
    private static func picture(_ bytes: [UInt8], _ contentType: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: contentType, .cacheControl: "no-store"], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A JSON body that says that it is one: no form of another page can send it.
    private static func body<Body: Decodable>(_ type: Body.Type, of request: Request) async throws -> Body {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            throw RecognitionError.invalidParameter(
                name: "Content-Type", value: request.headers[.contentType] ?? "", allowed: "application/json")
        }
        let buffer = try await request.body.collect(upTo: longestBody)
        return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
    }

    /// What a page of tens of thousands of crops needs of each at once; the rest is asked for crop by crop.
    private struct Listing: Encodable {
        var labels: [String]
        var order: [Int]
        var files: [RelativePath]
        var suspicions: [Double?]
        /// By the numbers of the items that have one.
        var states: [String: ReviewDecision.Action]
        var progress: ReviewSession.Progress

        init(of session: ReviewSession) {
            // Before the items: whoever sees that they are ranked has the ranking.
            progress = session.progress
            labels = session.labels
            order = session.order
            let items = session.items
            files = items.map(\.file)
            suspicions = items.map(\.suspicion)
            states = Dictionary(uniqueKeysWithValues: items.compactMap { item in item.state.map { ("\(item.id)", $0) } })
        }
    }

    private struct Accuracy: Encodable {
        var accuracy: Double?
    }

    private struct Changes: Encodable {
        var items: [ReviewSession.Item]
        var other: RelativePath?
    }

    private struct Decision: Decodable {
        var ids: [Int]
        var action: ReviewDecision.Action
        var label: String?
        var face: Int?

        func choice() throws -> ReviewChoice {
            switch (action, label, face) {
            case (.keep, _, _): .keep
            case (.reject, _, _): .reject
            case (.move, let label?, _): .move(label: label)
            case (.face, _, let face?) where ids.count == 1: .face(face)
            default: throw RecognitionError.invalidParameter(name: "action", value: action.rawValue, allowed: "with its label or one face")
            }
        }
    }
}
