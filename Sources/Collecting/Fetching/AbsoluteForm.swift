#if Download
    import NIOCore
    import NIOHTTP1

    /// Writes whole addresses into the first lines of requests, as a proxy takes them for plain `http` (RFC 9112, 3.2.2, absolute-form): the
    /// authority is that of the header `Host`. Most proxies take CONNECT for `https` alone.
    final class AbsoluteForm: ChannelOutboundHandler {
        typealias OutboundIn = HTTPClientRequestPart
        typealias OutboundOut = HTTPClientRequestPart

        /// Puts one between the client and the encoder of its connection.
        @Sendable static func add(to channel: any Channel) -> EventLoopFuture<Void> {
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHandler(AbsoluteForm(), position: .after(try pipeline.handler(type: HTTPRequestEncoder.self)))
            }
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            var part = unwrapOutboundIn(data)
            if case .head(var head) = part, let authority = head.headers.first(name: "Host") {
                head.uri = "http://\(authority)\(head.uri)"
                part = .head(head)
            }
            context.write(wrapOutboundOut(part), promise: promise)
        }
    }
#endif
