import Dispatch
import Foundation
import Recognition
import Support

/// Ctrl-C and SIGTERM as a request to stop between two pieces of work; a second Ctrl-C ends the process at once.
package final class Interrupt {
    package let cancellation = Cancellation()
    /// What shells report of a command that Ctrl-C ended.
    package static let exitCode: Int32 = 130
    private let signals: [Int32]
    private let sources: [any DispatchSourceSignal]

    /// Listens from now on.
    /// - Parameters:
    ///   - signals: what is listened to.
    ///   - end: called for every signal but the first.
    package init(
        signals: [Int32] = [SIGINT, SIGTERM], end: @escaping @Sendable () -> Void = { Foundation.exit(Interrupt.exitCode) }
    ) {
        let cancellation = cancellation
        self.signals = signals
        sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if cancellation.isRequested { return end() }
                cancellation.request()
                Failure.say("stopping; a second Ctrl-C stops at once")
            }
            source.resume()
            return source
        }
    }

    /// Gives the signals back: they do again what they do by default.
    package func release() {
        sources.forEach { $0.cancel() }
        signals.forEach { signal($0, SIG_DFL) }
    }
}
