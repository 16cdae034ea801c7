import Logging
import NIOConcurrencyHelpers
import Recognition
import ServiceLifecycle

/// Whether the model has reproduced its self-test vectors on this machine.
package final class Readiness: Sendable {
    enum State: Sendable, Equatable {
        case checking
        case ready
        case failed
    }

    private let box = NIOLockedValueBox(State.checking)

    var state: State { box.withLockedValue { $0 } }

    func settle(_ state: State) { box.withLockedValue { $0 = state } }

    /// - Throws: `RequestError.notReady` while the check runs, `RequestError.selfTestFailed` when it failed.
    func require() throws(RequestError) {
        switch state {
        case .ready: return
        case .checking: throw .notReady(retryAfter: 1)
        case .failed: throw .selfTestFailed
        }
    }
}

/// Runs the pool, and the model's self-test on it as the first job.
struct WorkService: Service {
    let pool: WorkPool
    let naming: any FaceNaming
    let readiness: Readiness
    let logger: Logger

    func run() async throws {
        pool.start()
        do {
            try await pool.run { [naming] in try naming.checkSelfTest() }
            readiness.settle(.ready)
            logger.info("ready: the model reproduced its self-test", metadata: ["model": "\(naming.summary.identity.id)"])
        } catch {
            readiness.settle(.failed)
            logger.critical("not ready: the self-test failed", metadata: ["error": "\(error)"])
        }
        try? await gracefulShutdown()
        try await pool.stop()
    }
}
