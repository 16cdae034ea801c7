import Logging
import NIOCore
import ServiceLifecycle

/// Tells a supervisor when the service is ready, that it lives, and when it stops.
///
/// A sign of life, twice in each watchdog period or once a second, means that every event loop and Swift's own threads have just run something.
/// Whether a place for one more connection is free doesn't count: a server full of connections is not a server that hangs.
struct SupervisorNotices: Service, CustomStringConvertible {
    /// As `LineupService.description`.
    let description = "lineup-supervisor"
    let socket: SupervisorSocket
    let readiness: Readiness
    let eventLoops: any EventLoopGroup
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await untilCancelled()
        }
        send("STOPPING=1")
    }

    private func untilCancelled() async {
        var told = Readiness.State.checking
        let pause = min(socket.watchdog.map { $0 / 2 } ?? .seconds(1), .seconds(1))
        while !Task.isCancelled {
            let state = readiness.isListening ? readiness.state : .checking
            if state != told {
                told = state
                if state == .ready { send("READY=1\nSTATUS=ready") }
                if state == .failed { send("STATUS=the model did not reproduce its self-test") }
            }
            if socket.watchdog != nil, await everyLoopRuns() { send("WATCHDOG=1") }
            // Cancelling ends the wait and the loop.
            try? await Task.sleep(for: told == .checking ? min(pause, .milliseconds(20)) : pause)
        }
    }

    private func everyLoopRuns() async -> Bool {
        for loop in eventLoops.makeIterator() {
            do { try await loop.submit {}.get() } catch { return false }
        }
        return true
    }

    private func send(_ lines: String) {
        do {
            try socket.send(lines)
        } catch {
            logger.warning("the supervisor cannot be told", metadata: ["socket": "NOTIFY_SOCKET", "error": "\(error)"])
        }
    }
}
