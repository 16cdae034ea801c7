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

/// All routes: what the router is built from, and what tells 404 from 405.
struct RouteTable: Sendable {
    let routes: [Route]

    /// The pattern that answers `path` with whatever method.
    func pattern(of path: String) -> String? {
        routes.first { Self.matches($0.path, path) }?.path
    }

    /// The methods answered at `path`; HEAD wherever GET is.
    func methods(at path: String) -> [String] {
        let methods = routes.filter { Self.matches($0.path, path) }.map(\.method.rawValue)
        return methods.contains("GET") ? methods + ["HEAD"] : methods
    }

    func router(with recorder: RequestRecorder) -> Router<LineupContext> {
        let router = Router(context: LineupContext.self, options: .autoGenerateHeadEndpoints)
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
