import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Recognition
import ServiceLifecycle

/// Where a running server listens.
public struct ServerAddress: Sendable, Equatable {
    public var host: String
    public var port: Int

    /// "http://127.0.0.1:8080/", with brackets around an IPv6 address.
    public var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/" }
}

/// The HTTP server: the page, the API and what operators watch, around anything that names the faces of a photo.
///
/// It listens at once and is ready (`/readyz`) when the model has reproduced its self-test. A graceful shutdown of the group it
/// runs in closes the listening socket, answers the requests under way, and ends.
public struct LineupService: Service {
    private let naming: any FaceNaming
    private let configuration: ServeConfiguration
    private let logger: Logger
    private let onListening: @Sendable (ServerAddress) async -> Void

    /// - Parameter onListening: Called once, when connections are accepted; tells the port that was chosen for port 0.
    public init(
        naming: any FaceNaming, configuration: ServeConfiguration = ServeConfiguration(), logger: Logger = Logger(label: "lineup"),
        onListening: @escaping @Sendable (ServerAddress) async -> Void = { _ in }
    ) {
        self.naming = naming
        self.configuration = configuration
        var logger = logger
        logger.logLevel = configuration.logLevel
        self.logger = logger
        self.onListening = onListening
    }

    /// Runs until its service group shuts down or its task is cancelled.
    /// - Throws: The system's error when the address cannot be bound.
    public func run() async throws {
        try await application().run()
    }

    /// Runs until SIGTERM or SIGINT, then answers what is under way for at most `timeouts.shutdown` seconds.
    public func runUntilSignalled() async throws {
        var group = ServiceGroupConfiguration(services: [self], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        group.maximumGracefulShutdownDuration = .seconds(configuration.timeouts.shutdown)
        try await ServiceGroup(configuration: group).run()
    }

    /// The framework's application, for tests that talk to it without a socket.
    package func application() -> some ApplicationProtocol {
        let parts = ServiceParts(naming: naming, configuration: configuration)
        let timeouts = configuration.timeouts
        let host = configuration.host
        let guarded = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                UploadGuard(
                    timeouts: timeouts, maximumBytes: configuration.limits.encodedBytes, onTimeout: parts.metrics.uploadTimedOut)
            ],
            idleTimeout: .nanoseconds(Int64(timeouts.idle * 1e9)))
        let recorder = RequestRecorder(table: parts.table, metrics: parts.metrics, logger: logger)
        return Application(
            router: parts.table.router(with: recorder),
            server: .http1(configuration: guarded),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: configuration.port), serverName: "lineup",
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.limits.connections, logger: quiet)),
            services: [WorkService(pool: parts.pool, naming: naming, readiness: parts.readiness, logger: logger)],
            onServerRunning: { [onListening, logger] channel in
                let address = ServerAddress(host: host, port: channel.localAddress?.port ?? 0)
                logger.info("listening", metadata: ["url": "\(address.url)"])
                await onListening(address)
            },
            logger: quiet)
    }

    /// Method and pattern of every route, for the test that the API's description names them all.
    package var routes: [(method: String, path: String)] {
        ServiceParts(naming: naming, configuration: configuration).table.routes.map { ($0.method.rawValue, $0.path) }
    }

    /// The framework's own lines are of no use below warnings, unless everything is wanted.
    private var quiet: Logger {
        var quiet = logger
        if configuration.logLevel > .debug { quiet.logLevel = max(.warning, configuration.logLevel) }
        return quiet
    }
}

/// What the routes of one server share.
private struct ServiceParts {
    let pool: WorkPool
    let readiness = Readiness()
    let metrics: ServeMetrics
    let table: RouteTable

    init(naming: any FaceNaming, configuration: ServeConfiguration) {
        let limits = configuration.limits
        let budget = UploadBudget(maximumBytes: limits.bytesInFlight)
        pool = WorkPool(workers: configuration.workers, queue: configuration.queue)
        metrics = ServeMetrics(version: configuration.version, model: naming.summary.identity, pool: pool)
        let desk = PhotoDesk(naming: naming, limits: limits, pool: pool, budget: budget, readiness: readiness, metrics: metrics)
        table = RouteTable(
            routes: PageRoutes().routes + ClassifyRoute(desk: desk).routes
                + DetectRoute(desk: desk, searchTime: configuration.timeouts.search).routes + LegacyRoute(desk: desk).routes
                + ModelRoute(naming: naming, limits: limits, version: configuration.version).routes
                + SampleRoutes(samples: configuration.samples).routes
                + HealthRoutes(pool: pool, budget: budget, readiness: readiness, metrics: metrics).routes)
    }
}
