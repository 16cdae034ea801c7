import Hummingbird
import Imaging
import Recognition
import Support

/// `GET /api/model`: what the model says of itself, and what this server accepts.
struct ModelRoute: Sendable {
    let naming: any FaceNaming
    let limits: RequestLimits
    let version: String

    var routes: [Route] {
        [Route(method: .get, path: "/api/model", handler: respond)]
    }

    @Sendable private func respond(_ request: Request, _ context: LineupContext) async throws -> Response {
        try JSON.response(ModelPage(summary: naming.summary, limits: limits, version: version), headers: [.cacheControl: "no-cache"])
    }
}

/// The summary's own members, and beside them `limits`, `formats` and `version`.
private struct ModelPage: Encodable {
    var summary: ModelSummary
    var limits: RequestLimits
    var version: String

    enum CodingKeys: String, CodingKey {
        case limits, formats, version
    }

    struct Limits: Encodable {
        var bytes: Int
        var pixels: Int
        var photos: Int
    }

    func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Limits(bytes: limits.bytes, pixels: limits.pixels, photos: limits.photos), forKey: .limits)
        try container.encode(ImageFormat.builtIn.map(\.mediaType), forKey: .formats)
        try container.encode(version, forKey: .version)
    }
}
