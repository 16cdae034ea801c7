/// Why a photo could not be had.
package enum DownloadFault: Error, Equatable {
    case noAddress(String)
    case scheme(String)
    case privateAddress(String)
    case forbidden(String)
    case noConnection(String)
    case proxy(String)
    case untrusted(String)
    case timedOut(String)
    case cutShort(String)
    case tooLong(limit: Int)
    case status(Int)
    case busy(code: Int, attempts: Int)
    case waitsTooLong(seconds: Int)
    case redirect(String)
    case notAPhoto(String)
    case tooSmall(String)
    case noPage(String)
    case file(String)

    /// The proxy answered 407.
    static let proxyWithoutName = DownloadFault.proxy("the proxy asks for a name and a password: http://name:password@host:port")

    /// The kind, for counting.
    var kind: String {
        switch self {
        case .noAddress, .scheme: "no address"
        case .privateAddress: "private address"
        case .forbidden: "robots.txt"
        case .noConnection: "no connection"
        case .proxy: "proxy"
        case .untrusted: "not trusted"
        case .timedOut: "timed out"
        case .cutShort: "cut short"
        case .tooLong: "too long"
        case .status(let code): "HTTP \(code)"
        case .busy(let code, _): "HTTP \(code)"
        case .waitsTooLong: "asks to wait"
        case .redirect: "redirect"
        case .notAPhoto: "no photo"
        case .tooSmall: "too small"
        case .noPage: "no page"
        case .file: "file"
        }
    }

    /// Whether asking again soon may help.
    var isPassing: Bool {
        switch self {
        case .noConnection, .timedOut, .cutShort: true
        default: false
        }
    }
}

extension DownloadFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noAddress(let text): "\(text) is no address"
        case .scheme(let name): "\(name): is not collected from, only http, https and file"
        case .privateAddress(let host): "\(host) is an address of this machine or of a private network; --allow-private lets it in"
        case .forbidden(let reason): reason
        case .noConnection(let reason): "no connection: \(reason)"
        case .proxy(let reason): reason
        case .untrusted(let reason): "the server's certificate or its TLS is not trusted: \(reason)"
        case .timedOut(let what): "timed out: \(what)"
        case .cutShort(let reason): "the answer was cut short: \(reason)"
        case .tooLong(let limit): "is longer than \(limit) bytes"
        case .status(let code): "the server answered \(code)"
        case .busy(let code, let attempts): "the server answered \(code), \(attempts) times; run again later"
        case .waitsTooLong(let seconds): "the server asks to wait \(seconds) s; run again later"
        case .redirect(let reason): reason
        case .notAPhoto(let reason): reason
        case .tooSmall(let reason): reason
        case .noPage(let reason): reason
        case .file(let reason): reason
        }
    }
}
