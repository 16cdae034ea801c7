#if Download
    import AsyncHTTPClient
    import Foundation
    import NIOCore
    import NIOPosix
    import NIOSSL
    import Support

    /// Asks servers, one request at a time: no redirect is followed, nothing is asked twice, every wait has an end, and a connection to an address that
    /// is not public is given up before anything is sent, unless that is allowed.
    ///
    /// The address is the one that was connected to, whatever the name resolved to before or after. Through a proxy only addresses that stand in the URL
    /// itself can be looked at: the proxy resolves names.
    struct Fetcher: Sendable {
        private let settings: WebCollector.Settings
        private let direct: HTTPClient
        /// Asks proxies for plain `http`.
        private let forwarded: HTTPClient
        /// Through tunnels that a proxy makes.
        private let proxied: [ProxyEnvironment.Proxy: HTTPClient]

        /// - Throws: NIOSSL's error where the certificates cannot be read.
        init(_ settings: WebCollector.Settings) throws {
            self.settings = settings
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            if let file = settings.certificates {
                var tls = TLSConfiguration.makeClientConfiguration()
                tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file.path))]
                configuration.tlsConfiguration = tls
            }
            configuration.timeout = .init(
                connect: .nanoseconds(settings.connectTimeout.wholeNanoseconds), read: .nanoseconds(settings.idleTimeout.wholeNanoseconds))
            configuration.httpVersion = .http1Only
            configuration.connectionPool.retryConnectionEstablishment = false
            proxied = Dictionary(
                uniqueKeysWithValues: settings.proxies.all.map { proxy in
                    var configuration = configuration
                    configuration.proxy = Self.setting(proxy)
                    return (proxy, HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration))
                })
            var forwarding = configuration
            forwarding.http1_1ConnectionDebugInitializer = AbsoluteForm.add
            forwarded = HTTPClient(eventLoopGroupProvider: .singleton, configuration: forwarding)
            if !settings.allowsPrivate { configuration.http1_1ConnectionDebugInitializer = Self.refusePrivatePeers }
            direct = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        }

        private static func setting(_ proxy: ProxyEnvironment.Proxy) -> HTTPClient.Configuration.Proxy {
            switch proxy.kind {
            case .socks: .socksServer(host: proxy.host, port: proxy.port)
            case .http:
                .server(
                    host: proxy.host, port: proxy.port,
                    authorization: proxy.user.map { .basic(username: $0, password: proxy.password ?? "") })
            }
        }

        @Sendable private static func refusePrivatePeers(_ channel: any Channel) -> EventLoopFuture<Void> {
            let peer = channel.remoteAddress
            if let peer, AddressScope.isPublic(peer.bytes) { return channel.eventLoop.makeSucceededVoidFuture() }
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(DownloadFault.privateAddress(peer?.ipAddress ?? "the peer"))
        }

        /// Ends the connections; nothing may be under way.
        func shutdown() async throws {
            try await direct.shutdown()
            try await forwarded.shutdown()
            for client in proxied.values { try await client.shutdown() }
        }

        /// One GET.
        /// - Parameters:
        ///   - accept: the header `Accept`.
        ///   - watch: looks at the body while it arrives.
        /// - Throws: `CancellationError` where the task was cancelled.
        func get(_ address: WebAddress, accept: String, validators: Validators? = nil, watch: BodyWatch) async throws -> Result<
            Answer, DownloadFault
        > {
            do {
                return .success(
                    try await withTimeLimit(settings.totalTimeout) { [self] in
                        try await ask(address, accept: accept, validators: validators, watch: watch)
                    })
            } catch let fault as DownloadFault {
                return .failure(fault)
            } catch {
                if Task.isCancelled { throw CancellationError() }
                return .failure(Self.fault(of: error))
            }
        }

        private func ask(_ address: WebAddress, accept: String, validators: Validators?, watch: BodyWatch) async throws -> Answer {
            if !settings.allowsPrivate, let literal = AddressScope.literal(address.host), !AddressScope.isPublic(literal) {
                throw DownloadFault.privateAddress(address.host)
            }
            var request = HTTPClientRequest(url: address.text)
            request.headers.add(name: "User-Agent", value: settings.userAgent)
            request.headers.add(name: "Accept", value: accept)
            if let etag = validators?.etag { request.headers.add(name: "If-None-Match", value: etag) }
            if let date = validators?.lastModified { request.headers.add(name: "If-Modified-Since", value: date) }
            let client = client(for: address, &request)
            let response = try await client.execute(request, timeout: .nanoseconds(settings.totalTimeout.wholeNanoseconds))
            let headers = response.headers
            var answer = Answer(code: Int(response.status.code), contentType: headers.first(name: "Content-Type"))
            answer.location = headers.first(name: "Location")
            answer.retryAfter = headers.first(name: "Retry-After")
            answer.etag = headers.first(name: "ETag")
            answer.lastModified = headers.first(name: "Last-Modified")
            guard answer.code == 200 else { return answer }
            let length = headers.first(name: "Content-Length").flatMap { Int($0) }
            var watch = watch
            try watch.expect(length)
            for try await piece in response.body {
                answer.body += piece.readableBytesView
                try watch.see(answer.body, isEnd: false)
            }
            // A cancelled body ends as a whole one does.
            try Task.checkCancellation()
            if let length, length != answer.body.count { throw DownloadFault.cutShort("\(answer.body.count) of \(length) bytes came") }
            try watch.see(answer.body, isEnd: true)
            return answer
        }

        /// Who asks for an address; a request to a proxy for plain `http` is addressed to the proxy.
        private func client(for address: WebAddress, _ request: inout HTTPClientRequest) -> HTTPClient {
            guard let proxy = settings.proxies.proxy(for: address) else { return direct }
            guard proxy.kind == .http, address.scheme == .http else { return proxied[proxy] ?? direct }
            request.url = "http://\(WebAddress.authority(proxy.host, proxy.port))\(address.pathAndQuery)"
            request.headers.add(name: "Host", value: address.authority)
            if let value = proxy.authorization { request.headers.add(name: "Proxy-Authorization", value: value) }
            return forwarded
        }

        /// What the client's errors mean.
        private static func fault(of error: any Error) -> DownloadFault {
            switch error {
            case let error as HTTPClientError:
                switch error {
                case .connectTimeout: return .timedOut("the server does not take the connection")
                case .readTimeout: return .timedOut("the server sends nothing any more")
                case .deadlineExceeded: return .timedOut("the answer took too long")
                case .invalidProxyResponse: return .proxy("the proxy does not connect to this server")
                case .proxyAuthenticationRequired: return .proxyWithoutName
                case .remoteConnectionClosed: return .cutShort("the server closed the connection")
                default: return .noConnection("\(error)")
                }
            case let error as NIOSSLError:
                return .untrusted("\(error)")
            case let error as NIOSSLExtraError:
                return .untrusted(error.description)
            case let error as NIOConnectionError:
                let reason: (any Error)? = error.connectionErrors.first?.error ?? error.dnsAError ?? error.dnsAAAAError
                return .noConnection(reason.map { "\($0)" } ?? "\(error.host) has no address")
            case is IOError, is ChannelError:
                return .noConnection("\(error)")
            default:
                return .cutShort("what came is no HTTP: \(error)")
            }
        }
    }

    /// Runs `body` and gives up on it after a while.
    /// - Throws: `DownloadFault.timedOut`; what `body` throws.
    private func withTimeLimit<Value: Sendable>(_ limit: Duration, _ body: @escaping @Sendable () async throws -> Value) async throws
        -> Value
    {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw DownloadFault.timedOut("the answer took too long") }
            return value
        }
    }

    extension Duration {
        /// In whole nanoseconds; what does not fit is the most that does.
        fileprivate var wholeNanoseconds: Int64 {
            let (seconds, attoseconds) = components
            let (product, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
            return isOver ? Int64.max : product + attoseconds / 1_000_000_000
        }
    }
#endif
