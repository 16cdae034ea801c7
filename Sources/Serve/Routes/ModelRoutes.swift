import Foundation
import Hummingbird
import Imaging
import Recognition
import Support

/// `GET /api/model`, what the default model says of itself and what this server accepts; the same of any model at
/// `GET /api/models/{name}`; and `GET /api/models`, all of them.
struct ModelRoutes: Sendable {
    static let path = "/api/models/{name}"

    let shelf: ModelShelf
    let limits: RequestLimits
    let version: String
    let takesFeedback: Bool

    var routes: [Route] {
        [
            Route(method: .get, path: "/api/model") { _, _ in try page(of: shelf.standard) },
            Route(method: .get, path: "/api/models") { _, _ in try list() },
            Route(method: .get, path: Self.path) { _, context in try page(of: try shelf.model(named: context.modelName)) },
        ]
    }

    private func page(of model: ModelShelf.Model) throws -> Response {
        let page = ModelPage(name: model.name, summary: model.summary, limits: limits, version: version, takesFeedback: takesFeedback)
        return try JSON.response(page, headers: [.cacheControl: "no-cache"])
    }

    private func list() throws -> Response {
        let models = shelf.models
        let list = ModelList(
            standard: models[0].name,
            models: models.map { model in
                ModelList.Entry(
                    name: model.name, id: model.summary.identity.id, recipe: model.summary.recipe, labels: model.summary.labels.count,
                    trainedAt: model.summary.trainedAt)
            })
        return try JSON.response(list, headers: [.cacheControl: "no-cache"])
    }
}

extension LineupContext {
    /// The model's name in the path, as it was before it was percent-encoded.
    var modelName: String {
        let name = parameters.get("name") ?? ""
        return name.removingPercentEncoding ?? name
    }
}

private struct ModelList: Encodable {
    struct Entry: Encodable {
        var name: String
        var id: String
        var recipe: String
        /// How many.
        var labels: Int
        var trainedAt: String
    }

    var standard: String
    var models: [Entry]

    enum CodingKeys: String, CodingKey {
        case standard = "default"
        case models
    }
}

/// The summary's own members, and beside them `name`, `limits`, `formats`, `version` and `feedback`.
private struct ModelPage: Encodable {
    var name: String
    var summary: ModelSummary
    var limits: RequestLimits
    var version: String
    var takesFeedback: Bool

    enum CodingKeys: String, CodingKey {
        case name, limits, formats, version, feedback
    }

    struct Limits: Encodable {
        var bytes: Int
        var pixels: Int
        var photos: Int
    }

    func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(Limits(bytes: limits.bytes, pixels: limits.pixels, photos: limits.photos), forKey: .limits)
        try container.encode(ImageFormat.builtIn.map(\.mediaType), forKey: .formats)
        try container.encode(version, forKey: .version)
        try container.encode(takesFeedback, forKey: .feedback)
    }
}
