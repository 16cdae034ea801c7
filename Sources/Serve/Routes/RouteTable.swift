import HTTPTypes
import Hummingbird

/// One method at one path.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, LineupContext) async throws -> Response

    var method: HTTPRequest.Method
    /// Its components are literal or `{name}`, which stands for any one component.
    var path: String
    var handler: Handler
}

/// All routes: what the router is built from, and where 404 and 405 differ.
struct RouteTable: Sendable {
    let routes: [Route]

    /// The methods answered at `path`; HEAD wherever GET is.
    func methods(at path: String) -> [String] {
        let methods = routes.filter { Self.matches($0.path, path) }.map(\.method.rawValue)
        return methods.contains("GET") ? methods + ["HEAD"] : methods
    }

    /// - Parameter allowedOrigin: Whose web pages may ask for everything: an origin, `*` for all, nil for none.
    func router(with recorder: RequestRecorder, allowedOrigin: String?) -> Router<LineupContext> {
        let router = Router(context: LineupContext.self, options: .autoGenerateHeadEndpoints)
        if let allowedOrigin {
            router.add(
                middleware: CORSMiddleware(
                    allowOrigin: allowedOrigin == "*" ? .all : .custom(allowedOrigin),
                    allowHeaders: [.contentType, .authorization, .apiKey, .requestID], allowMethods: [.get, .head, .post, .options],
                    exposedHeaders: [HTTPField.Name.requestID.rawName, "Retry-After"], maxAge: .hours(24)))
        }
        router.add(middleware: recorder)
        for route in routes { router.on(RouterPath(route.path), method: route.method, use: route.handler) }
        return router
    }

    private static func matches(_ pattern: String, _ path: String) -> Bool {
        let wanted = pattern.split(separator: "/")
        let found = path.split(separator: "/")
        return wanted.count == found.count && zip(wanted, found).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
