import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Recognition
import ServiceLifecycle

/// The HTTP server: the page, the API and what operators watch, around anything that names the faces of a photo.
///
/// It serves one model or several, and takes changed model files while it runs (`ModelFiles`).
///
/// It listens at once and is ready (`/readyz`) when the model has reproduced its self-test. A graceful shutdown of the group it
/// runs in closes the listening socket, answers the requests under way, and ends.
public struct LineupService: Service, CustomStringConvertible {
    /// What service groups call it in their log. Without it they would reflect every number of the model.
    public let description = "lineup"
    private let shelf: ModelShelf
    /// What is watched, and what of it was loaded at the start; nil for a model that is no file's.
    private let files: (files: ModelFiles, loaded: [ModelFiles.Entry])?
    private let configuration: ServeConfiguration
    private let logger: Logger
    private let supervisor: SupervisorSocket?
    private let onListening: @Sendable (ServerAddress) async -> Void

    /// A server of one model, which is called "model".
    /// - Parameters:
    ///   - naming: Names the faces.
    ///   - configuration: How it serves.
    ///   - logger: Where its lines go.
    ///   - environment: Has `NOTIFY_SOCKET` and `WATCHDOG_USEC` where a supervisor such as systemd wants to hear of readiness and life.
    ///   - onListening: Called once, when connections are accepted, with the port that was chosen for port 0.
    public init(
        naming: any FaceNaming, configuration: ServeConfiguration = ServeConfiguration(), logger: Logger = Logger(label: "lineup"),
        environment: [String: String] = ProcessInfo.processInfo.environment,
        onListening: @escaping @Sendable (ServerAddress) async -> Void = { _ in }
    ) {
        self.init(
            shelf: ModelShelf([ModelShelf.Model(name: "model", naming: naming)]), files: nil, configuration: configuration, logger: logger,
            environment: environment, onListening: onListening)
    }

    /// A server of model files, which are loaded here and watched while it runs.
    /// - Throws: What loading a file throws that was named itself; of a folder's files those that do not load are passed over, with a line
    ///   in the log and in `/readyz`. `RecognitionError.missing` where no file is left.
    public init(
        models files: ModelFiles, configuration: ServeConfiguration = ServeConfiguration(), logger: Logger = Logger(label: "lineup"),
        environment: [String: String] = ProcessInfo.processInfo.environment,
        onListening: @escaping @Sendable (ServerAddress) async -> Void = { _ in }
    ) throws {
        let entries = try files.entries()
        var models: [ModelShelf.Model] = []
        var faults: [ModelShelf.Fault] = []
        for entry in entries {
            do {
                models.append(ModelShelf.Model(name: entry.name, naming: try files.load(entry.url)))
            } catch  where !entry.isNamed {
                faults.append(ModelWatch.fault(of: entry, error))
                logger.error("model not served", metadata: ["model": "\(entry.name)", "error": "\(error)"])
            }
        }
        guard !models.isEmpty else {
            throw RecognitionError.missing(path: files.description, what: "model file that can be served (*\(ModelFiles.suffix))")
        }
        let shelf = ModelShelf(models)
        for fault in faults { shelf.refuse(fault) }
        self.init(
            shelf: shelf, files: (files, entries), configuration: configuration, logger: logger, environment: environment,
            onListening: onListening)
    }

    private init(
        shelf: ModelShelf, files: (files: ModelFiles, loaded: [ModelFiles.Entry])?, configuration: ServeConfiguration, logger: Logger,
        environment: [String: String], onListening: @escaping @Sendable (ServerAddress) async -> Void
    ) {
        self.shelf = shelf
        self.files = files
        self.configuration = configuration
        var logger = logger
        logger.logLevel = configuration.logLevel
        self.logger = logger
        supervisor = SupervisorSocket(environment: environment)
        self.onListening = onListening
    }

    /// Runs until its service group shuts down or its task is cancelled.
    ///
    /// A shutdown first closes the listening socket and answers what is under way. What is still worked on when four fifths of
    /// `timeouts.shutdown` are over is answered 503.
    /// - Throws: `ListenError` when the address cannot be bound.
    public func run() async throws {
        let parts = ServiceParts(shelf: shelf, configuration: configuration)
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
        application(of: ServiceParts(shelf: shelf, configuration: configuration))
    }

    private func application(of parts: ServiceParts) -> some ApplicationProtocol {
        var services: [any Service] = [WorkService(pool: parts.pool, shelf: shelf, readiness: parts.readiness, logger: logger)]
        if let (files, loaded) = files {
            services.append(
                ModelWatch(
                    files: files, loaded: loaded, shelf: shelf, pool: parts.pool, interval: configuration.timeouts.watch, logger: logger))
        }
        if let supervisor {
            services.append(
                SupervisorNotices(
                    socket: supervisor, readiness: parts.readiness, eventLoops: MultiThreadedEventLoopGroup.singleton, logger: logger))
        }
        if let port = configuration.adminPort {
            let admin = application(
                of: parts, answering: parts.adminTable, registry: parts.adminConnections, port: port, services: []
            ) { [logger] address in logger.info("health and metrics", metadata: ["url": "\(address.url)"]) }
            services.append(admin)
        }
        return application(
            of: parts, answering: parts.table, registry: parts.connections, port: configuration.port, services: services
        ) { [onListening, logger] address in
            logger.info("listening", metadata: ["url": "\(address.url)"])
            parts.readiness.settleListening()
            await onListening(address)
        }
    }

    private func application(
        of parts: ServiceParts, answering table: RouteTable, registry: ConnectionRegistry, port: Int, services: [any Service],
        onRunning: @escaping @Sendable (ServerAddress) async -> Void
    ) -> some ApplicationProtocol {
        let (host, timeouts, maximumBody) = (configuration.host, configuration.timeouts, configuration.limits.encodedBytes)
        let recorder = RequestRecorder(table: table, metrics: parts.metrics, addresses: parts.addresses, logger: logger)
        return Application(
            router: table.router(with: recorder, allowedOrigin: configuration.allowedOrigin),
            server: HTTPServerBuilder { responder in
                ServerConnection(
                    responder: responder, timeouts: timeouts, maximumBody: maximumBody, registry: registry, metrics: parts.metrics)
            },
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "lineup"),
            services: services,
            onServerRunning: { channel in await onRunning(ServerAddress(host: host, port: channel.localAddress?.port ?? 0)) },
            logger: quiet)
    }

    /// Method and pattern of every route, for the test that the API's description names them all.
    package var routes: [(method: String, path: String)] {
        ServiceParts(shelf: shelf, configuration: configuration).table.routes.map { ($0.method.rawValue, $0.path) }
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
    /// What the port for operators answers.
    let adminTable: RouteTable
    let adminConnections: ConnectionRegistry

    init(shelf: ModelShelf, configuration: ServeConfiguration) {
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
        adminConnections = ConnectionRegistry(maximum: 64, perAddress: 64, reserve: 0)
        metrics = ServeMetrics(version: configuration.version, pool: pool)
        let handler = PhotoRequestHandler(
            shelf: shelf, limits: limits, pool: pool, budget: budget, readiness: readiness, metrics: metrics,
            clients: Clients(addresses: addresses, keys: configuration.keys, rate: limits.requestsPerSecond), work: timeouts.work)
        let health = HealthRoutes(
            pool: pool, budget: budget, readiness: readiness, metrics: metrics, connections: connections, shelf: shelf)
        let models = ModelRoutes(
            shelf: shelf, limits: limits, version: configuration.version, takesFeedback: configuration.feedback != nil)
        table = RouteTable(
            routes: PageRoutes().routes + ClassifyRoute(handler: handler).routes
                + DetectRoute(handler: handler).routes + ViewsRoute(handler: handler).routes + LegacyRoute(handler: handler).routes
                + models.routes
                + (configuration.feedback.map { FeedbackRoute(handler: handler, folder: $0).routes } ?? [])
                + SampleRoutes(samples: configuration.samples).routes
                + (configuration.adminPort == nil ? health.routes : health.probes))
        adminTable = RouteTable(routes: health.routes)
    }
}
