import NIOCore
import NIOPosix
import NIOSSL
import TestSupport

/// A server of this machine that answers byte by byte what a test tells it to, be it HTTP or not.
final class BadServer: Sendable {
    struct Request: Sendable, Equatable {
        var method: String
        /// As it stands in the first line.
        var target: String
        /// By their names in lower case.
        var headers: [String: String]
    }

    /// What an answer is made of.
    enum Step: Sendable {
        case bytes([UInt8])
        /// One byte after the other, with a pause before each, until the other side goes.
        case drip([UInt8], TimeAmount)
        /// The same bytes again and again, until the other side goes.
        case forever([UInt8])
        case close
    }

    private let channel: any Channel
    private let log: Shared<[Request]>

    let port: Int

    /// - Parameter certificate: a server's certificate and key in PEM; nil speaks without TLS.
    init(certificate: (certificate: String, key: String)? = nil, _ script: @escaping @Sendable (Request) -> [Step]) async throws {
        let log = Shared<[Request]>([])
        let tls = try certificate.map { files in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: try NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem))))
        }
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(
                        Conversation { request in
                            log.withLock { $0.append(request) }
                            return script(request)
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.log = log
        port = channel.localAddress?.port ?? 0
    }

    /// Every request so far, in their order.
    var requests: [Request] { log.withLock { $0 } }

    /// What was asked for, robots.txt left out.
    var targets: [String] { requests.map(\.target).filter { $0 != "/robots.txt" } }

    func stop() async throws { try await channel.close().get() }

    /// An address of this server.
    func url(_ path: String, host: String = "127.0.0.1", scheme: String = "http") -> String { "\(scheme)://\(host):\(port)\(path)" }
}

extension [BadServer.Step] {
    /// A whole answer.
    static func answer(_ status: String = "200 OK", _ headers: [String] = [], body: [UInt8] = []) -> [BadServer.Step] {
        let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
        return [.bytes([UInt8]((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)]
    }

    static func text(_ text: String) -> [BadServer.Step] { [.bytes([UInt8](text.utf8))] }
}

/// One connection: gathers a request's head, asks the script, writes what it says.
private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: (BadServer.Request) -> [BadServer.Step]
    private var received = ""

    init(_ script: @escaping (BadServer.Request) -> [BadServer.Step]) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        while let end = received.firstRange(of: "\r\n\r\n") {
            let lines = received[..<end.lowerBound].split(separator: "\r\n")
            received = String(received[end.upperBound...])
            let words = (lines.first ?? "").split(separator: " ").map(String.init)
            var request = BadServer.Request(method: words.first ?? "", target: words.count > 1 ? words[1] : "", headers: [:])
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                if parts.count == 2 { request.headers[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description }
            }
            play(script(request)[...], context)
        }
    }

    private func play(_ steps: ArraySlice<BadServer.Step>, _ context: ChannelHandlerContext) {
        guard let step = steps.first, context.channel.isActive else { return }
        let rest = steps.dropFirst()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        switch step {
        case .bytes(let bytes):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            play(rest, context)
        case .drip(let bytes, let pause):
            guard let first = bytes.first else { return play(rest, context) }
            context.eventLoop.scheduleTask(in: pause) {
                let (own, context) = bound.value
                context.writeAndFlush(own.wrapOutboundOut(ByteBuffer(bytes: [first])), promise: nil)
                own.play([.drip(Array(bytes.dropFirst()), pause)] + rest, context)
            }
        case .forever(let bytes):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).whenSuccess {
                // A write may be done at once: from a call of its own, or the stack grows with what is sent.
                bound.eventLoop.execute {
                    let (own, context) = bound.value
                    own.play(steps, context)
                }
            }
        case .close:
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
