import Foundation
import Hummingbird
import Imaging
import Recognition

/// `POST /api/views`: a photo as for `/api/classify`, and in the query a face in it; answers what features are measured on as pictures.
struct ViewsRoute: Sendable {
    static let path = "/api/views"

    let handler: PhotoRequestHandler

    init(handler: PhotoRequestHandler) {
        var handler = handler
        handler.limits.photos = 1
        self.handler = handler
    }

    var routes: [Route] { [Route(method: .post, path: Self.path, handler: respond)] }

    private struct Answer: Encodable {
        struct Picture: Encodable {
            var name: String
            /// In base64.
            var png: String
        }

        var pictures: [Picture]

        init(_ pictures: FacePictures) throws {
            let named = [("upright", pictures.upright), ("even_light", pictures.evenLight), ("wavelet", pictures.wavelet)]
            self.pictures = try named.map { name, gray in
                Picture(name: name, png: Data(try ImageFile.encodePNG(gray)).base64EncodedString())
            }
        }
    }

    @Sendable private func respond(_ request: Request, _ context: LineupContext) async throws -> Response {
        let query = try ViewsQuery(request.uri.queryParameters.map { (String($0.key), String($0.value)) })
        let limits = handler.limits
        return try await handler.response(to: request, context: context, fields: ClassifyRoute.fields, acceptsForm: false) { bytes, share in
            let photo = try ImageFile.decode(bytes, limits: limits.image)
            try share.checkpoint()
            guard photo.bounds.contains(query.box) else {
                throw RequestError.badParameter(
                    name: "box", found: "\(query.box)", expected: "a box inside the photo of \(photo.width) x \(photo.height) pixels")
            }
            let eyes = query.eyes.map { $0.offsetBy(x: -query.box.x, y: -query.box.y) }
            return try Answer(FacePictures(of: photo.cropped(to: query.box), eyes: eyes))
        } encode: {
            try PhotoList.json($0)
        }
    }
}

/// What the query of `POST /api/views` says of a face.
struct ViewsQuery: Equatable, Sendable {
    /// The most eyes that are looked at.
    static let mostEyes = 8

    /// In pixels of the photo as answers give them.
    var box: Rect
    /// In pixels of the photo.
    var eyes: [Rect] = []

    /// - Throws: `RequestError.badParameter` for an unknown parameter, a missing box, or a value that is none.
    init(_ query: [(name: String, value: String)]) throws(RequestError) {
        var box: Rect?
        for (name, value) in query {
            guard name == "box" || name == "eyes" else { throw .badParameter(name: name, found: value, expected: "box or eyes") }
            guard let rect = Rect(query: value), eyes.count < Self.mostEyes else {
                throw .badParameter(name: name, found: value, expected: "x,y,width,height in pixels of the photo; eyes once for each eye")
            }
            if name == "box" { box = rect } else { eyes.append(rect) }
        }
        guard let box else { throw .badParameter(name: "box", found: "missing", expected: "x,y,width,height of the face") }
        self.box = box
    }
}
