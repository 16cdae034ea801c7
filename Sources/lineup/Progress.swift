import Foundation
import Synchronization

/// Progress of a long command on standard error: a bar that redraws itself on a terminal, a line every tenth of the way elsewhere.
/// A command of several stages shows them one after the other.
package final class Progress: Sendable {
    private struct State {
        var title: String
        /// When the stage was first heard of, and how much of it was done before.
        var start: (instant: ContinuousClock.Instant, done: Int)?
        var lastDrawn: ContinuousClock.Instant?
        var lastTenth = -1
        var drewBar = false
    }

    private let isQuiet: Bool
    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - title: of the first stage.
    ///   - isTerminal: whether a bar can be redrawn where `write` writes.
    package init(
        _ title: String, quiet: Bool, isTerminal: Bool = isatty(2) != 0,
        write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
    ) {
        isQuiet = quiet
        self.isTerminal = isTerminal
        self.write = write
        state = Mutex(State(title: title))
    }

    /// Shows how far the stage `title` has come; another stage than the last begins on a line of its own.
    /// - Parameter note: what else is to be told, after the numbers.
    package func update(_ title: String, done: Int, total: Int, note: String = "") {
        guard !isQuiet, total > 0 else { return }
        let now = ContinuousClock().now
        state.withLock { state in
            if title != state.title {
                finish(&state)
                state = State(title: title)
            }
            // What a run before this one had done says nothing about its rate.
            let start = state.start ?? (now, done - 1)
            state.start = start
            let status = Self.status(
                title, done: done, total: total, fresh: done - start.done, seconds: (now - start.instant) / .seconds(1))
            let text = note.isEmpty ? status : "\(status); \(note)"
            if isTerminal {
                if done < total, let last = state.lastDrawn, now - last < .milliseconds(80) { return }
                state.lastDrawn = now
                state.drewBar = true
                write("\r\u{1B}[2K\(Self.bar(done: done, total: total)) \(text)")
            } else {
                let tenth = done * 10 / total
                if tenth == state.lastTenth { return }
                state.lastTenth = tenth
                write("\(text)\n")
            }
        }
    }

    /// The same for the stage that is being shown.
    package func update(done: Int, total: Int, note: String = "") {
        update(state.withLock { $0.title }, done: done, total: total, note: note)
    }

    /// Ends the bar's line, so that what follows starts on its own.
    package func finish() { state.withLock { state in finish(&state) } }

    private func finish(_ state: inout State) {
        if state.drewBar { write("\n") }
        state.drewBar = false
    }

    /// 24 cells, of which the share that is done is full.
    package static func bar(done: Int, total: Int) -> String {
        let width = 24
        let filled = max(0, min(width, done * width / total))
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }

    /// For example "clean 30/120, 10.0/s, 9 s left".
    /// - Parameter fresh: how many of those done were done in `seconds`.
    package static func status(_ title: String, done: Int, total: Int, fresh: Int, seconds: Double) -> String {
        var text = "\(title) \(done)/\(total)"
        if fresh > 0 && seconds > 0 {
            let rate = Double(fresh) / seconds
            text += String(format: ", %.1f/s", rate)
            if done < total { text += String(format: ", %.0f s left", Double(total - done) / rate) }
        }
        return text
    }
}
