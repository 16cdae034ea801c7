import HTTPTypes
import Hummingbird
import Recognition
import Support

/// `POST /classify_image`: the contract of the well-known Flask tutorial server, so that its clients need no change.
///
/// The photo comes as data URL in the form field `image_data`; the answer is a list with one entry for each face that has two
/// eyes. An error is a problem like everywhere else. Any web page may ask, as in the tutorial.
struct LegacyRoute: Sendable {
    static let path = "/classify_image"

    let handler: PhotoRequestHandler

    var routes: [Route] {
        [
            Route(method: .post, path: Self.path, handler: respond),
            Route(method: .options, path: Self.path, handler: preflight),
        ]
    }

    @Sendable private func respond(_ request: Request, _ context: LineupContext) async throws -> Response {
        let model = handler.shelf.standard
        let labels = model.naming.labels
        return try await handler.namedFaces(for: request, context: context, by: model, fields: ["image_data"], acceptsForm: true) {
            outcomes in
            let answers = try outcomes.map { try $0.result.get() }
            return try JSON.encode(answers.flatMap(\.faces).map { LegacyFace($0, labels: labels) })
        }
    }

    @Sendable private func preflight(_ request: Request, _ context: LineupContext) async throws -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "POST, OPTIONS", .accessControlAllowHeaders: "Content-Type, X-Requested-With, X-Request-Id",
                .accessControlMaxAge: "86400",
            ])
    }
}

/// A face as the tutorial's clients read it.
private struct LegacyFace: Encodable {
    /// The label, "unknown" for a face unlike all known people (the tutorial had no such answer).
    var name: String
    /// Per cent, rounded to two places, by class number.
    var probabilities: [Double]
    var dictionary: [String: Int]

    enum CodingKeys: String, CodingKey {
        case name = "class"
        case probabilities = "class_probability"
        case dictionary = "class_dictionary"
    }

    init(_ face: RecognizedFace, labels: [String]) {
        name = face.label ?? "unknown"
        let scores = Dictionary(face.scores.map { ($0.label, $0.score) }) { first, _ in first }
        probabilities = labels.map { ((scores[$0] ?? 0) * 10_000).rounded() / 100 }
        dictionary = Dictionary(labels.enumerated().map { ($1, $0) }) { first, _ in first }
    }
}
