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
        if outcomes.count == 1 { return try JSON.response(outcomes[0].result.get()) }
        return try JSON.response(PhotoList(photos: outcomes.map(PhotoEntry.init)))
    }
}

/// The answer to several photos.
private struct PhotoList: Encodable {
    var photos: [PhotoEntry]
}

/// One of several photos: its answer, or the problem a request for it alone would have had.
private struct PhotoEntry: Encodable {
    var name: String?
    var answer: PhotoAnswer?
    var problem: Problem?

    init(_ outcome: PhotoDesk.Outcome) {
        name = outcome.name
        switch outcome.result {
        case .success(let answer): self.answer = answer
        case .failure(let problem): self.problem = problem
        }
    }
}
