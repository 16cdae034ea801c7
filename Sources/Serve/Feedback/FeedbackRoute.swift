import HTTPTypes
import Hummingbird
import Imaging
import Recognition

/// `POST /api/feedback`: a photo as for `/api/classify`, and in the query which face in it is somebody else; only where a folder for it is
/// configured.
struct FeedbackRoute: Sendable {
    static let path = "/api/feedback"

    let handler: PhotoRequestHandler
    let folder: FeedbackFolder

    init(handler: PhotoRequestHandler, folder: FeedbackFolder) {
        var handler = handler
        handler.limits.photos = 1
        self.handler = handler
        self.folder = folder
    }

    var routes: [Route] { [Route(method: .post, path: Self.path, handler: respond)] }

    private struct Answer: Encodable {
        var crop: String
    }

    @Sendable private func respond(_ request: Request, _ context: LineupContext) async throws -> Response {
        // Another site's page could otherwise fill the folder through its visitors.
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { throw RequestError.otherSite }
        let query = try FeedbackQuery(request.uri.queryParameters.map { (String($0.key), String($0.value)) })
        let (limits, folder, logger) = (handler.limits, folder, context.logger)
        return try await handler.response(to: request, context: context, fields: ClassifyRoute.fields, acceptsForm: false) { bytes, share in
            let photo = try ImageFile.decode(bytes, limits: limits.image)
            try share.checkpoint()
            guard photo.bounds.contains(query.box) else {
                throw RequestError.badParameter(
                    name: "box", found: "\(query.box)", expected: "a box inside the photo of \(photo.width) x \(photo.height) pixels")
            }
            do {
                let crop = try folder.keep(photo.cropped(to: query.box), shown: query.shown, right: query.right, model: query.model)
                return Answer(crop: crop)
            } catch let error as RecognitionError {
                logger.error("feedback not kept", metadata: ["error": "\(error)"])
                throw error
            }
        } encode: {
            try PhotoList.json($0)
        }
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
