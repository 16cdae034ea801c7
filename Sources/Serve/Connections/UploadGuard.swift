import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Watches how the body of a connection's request arrives.
///
/// - A body must arrive within `timeouts.body` seconds plus one second for each `minimumRate` bytes already received; a slower
///   one is answered 408 from here, and the connection ends.
/// - `Expect: 100-continue` is answered, unless the announced length is beyond what any route accepts: then the route's 413
///   comes instead and the body is never sent.
final class UploadGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let timeouts: Timeouts
    private let maximumBytes: Int
    private let onTimeout: @Sendable () -> Void
    private var isReceiving = false
    private var responseBegan = false
    private var bytesReceived = 0
    private var began = NIODeadline.now()
    private var deadline: Scheduled<Void>?

    init(timeouts: Timeouts, maximumBytes: Int, onTimeout: @escaping @Sendable () -> Void) {
        self.timeouts = timeouts
        self.maximumBytes = maximumBytes
        self.onTimeout = onTimeout
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            (isReceiving, responseBegan, bytesReceived, began) = (true, false, 0, .now())
            if head.headerFields[.expect]?.lowercased() == "100-continue" { answerExpectation(of: head, context: context) }
            schedule(after: timeouts.body, context: context)
        case .body(let buffer):
            bytesReceived += buffer.readableBytes
        case .end:
            isReceiving = false
            deadline?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head(let head) = unwrapOutboundIn(data), head.status.code >= 200 { responseBegan = true }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    private func answerExpectation(of head: HTTPRequest, context: ChannelHandlerContext) {
        let announced = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= maximumBytes else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    private func schedule(after seconds: Double, context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9) + 1)) {
            self.deadlinePassed(context: context)
        }
    }

    private func deadlinePassed(context: ChannelHandlerContext) {
        guard isReceiving, !responseBegan else { return }
        let left = timeouts.body + Double(bytesReceived) / timeouts.minimumRate - Double((NIODeadline.now() - began).nanoseconds) / 1e9
        if left > 0 { return schedule(after: left, context: context) }
        onTimeout()
        var problem = Problem.slowBody(received: bytesReceived)
        let id = RequestID().description
        problem.requestId = id
        let body = ByteBuffer(bytes: problem.json)
        var head = HTTPResponse(status: .requestTimeout, headerFields: problem.headers)
        head.headerFields[.contentLength] = String(body.readableBytes)
        head.headerFields[.requestID] = id
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // Whoever waits for the rest of the body is set free at once.
        context.fireErrorCaught(problem)
    }
}

@available(*, unavailable)
extension UploadGuard: Sendable {}
