import Foundation
import Hummingbird
import Imaging
import Recognition
import Support
import Synchronization

/// `GET /api/model`, what the default model says of itself and what this server accepts; the same of any model at
/// `GET /api/models/{name}`; and `GET /api/models`, all of them.
struct ModelRoutes: Sendable {
    static let path = "/api/models/{name}"

    let shelf: ModelShelf
    let limits: RequestLimits
    let version: String
    let takesFeedback: Bool
    private let pages = ModelPages()

    init(shelf: ModelShelf, limits: RequestLimits, version: String, takesFeedback: Bool) {
        self.shelf = shelf
        self.limits = limits
        self.version = version
        self.takesFeedback = takesFeedback
    }

    var routes: [Route] {
        [
            Route(method: .get, path: "/api/model") { request, _ in try page(of: shelf.standard).response(to: request) },
            Route(method: .get, path: "/api/models") { _, _ in try list() },
            Route(method: .get, path: Self.path) { request, context in
                try page(of: try shelf.model(named: context.modelName)).response(to: request)
            },
        ]
    }

    private func page(of model: ModelShelf.Model) throws -> Asset {
        try pages.page(of: model, among: shelf.models.map(\.name)) {
            try Asset(
                json: ModelPage(
                    name: model.name, summary: model.summary, limits: limits, version: version, takesFeedback: takesFeedback))
        }
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

/// The pages of the models that are served, compressed once.
private final class ModelPages: Sendable {
    /// By the model's name, with the id it had.
    private let made = Mutex<[String: (id: String, page: Asset)]>([:])

    /// What was made of the model before, else what `make` makes now; pages of models not `among` these names are forgotten then.
    func page(of model: ModelShelf.Model, among names: [String], _ make: () throws -> Asset) rethrows -> Asset {
        let id = model.summary.identity.id
        if let known = made.withLock({ $0[model.name] }), known.id == id { return known.page }
        let page = try make()
        made.withLock { made in
            made = made.filter { names.contains($0.key) }
            made[model.name] = (id, page)
        }
        return page
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
