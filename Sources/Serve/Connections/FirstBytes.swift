import NIOCore

/// Remembers how the bytes that came last begin: the parser does not say at what it stopped.
final class FirstBytes: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private(set) var line: [UInt8] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        line = Array(unwrapInboundIn(data).readableBytesView.prefix(32))
        context.fireChannelRead(data)
    }
}

@available(*, unavailable)
extension FirstBytes: Sendable {}
