import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTPTypes
import Synchronization

/// A connection between its acceptance and its handling.
///
/// A server that stops drops what it accepted in the same instant, and SwiftNIO ends the process where a wrapped channel is dropped without
/// being finished: with it would go the answers under way. Such a connection is closed instead.
package final class AcceptedConnection: ServerChildChannelValue {
    private let wrapped: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    private let isTaken = Atomic(false)

    package var channel: any Channel { wrapped.channel }

    package init(_ wrapped: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>) {
        self.wrapped = wrapped
    }

    /// The channel, for who will finish it.
    package func take() -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
        isTaken.store(true, ordering: .relaxed)
        return wrapped
    }

    deinit {
        guard !isTaken.load(ordering: .relaxed) else { return }
        let wrapped = wrapped
        // That it cannot be closed any more is what is wanted.
        Task { try? await wrapped.executeThenClose { _, _ in } }
    }
}
