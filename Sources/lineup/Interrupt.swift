import Dispatch
import Foundation
import Recognition

/// Ctrl-C and SIGTERM as a request to stop between two pieces of work; a second Ctrl-C ends the process at once.
final class Interrupt {
    let cancellation = Cancellation()
    private let sources: [any DispatchSourceSignal]

    init() {
        let cancellation = cancellation
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if cancellation.isRequested { Foundation.exit(Failure.interrupted) }
                cancellation.request()
                Failure.say("stopping; a second Ctrl-C stops at once")
            }
            source.resume()
            return source
        }
    }

    /// Gives the signals back to whoever wants them next.
    func release() {
        sources.forEach { $0.cancel() }
    }
}
