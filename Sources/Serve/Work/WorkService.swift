import Logging
import Recognition
import ServiceLifecycle

/// Runs the pool, and the models' self-tests on it as the first jobs: the server is ready when the default model has passed.
struct WorkService: Service, CustomStringConvertible {
    /// As `LineupService.description`.
    let description = "lineup-work"
    let pool: WorkPool
    let shelf: ModelShelf
    let readiness: Readiness
    let logger: Logger

    func run() async throws {
        pool.start()
        let (standard, others) = (shelf.standard, shelf.models.dropFirst())
        do {
            try await pool.run { try standard.naming.checkSelfTest() }
            for model in others { await check(model) }
            readiness.settle(.ready)
            logger.info(
                "ready: the model reproduced its self-test",
                metadata: ["model": "\(standard.summary.identity.id)", "models": "\(shelf.models.count)"])
        } catch {
            readiness.settle(.failed)
            logger.critical("not ready: the self-test failed", metadata: ["error": "\(error)"])
        }
        try? await gracefulShutdown()
        try await pool.stop()
    }

    /// A model besides the default one that fails is not served.
    private func check(_ model: ModelShelf.Model) async {
        do {
            try await pool.run { try model.naming.checkSelfTest() }
        } catch {
            logger.error("model not served: its self-test failed", metadata: ["model": "\(model.name)", "error": "\(error)"])
            shelf.drop(model.name, reason: "\(error)")
        }
    }
}
