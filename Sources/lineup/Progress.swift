import Foundation
import Synchronization

/// Progress of a long command on standard error: a bar that redraws itself on a terminal, a line every tenth of the way elsewhere.
final class Progress: Sendable {
    private struct State {
        var lastDrawn: ContinuousClock.Instant?
        var lastTenth = -1
        var drewBar = false
    }

    private let title: String
    private let isQuiet: Bool
    private let isTerminal = isatty(2) != 0
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let state = Mutex(State())

    init(_ title: String, quiet: Bool) {
        self.title = title
        isQuiet = quiet
        start = clock.now
    }

    func update(done: Int, total: Int) {
        guard !isQuiet, total > 0 else { return }
        let now = clock.now
        state.withLock { state in
            if isTerminal {
                if done < total, let last = state.lastDrawn, now - last < .milliseconds(80) { return }
                state.lastDrawn = now
                state.drewBar = true
                write("\r\u{1B}[2K\(bar(done: done, total: total)) \(status(done: done, total: total, now: now))")
            } else {
                let tenth = done * 10 / total
                if tenth == state.lastTenth { return }
                state.lastTenth = tenth
                write("\(status(done: done, total: total, now: now))\n")
            }
        }
    }

    /// Ends the bar's line, so that what follows starts on its own.
    func finish() {
        state.withLock { state in
            if state.drewBar { write("\n") }
            state.drewBar = false
        }
    }

    private func bar(done: Int, total: Int) -> String {
        let width = 24
        let filled = done * width / total
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }

    private func status(done: Int, total: Int, now: ContinuousClock.Instant) -> String {
        let seconds = (now - start) / .seconds(1)
        var text = "\(title) \(done)/\(total)"
        if done > 0 && seconds > 0 {
            let rate = Double(done) / seconds
            text += String(format: ", %.1f/s", rate)
            if done < total { text += String(format: ", %.0f s left", Double(total - done) / rate) }
        }
        return text
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
