import Hummingbird
import Support

/// `GET /api/samples` and the sample photos.
struct SampleRoutes: Sendable {
    let samples: [SamplePhoto]

    var routes: [Route] {
        let assets = samples.map { Asset(bytes: $0.bytes, contentType: $0.contentType) }
        let list = SampleList(
            samples: samples.enumerated().map { index, sample in
                SampleEntry(name: sample.name, label: sample.label, contentType: sample.contentType, url: "/samples/\(index)")
            })
        return [
            Route(method: .get, path: "/api/samples") { _, _ in try JSON.response(list, headers: [.cacheControl: "no-cache"]) },
            Route(method: .get, path: "/samples/{index}") { request, context in
                guard let index = context.parameters.get("index", as: Int.self), assets.indices.contains(index) else {
                    throw RequestError.noSuchRoute(String(request.uri.path.prefix(200)))
                }
                return assets[index].response(to: request)
            },
        ]
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
}
