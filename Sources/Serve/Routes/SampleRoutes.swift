import Hummingbird
import Imaging
import Support

/// `GET /api/samples`, the sample photos, and small pictures of them.
struct SampleRoutes: Sendable {
    private let photos: [Asset]
    private let thumbnails: [Asset]
    private let list: Result<Asset, any Error>

    init(samples: [SamplePhoto]) {
        photos = samples.map { Asset(bytes: $0.bytes, contentType: $0.contentType) }
        thumbnails = samples.map { sample in
            // A sample that cannot be read is shown by the page as every such photo is.
            guard let small = sample.thumbnail() else { return Asset(bytes: sample.bytes, contentType: sample.contentType) }
            return Asset(bytes: small, contentType: "image/jpeg")
        }
        let entries = samples.enumerated().map { index, sample in
            SampleEntry(
                name: sample.name, label: sample.label, contentType: sample.contentType, url: "/samples/\(index)",
                thumbnail: "/samples/\(index)/thumbnail")
        }
        list = Result { try Asset(json: SampleList(samples: entries)) }
    }

    var routes: [Route] {
        [
            Route(method: .get, path: "/api/samples") { request, _ in try list.get().response(to: request) },
            Route(method: .get, path: "/samples/{index}") { try Self.asset(of: photos, $0, $1).response(to: $0) },
            Route(method: .get, path: "/samples/{index}/thumbnail") { try Self.asset(of: thumbnails, $0, $1).response(to: $0) },
        ]
    }

    private static func asset(of assets: [Asset], _ request: Request, _ context: LineupContext) throws -> Asset {
        guard let index = context.parameters.get("index", as: Int.self), assets.indices.contains(index) else {
            throw RequestError.noSuchRoute(String(request.uri.path.prefix(200)))
        }
        return assets[index]
    }
}

extension SamplePhoto {
    /// The shorter side of a thumbnail: twice that of its place on the page.
    private static let shorterSide = 200

    /// A small JPEG of the photo; nil where it cannot be read.
    func thumbnail() -> [UInt8]? {
        guard let image = try? ImageFile.decode(bytes) else { return nil }
        let scale = min(1, Double(Self.shorterSide) / Double(min(image.width, image.height)))
        let size = Size(width: max(1, Int(Double(image.width) * scale)), height: max(1, Int(Double(image.height) * scale)))
        return try? ImageFile.encodeJPEG(scale < 1 ? image.resizedArea(to: size) : image, quality: 80)
    }
}

private struct SampleList: Encodable {
    var samples: [SampleEntry]
}

private struct SampleEntry: Encodable {
    var name: String
    var label: String?
    var contentType: String
    var url: String
    var thumbnail: String
}
