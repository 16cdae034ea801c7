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
    let shelf: ModelShelf

    var routes: [Route] { probes + figures }

    /// Whether the server lives, and whether it answers photos; below that a line for each model file that is not served as it is.
    var probes: [Route] {
        [
            Route(method: .get, path: "/healthz") { _, _ in Self.text("ok\n") },
            Route(method: .get, path: "/readyz") { _, _ in
                try readiness.requireService()
                return Self.text("ready\n" + shelf.faults.map { "not served: \($0.name): \($0.reason)\n" }.joined())
            },
        ]
    }

    var figures: [Route] {
        [
            Route(method: .get, path: "/metrics") { _, _ in
                Self.text(
                    metrics.text(pool: pool, budget: budget, readiness: readiness, connections: connections, shelf: shelf),
                    contentType: PrometheusText.mediaType)
            }
        ]
    }

    private static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok, headers: [.contentType: contentType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
