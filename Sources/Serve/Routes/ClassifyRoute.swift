import Hummingbird
import Recognition

/// `POST /api/classify`: one photo's answer as it is, several photos' answers as `{"photos":[...]}`.
struct ClassifyRoute: Sendable {
    static let path = "/api/classify"
    static let fields = ["file", "image"]

    let desk: PhotoDesk

    var routes: [Route] {
        [Route(method: .post, path: Self.path, handler: respond)]
    }

    @Sendable private func respond(_ request: Request, _ context: LineupContext) async throws -> Response {
        let outcomes = try await desk.outcomes(for: request, context: context, fields: Self.fields, acceptsForm: false)
        return try PhotoList.response(to: outcomes)
    }
}
