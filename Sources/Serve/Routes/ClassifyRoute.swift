import Hummingbird
import Recognition

/// `POST /api/classify` by the default model and `POST /api/models/{name}/classify` by any: one photo's answer as it is, several photos'
/// answers as `{"photos":[...]}`.
struct ClassifyRoute: Sendable {
    static let path = "/api/classify"
    static let fields = ["file", "image"]

    let handler: PhotoRequestHandler

    var routes: [Route] {
        [
            Route(method: .post, path: Self.path) { try await respond($0, $1, by: handler.shelf.standard) },
            Route(method: .post, path: ModelRoutes.path + "/classify") {
                try await respond($0, $1, by: try handler.shelf.model(named: $1.modelName))
            },
        ]
    }

    private func respond(_ request: Request, _ context: LineupContext, by model: ModelShelf.Model) async throws -> Response {
        try await handler.namedFaces(
            for: request, context: context, by: model, fields: Self.fields, acceptsForm: false, encode: PhotoList.json)
    }
}
