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

    /// Tells whether the client has hung up; nil for a request that came by no connection of ours.
    func connectionLife() async -> ConnectionLife? {
        let channel = channel
        return try? await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: UploadGuard.self).life
        }.get()
    }
}
