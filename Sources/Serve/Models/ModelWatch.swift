import Foundation
import Logging
import NIOConcurrencyHelpers
import Recognition
import ServiceLifecycle
import UnixSignals

/// Looks for changed model files once in a while and at SIGHUP, and serves those that load and reproduce their self-test.
///
/// A file counts as changed when its size, time or place on the disk differs and two looks in a row find it the same, so that one being
/// written is left alone. A file that is bad changes nothing: its name keeps its model, and the reason stands in the log, in `/readyz`
/// and in the metrics until the file changes again.
final class ModelWatch: Service, CustomStringConvertible {
    /// As `LineupService.description`.
    let description = "lineup-models"
    private let files: ModelFiles
    private let shelf: ModelShelf
    private let pool: WorkPool
    /// Seconds between two looks; 0 is at SIGHUP alone.
    private let interval: Double
    private let logger: Logger
    private let state: NIOLockedValueBox<State>

    private struct State {
        /// What was taken or refused last, by name.
        var known: [String: ModelFiles.Stamp?]
        /// What the look before this one found, by name.
        var before: [String: ModelFiles.Stamp] = [:]
        var isLooking = false
        var wantsForced = false
    }

    init(files: ModelFiles, loaded: [ModelFiles.Entry], shelf: ModelShelf, pool: WorkPool, interval: Double, logger: Logger) {
        self.files = files
        self.shelf = shelf
        self.pool = pool
        self.interval = interval
        self.logger = logger
        state = NIOLockedValueBox(State(known: Dictionary(loaded.map { ($0.name, $0.stamp) }) { first, _ in first }))
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) { await self.look(isForced: true) }
                }
                tasks.addTask {
                    guard self.interval > 0 else { return }
                    while (try? await Task.sleep(for: .seconds(self.interval))) != nil { await self.look(isForced: false) }
                }
            }
        }
    }

    /// Takes or refuses what changed.
    /// - Parameter isForced: Also what did not, and what may still be being written.
    func look(isForced: Bool) async {
        let isFree = state.withLockedValue { state in
            defer { state.isLooking = true }
            if isForced { state.wantsForced = true }
            return !state.isLooking
        }
        guard isFree else { return }
        while true {
            let isForced = state.withLockedValue { state in
                defer { state.wantsForced = false }
                return state.wantsForced
            }
            await lookOnce(isForced: isForced)
            let isDone = state.withLockedValue { state in
                if !state.wantsForced { state.isLooking = false }
                return !state.wantsForced
            }
            if isDone { return }
        }
    }

    private func lookOnce(isForced: Bool) async {
        let entries: [ModelFiles.Entry]
        do {
            entries = try files.entries()
        } catch {
            logger.error("models not looked for: a folder cannot be listed", metadata: ["error": "\(error)"])
            return
        }
        for entry in entries where isDue(entry, isForced: isForced) { await take(entry) }
        shelf.keep(entries.map(\.name))
        state.withLockedValue { state in
            state.before = Dictionary(entries.compactMap { entry in entry.stamp.map { (entry.name, $0) } }) { first, _ in first }
            let names = Set(entries.map(\.name))
            state.known = state.known.filter { names.contains($0.key) }
        }
    }

    private func isDue(_ entry: ModelFiles.Entry, isForced: Bool) -> Bool {
        if isForced { return true }
        return state.withLockedValue { state in
            if let known = state.known[entry.name], known == entry.stamp { return false }
            return entry.stamp == nil || state.before[entry.name] == entry.stamp
        }
    }

    private func take(_ entry: ModelFiles.Entry) async {
        do {
            guard entry.stamp != nil else { throw RecognitionError.missing(path: entry.url.lastPathComponent, what: "model file") }
            let naming = try await pool.run(WorkShare(client: "models", maximumSeconds: .infinity)) { [files] in
                let naming = try files.load(entry.url)
                try naming.checkSelfTest()
                return naming
            }
            shelf.put(ModelShelf.Model(name: entry.name, naming: naming))
            logger.notice("model loaded", metadata: ["model": "\(entry.name)", "id": "\(naming.summary.identity.id)"])
        } catch let error as RequestError {
            // No worker was free: the next look tries again.
            logger.info("model not loaded yet", metadata: ["model": "\(entry.name)", "error": "\(error)"])
            return
        } catch {
            let fault = Self.fault(of: entry, error)
            if !shelf.faults.contains(fault) {
                logger.error("model not loaded: the one before goes on", metadata: ["model": "\(entry.name)", "error": "\(fault.reason)"])
            }
            shelf.refuse(fault)
        }
        state.withLockedValue { $0.known[entry.name] = .some(entry.stamp) }
    }

    static func fault(of entry: ModelFiles.Entry, _ error: any Error) -> ModelShelf.Fault {
        let reason = "\(error)".replacing(entry.url.path, with: entry.url.lastPathComponent)
        return ModelShelf.Fault(name: entry.name, reason: String(reason.replacing("\n", with: " ").prefix(300)))
    }
}
