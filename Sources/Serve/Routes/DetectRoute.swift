import Cascade
import Hummingbird
import Imaging
import Recognition

/// `POST /api/detect`: one standard cascade run on a photo or several, the detection engine alone.
///
/// The query chooses: `cascade`, `scale-factor`, `min-neighbors`, `min-size=WxH`, `max-size=WxH`, `levels=true`, with the defaults of
/// `lineup detect`.
struct DetectRoute: Sendable {
    static let path = "/api/detect"

    let handler: PhotoRequestHandler
    private let cascades = CascadeCache()

    init(handler: PhotoRequestHandler) { self.handler = handler }

    var routes: [Route] {
        [Route(method: .post, path: Self.path, handler: respond)]
    }

    @Sendable private func respond(_ request: Request, _ context: LineupContext) async throws -> Response {
        let query = try DetectQuery(request.uri.queryParameters.map { (String($0.key), String($0.value)) })
        let (limits, cascades) = (handler.limits, cascades)
        return try await handler.response(to: request, context: context, fields: ClassifyRoute.fields, acceptsForm: false) { bytes, share in
            let clock = ContinuousClock()
            let start = clock.now
            let work = PhotoLimits(image: limits.image, search: share.searchLimits(maximumHits: limits.hits))
            let image = try work.open(bytes).decode()
            let decode = (clock.now - start) / .milliseconds(1)
            let search = ObjectSearch(try cascades.classifier(query.cascade), query.parameters)
            try share.checkpoint()
            let (objects, detect) = try search.objects(in: image, within: work.search)
            return DetectAnswer(
                image: image.size, cascade: query.cascade.rawValue, objects: query.givesLevels ? objects : objects.map(\.plain),
                milliseconds: .init(decode: decode, detect: detect / .milliseconds(1)))
        } encode: {
            try PhotoList.json($0)
        }
    }
}
