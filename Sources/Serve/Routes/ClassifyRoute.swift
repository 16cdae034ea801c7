import Hummingbird
import Recognition

/// `POST /api/classify`: one photo's answer as it is, several photos' answers as `{"photos":[...]}`.
struct ClassifyRoute: Sendable {
    static let path = "/api/classify"
    static let fields = ["file", "image"]

    let handler: PhotoRequestHandler

    var routes: [Route] {
        [Route(method: .post, path: Self.path, handler: respond)]
    }

    @Sendable private func respond(_ request: Request, _ context: LineupContext) async throws -> Response {
        try await handler.namedFaces(
            for: request, context: context, fields: Self.fields, acceptsForm: false, encode: PhotoList.json)
    }
}
