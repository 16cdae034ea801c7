import Hummingbird

/// `GET /healthz`, `/readyz` and `/metrics`, for whoever watches over the server.
struct HealthRoutes: Sendable {
    /// Answered on every connection, also on those in the reserve.
    static let paths: Set<String> = ["/healthz", "/readyz", "/metrics"]

    let pool: WorkPool
    let budget: UploadBudget
    let readiness: Readiness
    let metrics: ServeMetrics
    let connections: ConnectionRegistry

    var routes: [Route] {
        [
            Route(method: .get, path: "/healthz") { _, _ in Self.text("ok\n") },
            Route(method: .get, path: "/readyz") { _, _ in
                try readiness.requireService()
                return Self.text("ready\n")
            },
            Route(method: .get, path: "/metrics") { _, _ in
                Self.text(
                    metrics.text(pool: pool, budget: budget, readiness: readiness, connections: connections),
                    contentType: PrometheusText.mediaType)
            },
        ]
    }

    private static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok, headers: [.contentType: contentType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
