import Foundation
import Logging
import Recognition
import Serve
import ServiceLifecycle
import TestSupport

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server on a free port of this machine, for as long as a closure runs; then it is shut down gracefully.
package struct RunningServer: Sendable {
    package let port: Int
    private let group: ServiceGroup

    package var url: URL { URL(string: "http://127.0.0.1:\(port)/")! }

    /// Begins a graceful shutdown and does not wait for its end.
    package func shutDown() { Task { [group] in await group.triggerGracefulShutdown() } }

    private func waitUntilReady() async throws {
        try await waitUntil("readiness") {
            let (_, response) = try await URLSession.shared.data(from: url.appendingPathComponent("readyz"))
            return (response as? HTTPURLResponse)?.statusCode == 200
        }
    }

    /// As `with`, for a body that blocks: it runs on a thread of its own, so that the server keeps Swift's threads.
    package static func blocking(
        _ naming: NamingDouble = NamingDouble(), _ configuration: ServeConfiguration = ServeConfiguration(),
        body: @escaping @Sendable (RunningServer) throws -> Void
    ) async throws {
        try await with(naming, configuration) { server in
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                Thread { continuation.resume(with: Result { try body(server) }) }.start()
            }
        }
    }

    /// Runs `body` when the server is ready.
    /// - Throws: What `body` throws; what the server throws.
    package static func with<Value: Sendable>(
        _ naming: NamingDouble = NamingDouble(), _ configuration: ServeConfiguration = ServeConfiguration(),
        body: @escaping @Sendable (RunningServer) async throws -> Value
    ) async throws -> Value {
        try await with(
            configuration, service: { LineupService(naming: naming, configuration: $0, logger: silent, onListening: $1) }, body: body)
    }

    /// The same with a server of model files.
    package static func with<Value: Sendable>(
        _ models: ModelFiles, _ configuration: ServeConfiguration = ServeConfiguration(),
        body: @escaping @Sendable (RunningServer) async throws -> Value
    ) async throws -> Value {
        try await with(
            configuration, service: { try LineupService(models: models, configuration: $0, logger: silent, onListening: $1) }, body: body)
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func with<Value: Sendable>(
        _ configuration: ServeConfiguration,
        service: (ServeConfiguration, @escaping @Sendable (ServerAddress) async -> Void) throws -> LineupService,
        body: @escaping @Sendable (RunningServer) async throws -> Value
    ) async throws -> Value {
        var configuration = configuration
        configuration.port = 0
        configuration.logLevel = .error
        let (addresses, continuation) = AsyncStream.makeStream(of: ServerAddress.self)
        let service = try service(configuration) { continuation.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [service], logger: silent))
        return try await withThrowingTaskGroup(of: Value?.self) { tasks in
            tasks.addTask {
                try await group.run()
                continuation.finish()
                return nil
            }
            tasks.addTask {
                guard let address = await addresses.first(where: { _ in true }) else { throw ServerDidNotStart() }
                do {
                    let server = RunningServer(port: address.port, group: group)
                    try await server.waitUntilReady()
                    let value = try await body(server)
                    await group.triggerGracefulShutdown()
                    return value
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
            }
            var value: Value?
            for try await result in tasks { value = result ?? value }
            guard let value else { throw ServerDidNotStart() }
            return value
        }
    }
}

package struct ServerDidNotStart: Error {
    package init() {}
}
