import HTTPTypes
import Hummingbird
import Logging

/// Around every request: its id, the answer to whatever is thrown, the headers that all answers bear, its metrics and log line.
///
/// A log line names client, method, route, status, time and id, never a query, a file's name or anything of a photo.
struct RequestRecorder: RouterMiddleware {
    typealias Context = LineupContext

    let table: RouteTable
    let metrics: ServeMetrics
    let addresses: ClientAddress
    let logger: Logger

    func handle(
        _ request: Request, context: LineupContext, next: (Request, LineupContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let id = Self.wellFormed(request.headers[.requestID]) ?? RequestID().description
        var logger = logger
        logger[metadataKey: "request"] = "\(id)"
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request: request, logger: logger, id: id)
        }
        let route = Self.route(context.endpointPath)
        addHeaders(to: &response, route: route, id: id)
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let method = Self.knownMethods.contains(request.method) ? request.method.rawValue : "OTHER"
        metrics.request(method: method, route: route, status: Int(response.status.code), seconds: elapsed)
        logger[metadataKey: "client"] = "\(addresses.client(peer: context.peer, headers: request.headers))"
        log(request, response, route: route, seconds: elapsed, logger: logger)
        return response
    }

    /// The pattern of the route that answered; the framework's name for none becomes "unknown".
    private static func route(_ endpoint: String?) -> String {
        endpoint.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "unknown"
    }

    private func answer(to error: any Error, request: Request, logger: Logger, id: String) -> Response {
        var problem = Problem(error)
        if problem.kind == .notFound, error is HTTPError {
            let allowed = table.methods(at: request.uri.path)
            problem = Problem(
                request: allowed.isEmpty
                    ? .noSuchRoute(String(request.uri.path.prefix(200))) : .methodNotAllowed(request.method.rawValue, allowed: allowed))
        }
        if problem.kind == .unexpected {
            logger.error("unexpected error", metadata: ["error": "\(error)"])
        }
        if problem.kind == .busy { metrics.rejected() }
        problem.requestId = id
        return request.method == .head ? problem.response.createHeadResponse() : problem.response
    }

    private func addHeaders(to response: inout Response, route: String, id: String) {
        response.headers[.requestID] = id
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        }
        if route == LegacyRoute.path { response.headers[.accessControlAllowOrigin] = "*" }
    }

    private func log(_ request: Request, _ response: Response, route: String, seconds: Double, logger: Logger) {
        let isProbe = HealthRoutes.paths.contains(route)
        let level: Logger.Level = response.status.code >= 500 && !isProbe ? .warning : isProbe ? .debug : .info
        logger.log(
            level: level, "request",
            metadata: [
                "method": "\(request.method.rawValue.prefix(16))", "route": "\(route)", "status": "\(response.status.code)",
                "milliseconds": "\((seconds * 10_000).rounded() / 10)",
            ])
    }

    private static let knownMethods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    /// A client's own id is kept when it is short and plain, so that it cannot forge log lines or headers.
    private static func wellFormed(_ id: String?) -> String? {
        guard let id, (1...128).contains(id.utf8.count) else { return nil }
        return id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            default: "-._:".utf8.contains(byte)
            }
        } ? id : nil
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let xFrameOptions = HTTPField.Name("X-Frame-Options")!
}
