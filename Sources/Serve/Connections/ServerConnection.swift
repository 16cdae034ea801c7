import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// The way of a connection's bytes: HTTP/1.1 as the framework reads it, with our guards between its handlers.
///
///     bytes ─ parser ─ RequestGate ─ codec ─ UploadGuard ─ idle timeout ─ router
struct ServerConnection: ServerChildChannel, HTTPChannelHandler {
    typealias Value = AcceptedConnection

    let responder: HTTPChannelHandler.Responder
    let timeouts: Timeouts
    /// The longest body any route accepts, in bytes.
    let maximumBody: Int
    let registry: ConnectionRegistry
    let metrics: ServeMetrics

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            // One read a turn of the loop: forty uploads at full speed then hold up the others of their loop a fourth as long.
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
            let id = ObjectIdentifier(channel)
            let admission = registry.enter(id, address: channel.remoteAddress?.ipAddress ?? "unix") { channel.close(promise: nil) }
            if admission == .refused { channel.close(promise: nil) }
            channel.closeFuture.whenComplete { [registry] _ in registry.leave(id) }
            let pipeline = channel.pipeline.syncOperations
            let firstBytes = FirstBytes()
            try pipeline.addHandler(firstBytes)
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: Self.headLimits)
            try pipeline.addHandler(
                RequestGate(
                    timeouts: timeouts, admission: admission, firstBytes: firstBytes, onBusy: { [registry] in registry.setBusy(id, $0) },
                    onRefusal: { [metrics] in metrics.refused($0) }))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            try pipeline.addHandler(
                UploadGuard(timeouts: timeouts, maximumBytes: maximumBody, onTimeout: { [metrics] in metrics.uploadTimedOut() }))
            try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: .seconds(timeouts.idle), logger: logger))
            return AcceptedConnection(
                try NIOAsyncChannel(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value.take(), logger: logger)
    }

    /// All header lines of a request together, and one alone: 80 KiB, as the framework's own default.
    private static let headLimits: NIOHTTPDecoderLimitConfiguration = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 80 * 1024
        limits.maxHeaderListSize = 80 * 1024
        limits.maxHeaderFieldCount = 1000
        return limits
    }()
}
