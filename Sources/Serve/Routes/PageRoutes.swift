import Hummingbird

/// `GET /` and the files of the page, all of them in the program itself, and the API's description.
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
    private static let files: [(path: String, bytes: [UInt8], contentType: String)] = [
        ("/", PackageResources.index_html, "text/html; charset=utf-8"),
        ("/page.css", PackageResources.page_css, "text/css; charset=utf-8"),
        ("/about.js", PackageResources.about_js, script),
        ("/api.js", PackageResources.api_js, script),
        ("/app.js", PackageResources.app_js, script),
        ("/calls.js", PackageResources.calls_js, script),
        ("/camera.js", PackageResources.camera_js, script),
        ("/card.js", PackageResources.card_js, script),
        ("/convert.js", PackageResources.convert_js, script),
        ("/orientation.js", PackageResources.orientation_js, script),
        ("/recent.js", PackageResources.recent_js, script),
        ("/wording.js", PackageResources.wording_js, script),
        ("/icon.svg", PackageResources.icon_svg, "image/svg+xml"),
        ("/api/openapi.yaml", PackageResources.openapi_yaml, "application/yaml"),
    ]

    var routes: [Route] {
        Self.files.map { file in
            let asset = Asset(bytes: file.bytes, contentType: file.contentType)
            return Route(method: .get, path: file.path) { request, _ in
                asset.response(
                    to: request,
                    headers: [
                        .contentSecurityPolicy: Self.contentSecurityPolicy, .xFrameOptions: "DENY",
                        .permissionsPolicy: "camera=(self), microphone=(), geolocation=()", .crossOriginOpenerPolicy: "same-origin",
                    ])
            }
        }
    }
}
