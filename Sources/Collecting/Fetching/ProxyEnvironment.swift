import Foundation

/// The proxies that the environment names, as other programs read them: `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`. Of the first only the
/// lower case counts, because `HTTP_PROXY` is what a CGI server sets from a visitor's header; the others are read in either case, the lower before the upper.
public struct ProxyEnvironment: Sendable, Equatable {
    /// Where a proxy listens.
    package struct Proxy: Sendable, Hashable {
        enum Kind: Sendable, Hashable {
            case http, socks
        }

        var kind: Kind
        package var host: String
        package var port: Int
        var user: String?
        var password: String?

        /// The header `Proxy-Authorization`; nil where no name is known.
        var authorization: String? {
            user.map { "Basic " + Data("\($0):\(password ?? "")".utf8).base64EncodedString() }
        }
    }

    private var proxies: [WebAddress.Scheme: Proxy] = [:]
    private var exceptions: [String] = []

    /// No proxy at all.
    public init() {}

    /// - Throws: `CollectingError.unusableProxy` naming the variable: for no address, and for schemes other than `http`, `socks5` and `socks5h`.
    public init(_ environment: [String: String]) throws(CollectingError) {
        for (scheme, names) in [
            (WebAddress.Scheme.http, ["http_proxy", "all_proxy", "ALL_PROXY"]),
            (.https, ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
        ] {
            guard let name = names.first(where: { environment[$0] != nil }), let value = environment[name], !value.isEmpty else { continue }
            proxies[scheme] = try Self.proxy(value, variable: name)
        }
        exceptions = (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "").lowercased().split { $0 == "," || $0.isWhitespace }.map(
            String.init)
    }

    private static func proxy(_ value: String, variable: String) throws(CollectingError) -> Proxy {
        let text = value.contains("://") ? value : "http://\(value)"
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host, !host.isEmpty else {
            throw .unusableProxy(variable: variable, reason: "\(value) is no address, expected http://host:port")
        }
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        switch scheme {
        case "http": return Proxy(kind: .http, host: bare, port: parts.port ?? 80, user: parts.user, password: parts.password)
        case "socks5", "socks5h": return Proxy(kind: .socks, host: bare, port: parts.port ?? 1080)
        default: throw .unusableProxy(variable: variable, reason: "a proxy of \(scheme): is not supported, only http and socks5")
        }
    }

    /// The proxy for an address; nil where it is asked directly.
    package func proxy(for address: WebAddress) -> Proxy? {
        guard let proxy = proxies[address.scheme], !exceptions.contains(where: { excepts($0, address) }) else { return nil }
        return proxy
    }

    /// Every proxy that may be asked for.
    var all: Set<Proxy> { Set(proxies.values) }

    /// "*", a domain with all below it, an address, or a range of addresses; a port where one is written.
    private func excepts(_ exception: String, _ address: WebAddress) -> Bool {
        if exception == "*" { return true }
        if let slash = exception.firstIndex(of: "/"), let bits = Int(exception[exception.index(after: slash)...]),
            let prefix = AddressScope.literal(String(exception[..<slash])), let bytes = AddressScope.literal(address.host)
        {
            return bytes.count == prefix.count && AddressScope.matches(bytes, prefix, bits: bits)
        }
        var name = exception
        if exception.count(where: { $0 == ":" }) == 1, let colon = exception.firstIndex(of: ":") {
            guard Int(exception[exception.index(after: colon)...]) == address.port else { return false }
            name = String(exception[..<colon])
        }
        name = String(name.trimmingPrefix("*").trimmingPrefix("."))
        return address.host == name || address.host.hasSuffix(".\(name)")
    }
}
