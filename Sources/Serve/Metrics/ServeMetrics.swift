import Foundation
import Metrics
import NIOConcurrencyHelpers
import Recognition

/// What the server counts. Route names are the patterns of the route table, so strangers' paths make no new series.
struct ServeMetrics: Sendable {
    let factory = PrometheusFactory()
    private let version: String
    /// Series that tell of one model each, by their labels: 0 once it is not served any more.
    private let shown = NIOLockedValueBox<Set<SeriesKey>>([])

    init(version: String, pool: WorkPool) {
        self.version = version
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
            ("lineup_model", "1 for each model that is served, by its name and hash."),
            ("lineup_model_fault", "1 for each model file that is not served as it is now, by its name."),
            ("lineup_model_loads_total", "Model files looked at after the start: loaded, or refused."),
            ("lineup_ready", "1 when the model has reproduced its self-test."),
            ("lineup_build_info", "1; the version and the default model's hash are its labels."),
            ("lineup_start_time_seconds", "When the server started, in seconds since 1970."),
        ]
        for (name, text) in help { factory.describe(name, text) }
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
    func text(
        pool: WorkPool, budget: UploadBudget, readiness: Readiness, connections: ConnectionRegistry, shelf: ModelShelf
    ) -> String {
        show(shelf)
        meter("lineup_pool_running").set(pool.running)
        meter("lineup_pool_waiting").set(pool.waiting)
        meter("lineup_pool_paused").set(pool.paused)
        meter("lineup_connections").set(connections.count)
        let closed = connections.closed
        total("lineup_connections_evicted_total", closed.evicted)
        total("lineup_connections_refused_total", closed.refused)
        meter("lineup_upload_bytes_in_flight").set(budget.bytesTaken)
        meter("lineup_ready").set(readiness.state == .ready ? 1 : 0)
        return factory.text()
    }

    private func show(_ shelf: ModelShelf) {
        let models = shelf.models
        var current: [(label: String, dimensions: [(String, String)])] = models.map {
            ("lineup_model", [("name", $0.name), ("id", $0.summary.identity.id)])
        }
        current.append(("lineup_build_info", [("version", version), ("model", models[0].summary.identity.id)]))
        current += shelf.faults.map { ("lineup_model_fault", [("name", $0.name)]) }
        let keys = Set(current.map { SeriesKey(label: $0.label, dimensions: $0.dimensions) })
        let gone = shown.withLockedValue { shown in
            defer { shown.formUnion(keys) }
            return shown.subtracting(keys)
        }
        for key in gone { meter(key.name, key.dimensions.map { ($0[0], $0[1]) }).set(0) }
        for (label, dimensions) in current { meter(label, dimensions).set(1) }
        let loads = shelf.loads
        total("lineup_model_loads_total", loads.done, [("outcome", "loaded")])
        total("lineup_model_loads_total", loads.refused, [("outcome", "refused")])
    }

    /// A counter that is counted elsewhere.
    private func total(_ label: String, _ value: Int, _ dimensions: [(String, String)] = []) {
        let counter = counter(label, dimensions)
        counter.reset()
        counter.increment(by: value)
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
