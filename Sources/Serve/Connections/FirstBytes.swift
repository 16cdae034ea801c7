import NIOCore

/// Remembers how the bytes that came last begin: the parser does not say at what it stopped. And spares the parser what nobody will read:
/// a client that sends thousands of requests ahead would make it work for each.
final class FirstBytes: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private(set) var line: [UInt8] = []
    /// Whether what still comes is thrown away.
    var isOver = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        line = Array(unwrapInboundIn(data).readableBytesView.prefix(32))
        context.fireChannelRead(data)
    }
}

@available(*, unavailable)
extension FirstBytes: Sendable {}
