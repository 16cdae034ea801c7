import Logging
import Recognition
import ServiceLifecycle

/// Runs the pool, and the model's self-test on it as the first job.
struct WorkService: Service, CustomStringConvertible {
    /// As `LineupService.description`.
    let description = "lineup-work"
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
