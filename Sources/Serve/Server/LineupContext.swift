import Hummingbird
import NIOCore

/// What travels with a request: Hummingbird's storage (logger, route) and the connection it came by.
struct LineupContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The address at the connection's other end.
    var peer: String { channel.remoteAddress?.ipAddress ?? "unknown" }

    /// The connection a request came by.
    struct Connection: Sendable {
        /// The address at its other end.
        var peer: String
        /// Tells whether the client has hung up; nil for a request that came by no connection of ours.
        var life: ConnectionLife?
    }

    func connection() async -> Connection {
        let channel = channel
        let life = try? await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: RequestGate.self).life
        }.get()
        return Connection(peer: peer, life: life)
    }
}
