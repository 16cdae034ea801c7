import HTTPTypes
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTPTypes

/// Whether the other end of a connection still listens.
final class ConnectionLife: Sendable {
    private let closed = NIOLockedValueBox(false)

    var isOver: Bool { closed.withLockedValue { $0 } }

    func end() { closed.withLockedValue { $0 = true } }
}

/// Watches the bodies of one connection's requests.
///
/// - A body must arrive within `timeouts.body` seconds plus one second for each `minimumRate` bytes already received; a slower
///   one is answered 408 from here and the connection closed.
/// - `Expect: 100-continue` is answered, unless the announced length is beyond what any route accepts: then the route's 413
///   comes instead and the body is never sent.
/// - A response that begins before its request's body has ended carries `Connection: close`, and the connection is closed when
///   the rest has been read and thrown away, or after `linger` seconds.
final class UploadGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    let life = ConnectionLife()
    private let timeouts: Timeouts
    private let maximumBytes: Int
    private let onTimeout: @Sendable () -> Void
    private var isReceiving = false
    private var bytesReceived = 0
    private var began = NIODeadline.now()
    private var unanswered = 0
    private var responseBegan = false
    private var closesAfterBody = false
    private var deadline: Scheduled<Void>?

    init(timeouts: Timeouts, maximumBytes: Int, onTimeout: @escaping @Sendable () -> Void) {
        self.timeouts = timeouts
        self.maximumBytes = maximumBytes
        self.onTimeout = onTimeout
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            unanswered += 1
            isReceiving = true
            bytesReceived = 0
            began = .now()
            if head.headerFields[.expect]?.lowercased() == "100-continue" { answerExpectation(of: head, context: context) }
            schedule(after: timeouts.body, context: context)
        case .body(let buffer):
            bytesReceived += buffer.readableBytes
        case .end:
            isReceiving = false
            deadline?.cancel()
            if closesAfterBody { context.close(promise: nil) }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            responseBegan = true
            if isReceiving, unanswered == 1 {
                closesAfterBody = true
                head.headerFields[.connection] = "close"
                context.write(wrapOutboundOut(.head(head)), promise: promise)
                return
            }
        case .body:
            break
        case .end:
            responseBegan = false
            unanswered -= 1
            if closesAfterBody {
                context.writeAndFlush(data, promise: promise)
                if isReceiving { schedule(after: timeouts.linger, context: context) } else { context.close(promise: nil) }
                return
            }
        }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { life.end() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        life.end()
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    private func answerExpectation(of head: HTTPRequest, context: ChannelHandlerContext) {
        let announced = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= maximumBytes, unanswered == 1 else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    private func schedule(after seconds: Double, context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) {
            self.deadlinePassed(context: context)
        }
    }

    private func deadlinePassed(context: ChannelHandlerContext) {
        guard isReceiving else { return }
        if closesAfterBody { return context.close(promise: nil) }
        let allowed = timeouts.body + Double(bytesReceived) / timeouts.minimumRate
        let elapsed = Double((NIODeadline.now() - began).nanoseconds) / 1e9
        // A request still waiting for its answer comes first: its answer must not be overtaken by a 408 for the next.
        guard elapsed >= allowed, unanswered == 1, !responseBegan else {
            return schedule(after: max(allowed - elapsed, timeouts.body), context: context)
        }
        answerTimeout(context: context)
    }

    private func answerTimeout(context: ChannelHandlerContext) {
        onTimeout()
        let body = ByteBuffer(bytes: Problem.slowBody(received: bytesReceived).json)
        var head = HTTPResponse(status: .requestTimeout)
        head.headerFields[.contentType] = Problem.mediaType
        head.headerFields[.contentLength] = String(body.readableBytes)
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension UploadGuard: Sendable {}
