import Foundation

/// An address that can be collected from: `http`, `https` or `file`.
package struct WebAddress: Hashable, Sendable {
    package enum Scheme: String, Sendable {
        case http, https, file
    }

    package let scheme: Scheme
    /// Without its fragment, characters that no address has percent-encoded.
    package let text: String
    /// In lower case, an IPv6 address without its brackets; empty for files.
    package let host: String
    /// The scheme's own where none is written.
    package let port: Int
    package let url: URL

    /// - Parameter base: what the text may be relative to.
    /// - Throws: `DownloadFault.noAddress`, `.scheme`.
    package init(_ text: String, relativeTo base: WebAddress? = nil) throws(DownloadFault) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let relative = URL(string: trimmed, relativeTo: base?.url),
            var parts = URLComponents(url: relative, resolvingAgainstBaseURL: true),
            let name = parts.scheme?.lowercased()
        else { throw .noAddress(text) }
        guard let scheme = Scheme(rawValue: name) else { throw .scheme(name) }
        parts.fragment = nil
        parts.scheme = name
        if scheme != .file && parts.path.isEmpty { parts.path = "/" }
        let host = (parts.host ?? "").lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        guard let url = parts.url, scheme == .file ? ["", "localhost"].contains(host) : !host.isEmpty else { throw .noAddress(text) }
        self.scheme = scheme
        self.host = scheme == .file ? "" : host
        self.url = url
        self.text = url.absoluteString
        port = parts.port ?? (scheme == .https ? 443 : 80)
    }

    /// What robots.txt holds for: scheme, host and port.
    package var origin: String { "\(scheme.rawValue)://\(Self.authority(host, port))" }

    /// The header `Host` of a request: the port only where it is not the scheme's own.
    var authority: String { Self.authority(host, port == (scheme == .https ? 443 : 80) ? nil : port) }

    /// A host with its port, an IPv6 address in brackets.
    static func authority(_ host: String, _ port: Int?) -> String {
        (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "")
    }

    /// The path with its query, as robots.txt speaks of it.
    package var pathAndQuery: String {
        let path = url.path(percentEncoded: true)
        return (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?\($0)" } ?? "")
    }

    /// The last part of the path, its percent-encoding undone; the host where there is none.
    package var name: String {
        let last = url.path(percentEncoded: true).split(separator: "/").last.map(String.init) ?? ""
        let name = last.removingPercentEncoding ?? last
        return name.isEmpty ? host : name
    }
}
