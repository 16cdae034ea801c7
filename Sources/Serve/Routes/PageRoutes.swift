import Hummingbird

/// `GET /`, the files of the page at `/assets/{version}/`, all of them in the program itself, and the API's description, for people at
/// `/api/` and for programs at `/api/openapi.json`.
///
/// The version is a hash of all files, and the page names it in every address: a file never changes under its address, and browsers keep it
/// for a year. A browser that comes from another version's page, as while instances are replaced, gets the file of this one.
///
/// Routes, not the framework's `FileMiddleware` over a provider of these bytes: that makes its tag of a file's size and date, and bytes in a
/// program have no date, so that a browser could keep the page of a former version; and it answers only what no route does, so that the route
/// table would neither give 405 at these paths nor be held against the API's description.
struct PageRoutes: Sendable {
    /// Nothing from elsewhere, nothing inline. `blob:` is the visitor's own photo on its way to the screen.
    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self' blob:; "
        + "media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static let script = "text/javascript; charset=utf-8"
    private static let files: [(name: String, bytes: [UInt8], contentType: String)] = [
        ("page.css", PackageResources.page_css, "text/css; charset=utf-8"),
        ("about.js", PackageResources.about_js, script),
        ("api.js", PackageResources.api_js, script),
        ("app.js", PackageResources.app_js, script),
        ("calls.js", PackageResources.calls_js, script),
        ("camera.js", PackageResources.camera_js, script),
        ("card.js", PackageResources.card_js, script),
        ("charts.js", PackageResources.charts_js, script),
        ("convert.js", PackageResources.convert_js, script),
        ("correction.js", PackageResources.correction_js, script),
        ("orientation.js", PackageResources.orientation_js, script),
        ("recent.js", PackageResources.recent_js, script),
        ("reference.js", PackageResources.reference_js, script),
        ("views.js", PackageResources.views_js, script),
        ("wording.js", PackageResources.wording_js, script),
        ("icon.svg", PackageResources.icon_svg, "image/svg+xml"),
    ]
    /// In the addresses of `index.html`, where the version is put.
    private static let mark = "assets/VERSION/"

    private let assets: [String: Asset]
    private let version: String
    private let page: Asset
    private let reference: Asset
    private let description: Asset

    init() {
        version = Asset.hash(Self.files.map(\.bytes).joined())
        assets = Dictionary(
            uniqueKeysWithValues: Self.files.map { ($0.name, Asset(bytes: $0.bytes, contentType: $0.contentType, compresses: true)) })
        let place = "assets/\(version)/"
        func html(_ bytes: [UInt8]) -> Asset {
            let text = String(decoding: bytes, as: UTF8.self).replacing(Self.mark, with: place)
            return Asset(bytes: Array(text.utf8), contentType: "text/html; charset=utf-8", compresses: true)
        }
        page = html(PackageResources.index_html)
        reference = html(PackageResources.reference_html)
        description = Asset(bytes: PackageResources.openapi_json, contentType: "application/json", compresses: true)
    }

    var routes: [Route] {
        [
            Route(method: .get, path: "/") { request, _ in page.response(to: request, headers: Self.headers) },
            Route(method: .get, path: "/assets/{version}/{file}") { request, context in
                guard let asset = assets[context.parameters.get("file") ?? ""] else {
                    throw RequestError.noSuchRoute(String(request.uri.path.prefix(200)))
                }
                var headers = Self.headers
                if context.parameters.get("version") == version { headers[.cacheControl] = "public, max-age=31536000, immutable" }
                return asset.response(to: request, headers: headers)
            },
            Route(method: .get, path: "/api") { request, _ in reference.response(to: request, headers: Self.headers) },
            Route(method: .get, path: "/api/openapi.json") { request, _ in description.response(to: request, headers: Self.headers) },
        ]
    }

    private static let headers: HTTPFields = [
        .contentSecurityPolicy: contentSecurityPolicy, .xFrameOptions: "DENY",
        .permissionsPolicy: "camera=(self), microphone=(), geolocation=()", .crossOriginOpenerPolicy: "same-origin",
    ]
}
