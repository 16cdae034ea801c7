import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Recognition
import ServiceLifecycle

/// The HTTP server: the page, the API and what operators watch, around anything that names the faces of a photo.
///
/// It listens at once and is ready (`/readyz`) when the model has reproduced its self-test. A graceful shutdown of the group it
/// runs in closes the listening socket, answers the requests under way, and ends.
public struct LineupService: Service, CustomStringConvertible {
    /// What service groups call it in their log. Without it they would reflect every number of the model.
    public let description = "lineup"
    private let naming: any FaceNaming
    private let configuration: ServeConfiguration
    private let logger: Logger
    private let onListening: @Sendable (ServerAddress) async -> Void

    /// - Parameter onListening: Called once, when connections are accepted, with the port that was chosen for port 0.
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
    ///
    /// A shutdown first closes the listening socket and answers what is under way. What is still worked on when four fifths of
    /// `timeouts.shutdown` are over is answered 503.
    /// - Throws: `ListenError` when the address cannot be bound.
    public func run() async throws {
        let parts = ServiceParts(naming: naming, configuration: configuration)
        let grace = configuration.timeouts.shutdown * 0.8
        if parts.places < configuration.limits.connections {
            logger.warning(
                "few open files are allowed (ulimit -n): fewer connections at a time",
                metadata: ["connections": "\(parts.places)", "wanted": "\(configuration.limits.connections)"])
        }
        try await withGracefulShutdownHandler {
            do {
                try await application(of: parts).run()
            } catch {
                throw ListenError(error, host: configuration.host, port: configuration.port) ?? error
            }
        } onGracefulShutdown: {
            parts.readiness.settle(.shuttingDown)
            Task {
                try await Task.sleep(for: .seconds(grace))
                parts.pool.abandon()
            }
        }
    }

    /// Runs until SIGTERM or SIGINT, then answers what is under way for at most `timeouts.shutdown` seconds.
    public func runUntilSignalled() async throws {
        var group = ServiceGroupConfiguration(services: [self], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        group.maximumGracefulShutdownDuration = .seconds(configuration.timeouts.shutdown)
        try await ServiceGroup(configuration: group).run()
    }

    /// The framework's application, for tests that talk to it without a socket.
    package func application() -> some ApplicationProtocol {
        application(of: ServiceParts(naming: naming, configuration: configuration))
    }

    private func application(of parts: ServiceParts) -> some ApplicationProtocol {
        let (host, timeouts, maximumBody) = (configuration.host, configuration.timeouts, configuration.limits.encodedBytes)
        let recorder = RequestRecorder(table: parts.table, metrics: parts.metrics, addresses: parts.addresses, logger: logger)
        return Application(
            router: parts.table.router(with: recorder, allowedOrigin: configuration.allowedOrigin),
            server: HTTPServerBuilder { responder in
                ServerConnection(
                    responder: responder, timeouts: timeouts, maximumBody: maximumBody, registry: parts.connections, metrics: parts.metrics)
            },
            configuration: ApplicationConfiguration(address: .hostname(host, port: configuration.port), serverName: "lineup"),
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
    let addresses: ClientAddress
    /// Connections at one time: as configured, or fewer where the system allows few open files.
    let places: Int
    let connections: ConnectionRegistry
    let readiness = Readiness()
    let metrics: ServeMetrics
    let table: RouteTable

    init(naming: any FaceNaming, configuration: ServeConfiguration) {
        let limits = configuration.limits
        let budget = UploadBudget(maximumBytes: limits.bytesInFlight)
        let timeouts = configuration.timeouts
        addresses = ClientAddress(proxies: configuration.trustedProxies)
        pool = WorkPool(
            workers: configuration.workers, queue: configuration.queue,
            share: configuration.workersPerClient > 0 ? configuration.workersPerClient : nil, quantum: timeouts.turn,
            patience: timeouts.wait)
        places = OpenFiles.connections(wanted: limits.connections, reserve: limits.connectionReserve, limit: OpenFiles.raisedLimit())
        connections = ConnectionRegistry(
            maximum: places, perAddress: limits.connectionsPerAddress, reserve: limits.connectionReserve,
            isExempt: addresses.isProxy)
        metrics = ServeMetrics(version: configuration.version, model: naming.summary.identity, pool: pool)
        let handler = PhotoRequestHandler(
            naming: naming, limits: limits, pool: pool, budget: budget, readiness: readiness, metrics: metrics,
            clients: Clients(addresses: addresses, keys: configuration.keys, rate: limits.requestsPerSecond), work: timeouts.work)
        table = RouteTable(
            routes: PageRoutes().routes + ClassifyRoute(handler: handler).routes
                + DetectRoute(handler: handler).routes + LegacyRoute(handler: handler).routes
                + ModelRoute(naming: naming, limits: limits, version: configuration.version).routes
                + SampleRoutes(samples: configuration.samples).routes
                + HealthRoutes(pool: pool, budget: budget, readiness: readiness, metrics: metrics, connections: connections).routes)
    }
}
