import Foundation
import Metrics
import Recognition

/// What the server counts. Route names are the patterns of the route table, so strangers' paths make no new series.
struct ServeMetrics: Sendable {
    let factory = PrometheusFactory()

    init(version: String, model: ModelIdentity, pool: WorkPool) {
        let help = [
            ("lineup_http_requests_total", "Requests answered, by method, route and status."),
            ("lineup_http_request_seconds", "Time from a request's head to its response, by route."),
            ("lineup_photos_total", "Photos to be named by outcome: faces, no_face, no_eyes, too_small or error."),
            ("lineup_faces_total", "Faces named."),
            ("lineup_stage_seconds", "Time of one photo in each stage of its way."),
            ("lineup_pool_workers", "Threads that work on photos."),
            ("lineup_pool_capacity", "Requests that can run or wait before one is rejected."),
            ("lineup_pool_running", "Requests being worked on."),
            ("lineup_pool_waiting", "Requests waiting for a worker."),
            ("lineup_pool_rejected_total", "Requests answered 503 because the pool or the memory for bodies was full."),
            ("lineup_upload_bytes_in_flight", "Bytes of bodies being received or worked on."),
            ("lineup_upload_timeouts_total", "Requests answered 408 because their body came too slowly."),
            ("lineup_pool_paused", "Requests whose work waits for that of others."),
            ("lineup_connections", "Connections that are open."),
            ("lineup_connections_evicted_total", "Idle connections closed for new ones."),
            ("lineup_connections_refused_total", "Connections closed at once, because their address or all together held enough."),
            ("lineup_ready", "1 when the model has reproduced its self-test."),
            ("lineup_build_info", "Always 1; the version and the model's hash are its labels."),
            ("lineup_start_time_seconds", "When the server started, in seconds since 1970."),
        ]
        for (name, text) in help { factory.describe(name, text) }
        meter("lineup_build_info", [("version", version), ("model", model.id)]).set(1)
        meter("lineup_start_time_seconds").set(Date().timeIntervalSince1970)
        meter("lineup_pool_workers").set(pool.workers)
        meter("lineup_pool_capacity").set(pool.workers + pool.queue)
        counter("lineup_pool_rejected_total").increment(by: 0)
        counter("lineup_upload_timeouts_total").increment(by: 0)
        counter("lineup_faces_total").increment(by: 0)
    }

    func request(method: String, route: String, status: Int, seconds: Double) {
        counter("lineup_http_requests_total", [("method", method), ("route", route), ("status", String(status))]).increment()
        timer("lineup_http_request_seconds", [("route", route)]).recordSeconds(seconds)
    }

    func rejected() { counter("lineup_pool_rejected_total").increment() }

    func uploadTimedOut() { counter("lineup_upload_timeouts_total").increment() }

    /// A request refused before any route saw it.
    func refused(_ problem: Problem) {
        counter("lineup_http_requests_total", [("method", "OTHER"), ("route", "unread"), ("status", String(problem.status))]).increment()
    }

    func photo(_ answer: PhotoAnswer) {
        counter("lineup_photos_total", [("outcome", answer.reason?.rawValue ?? "faces")]).increment()
        counter("lineup_faces_total").increment(by: answer.faces.count)
        let times = answer.milliseconds
        for (stage, time) in [("decode", times.decode), ("detect", times.detect), ("classify", times.classify)] {
            timer("lineup_stage_seconds", [("stage", stage)]).recordSeconds(time / 1000)
        }
    }

    func photoFailed() { counter("lineup_photos_total", [("outcome", "error")]).increment() }

    /// The text for Prometheus, with the gauges as they are now.
    func text(pool: WorkPool, budget: UploadBudget, readiness: Readiness, connections: ConnectionRegistry) -> String {
        meter("lineup_pool_running").set(pool.running)
        meter("lineup_pool_waiting").set(pool.waiting)
        meter("lineup_pool_paused").set(pool.paused)
        meter("lineup_connections").set(connections.count)
        let closed = connections.closed
        counter("lineup_connections_evicted_total").reset()
        counter("lineup_connections_evicted_total").increment(by: closed.evicted)
        counter("lineup_connections_refused_total").reset()
        counter("lineup_connections_refused_total").increment(by: closed.refused)
        meter("lineup_upload_bytes_in_flight").set(budget.bytesTaken)
        meter("lineup_ready").set(readiness.state == .ready ? 1 : 0)
        return factory.text()
    }

    private func counter(_ label: String, _ dimensions: [(String, String)] = []) -> Counter {
        Counter(label: label, dimensions: dimensions, factory: factory)
    }

    private func meter(_ label: String, _ dimensions: [(String, String)] = []) -> Meter {
        Meter(label: label, dimensions: dimensions, factory: factory)
    }

    private func timer(_ label: String, _ dimensions: [(String, String)]) -> Metrics.Timer {
        Metrics.Timer(label: label, dimensions: dimensions, factory: factory)
    }
}
