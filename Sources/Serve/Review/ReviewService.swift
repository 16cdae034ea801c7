import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import Recognition
import ServiceLifecycle

/// The review's page and what it asks, for one person on this machine: it listens on the loopback address alone, every path begins with a random
/// token, and only requests that name this machine are answered.
public struct ReviewService: Service {
    private let session: ReviewSession
    private let port: Int
    private let token: String
    private let logger: Logger
    private let onListening: @Sendable (String) async -> Void

    /// - Parameters:
    ///   - session: what is reviewed.
    ///   - port: 0 lets the system choose.
    ///   - onListening: called once with the page's address, token included.
    public init(
        session: ReviewSession, port: Int = 0, logger: Logger = Logger(label: "lineup.review"),
        onListening: @escaping @Sendable (String) async -> Void = { _ in }
    ) {
        self.session = session
        self.port = port
        self.logger = logger
        self.onListening = onListening
        token = Self.token()
    }

    /// 128 random bits of the system's generator.
    private static func token() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Runs until its service group shuts down or its task is cancelled.
    /// - Throws: `ListenError` when the port cannot be bound.
    public func run() async throws {
        let host = "127.0.0.1"
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ReviewGate())
        ReviewRoutes(session: session).add(to: router.group(RouterPath("/\(token)")))
        do {
            try await Application(
                router: router,
                configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "lineup"),
                onServerRunning: { [onListening, token] channel in
                    await onListening("http://\(host):\(channel.localAddress?.port ?? 0)/\(token)/")
                },
                logger: logger
            ).run()
        } catch {
            throw ListenError(error, host: host, port: port) ?? error
        }
    }

    /// Runs until SIGTERM or Ctrl-C.
    public func runUntilSignalled() async throws {
        var group = ServiceGroupConfiguration(services: [self], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(2)
        try await ServiceGroup(configuration: group).run()
    }
}

/// Answers only those who name this machine, so that no other page's name can lead here, and turns errors into problems.
private struct ReviewGate: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let host = (request.head.authority ?? "").split(separator: ":").first.map(String.init) ?? ""
        guard host == "127.0.0.1" || host == "localhost" else {
            return Problem(.notFound, detail: "This is a page for this machine alone.", advice: "Open the address that was printed.")
                .response
        }
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as RecognitionError {
            response = Self.problem(error).response
        } catch is DecodingError {
            response = Problem(.malformedJSON, detail: "The body is no decision.", advice: "Reload the page.").response
        } catch let error as HTTPError where error.status == .notFound {
            response = Problem(.notFound, detail: "Nothing is here.", advice: "Open the address that was printed.").response
        }
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }

    private static func problem(_ error: RecognitionError) -> Problem {
        let kind: Problem.Kind =
            switch error {
            case .missing: .notFound
            case .invalidParameter: .badParameter
            default: .unexpected
            }
        return Problem(kind, detail: "\(error)", advice: "Reload the page to see the folder as it is now.")
    }
}
