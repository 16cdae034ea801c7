import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// Lets one request after the other through, refuses those that are no HTTP, and ends the connection when it is time.
///
/// - **One at a time.** What a client sends behind a request that is not answered yet is held here, at most `maximumHeld` parts;
///   nothing more is read meanwhile. A client that pipelines more has its connection closed after the response.
/// - **Heads.** What `HeadScreen` refuses, and what HTTP's parser stops at, is answered here, as a problem with a request id.
/// - **Ends.** A response carries `Connection: close`, and the connection ends with it, where the client asked for that, where the
///   response began before its request's body had ended (the rest is read and thrown away for `linger` seconds, so that the
///   client sees the response), and while the server shuts down.
/// - **Hang-ups.** A client may finish sending before it has read its answer. It looks like one that hung up; a
///   `100 Continue` shows the difference, because the system of a client that is gone refuses it.
/// - **Readers that do not read.** A connection that takes nothing of a response for `timeouts.write` seconds is closed.
final class RequestGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Of the requests a client sent ahead: a head, a body and an end are three parts.
    static let maximumHeld = 48

    private enum Phase {
        case idle
        /// A request's body is being received.
        case receiving
        /// A request has been received and its response has not ended.
        case answering
        /// Nothing more is answered; what comes is thrown away until the connection closes.
        case ending
    }

    let life = ConnectionLife()
    private let timeouts: Timeouts
    private let admission: ConnectionRegistry.Admission
    private let firstBytes: FirstBytes
    private let onBusy: @Sendable (Bool) -> Void
    private let onRefusal: @Sendable (Problem) -> Void
    private var phase = Phase.idle
    private var version = HTTPVersion.http1_1
    private var closes = false
    private var isShuttingDown = false
    private var responseBegan = false
    private var responseEnded = false
    private var held = CircularBuffer<HTTPServerRequestPart>()
    private var fault: HTTPParserError?
    private var wantsRead = false
    private var inputClosed = false
    private var outputClosed = false
    private var unsent = 0
    private var stallCheck: Scheduled<Void>?
    private var lingering: Scheduled<Void>?

    /// - Parameters:
    ///   - onBusy: Called with true when a request begins and with false when its response has ended.
    ///   - onRefusal: Called for every request that is refused here.
    init(
        timeouts: Timeouts, admission: ConnectionRegistry.Admission, firstBytes: FirstBytes, onBusy: @escaping @Sendable (Bool) -> Void,
        onRefusal: @escaping @Sendable (Problem) -> Void
    ) {
        self.timeouts = timeouts
        self.admission = admission
        self.firstBytes = firstBytes
        self.onBusy = onBusy
        self.onRefusal = onRefusal
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch phase {
        case .idle, .receiving: take(part, context: context)
        case .answering:
            if held.count < Self.maximumHeld { held.append(part) } else { closes = true }
        case .ending: break
        }
    }

    private func take(_ part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        guard case .head(var head) = part else {
            if case .end = part { phase = .answering }
            return context.fireChannelRead(wrapInboundOut(part))
        }
        version = head.version
        switch HeadScreen.verdict(on: head) {
        case .refused(let problem): return refuse(problem, method: head.method, context: context)
        case .accepted(let closes): self.closes = closes
        }
        if admission == .reserved, !HealthRoutes.paths.contains(String(head.uri.prefix { $0 != "?" })) {
            return refuse(.noPlace, method: head.method, context: context)
        }
        // The framework ends its loop after exactly this value.
        if closes { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        // A client of HTTP/1.0 does not know interim responses.
        if version.isOld { head.headers.remove(name: "Expect") }
        phase = .receiving
        (responseBegan, responseEnded) = (false, false)
        onBusy(true)
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func read(context: ChannelHandlerContext) {
        if phase == .answering { wantsRead = true } else { context.read() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if phase == .ending { context.read() }
    }

    // MARK: - Responses

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard phase == .receiving || phase == .answering, !responseEnded else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.status.code < 200 { return context.write(data, promise: promise) }
            responseBegan = true
            if phase == .receiving || isShuttingDown { closes = true }
            if closes { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            responseEnded = true
            context.writeAndFlush(data, promise: promise)
            watchStall(context: context)
            finishResponse(context: context)
        }
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        watchStall(context: context)
    }

    private func finishResponse(context: ChannelHandlerContext) {
        onBusy(false)
        if phase == .receiving || closes || isShuttingDown { return end(context: context) }
        phase = .idle
        let hadHeld = !held.isEmpty
        while phase != .answering, phase != .ending, let part = held.popFirst() { take(part, context: context) }
        // Whoever reads the parts gets them when a read is complete.
        if hadHeld { context.fireChannelReadComplete() }
        if phase == .idle, let fault { return refuse(HeadScreen.problem(fault, line: firstBytes.line), method: nil, context: context) }
        if phase == .idle, inputClosed { return end(context: context) }
        if phase != .answering, wantsRead {
            wantsRead = false
            context.read()
        }
    }

    /// Answers from here and ends the connection.
    private func refuse(_ problem: Problem, method: HTTPMethod?, context: ChannelHandlerContext) {
        onRefusal(problem)
        var problem = problem
        let id = RequestID().description
        problem.requestId = id
        let body = ByteBuffer(bytes: problem.json)
        var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: problem.status))
        for field in problem.headers { head.headers.add(name: field.name.rawName, value: field.value) }
        head.headers.add(name: "X-Request-Id", value: id)
        head.headers.add(name: "Content-Length", value: String(body.readableBytes))
        head.headers.add(name: "Connection", value: "close")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        watchStall(context: context)
        end(context: context)
    }

    // MARK: - Ends

    /// Says that nothing more will be sent, once all has been, and closes when the client has done so too, or after `linger` seconds:
    /// closing at once with bytes unread would make the system withdraw the response.
    private func end(context: ChannelHandlerContext) {
        phase = .ending
        firstBytes.isOver = true
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in
            self.outputClosed = true
            if self.inputClosed { return context.close(promise: nil) }
            self.lingering?.cancel()
            self.lingering = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(self.timeouts.linger * 1e9))) {
                context.close(promise: nil)
            }
        }
        context.close(mode: .output, promise: sent)
        context.read()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            inputClosed = true
            switch phase {
            case .ending: if outputClosed { return context.close(promise: nil) }
            case .receiving: life.end()
            case .answering where !responseBegan && !version.isOld:
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
            case .answering: break
            case .idle:
                context.fireUserInboundEventTriggered(event)
                return end(context: context)
            }
        case is ChannelShouldQuiesceEvent: return shutDown(context: context)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// The next response says that the connection ends; a client that sends no request within a second is hung up on.
    private func shutDown(context: ChannelHandlerContext) {
        isShuttingDown = true
        lingering?.cancel()
        lingering = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
            if self.phase == .idle || self.phase == .ending { context.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let parserError = error as? HTTPParserError else {
            life.end()
            return context.fireErrorCaught(error)
        }
        switch phase {
        case .idle: refuse(HeadScreen.problem(parserError, line: firstBytes.line), method: nil, context: context)
        case .answering: fault = parserError
        case .receiving:
            closes = true
            context.fireErrorCaught(error)
        case .ending: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        life.end()
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func stop() {
        stallCheck?.cancel()
        lingering?.cancel()
        (stallCheck, lingering) = (nil, nil)
    }

    // MARK: - Readers that do not read

    private func watchStall(context: ChannelHandlerContext) {
        guard stallCheck == nil, context.channel.isActive else { return }
        unsent = Self.unsentBytes(context.channel)
        guard unsent > 0 else { return }
        stallCheck = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(timeouts.write * 1e9))) {
            self.stallCheck = nil
            if Self.unsentBytes(context.channel) >= self.unsent { return context.close(promise: nil) }
            self.watchStall(context: context)
        }
    }

    private static func unsentBytes(_ channel: any Channel) -> Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}

@available(*, unavailable)
extension RequestGate: Sendable {}
