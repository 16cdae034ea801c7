import HTTPTypes

/// Who a request comes from: whose share of workers, memory and connections it takes.
package struct ClientAddress: Sendable {
    /// Proxies that are believed what they say of their clients.
    package let proxies: [AddressRange]

    package init(proxies: [AddressRange]) { self.proxies = proxies }

    package func isProxy(_ address: String) -> Bool { proxies.contains { $0.contains(address) } }

    /// The address at the connection's other end; where that is a proxy, the last one in `X-Forwarded-For` (or else `Forwarded`,
    /// RFC 7239) that is none. What stands before it is the client's own word and counts for nothing.
    package func client(peer: String, headers: HTTPFields) -> String {
        guard isProxy(peer) else { return Self.key(peer) }
        let names = headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }.map(Self.address)
        let hops = names.isEmpty ? headers[values: .forwarded].flatMap(Self.forwarded) : names
        return Self.key(hops.last { !isProxy($0) } ?? peer)
    }

    /// One who has an IPv6 address has the 2^64 of its network: these count as one client.
    private static func key(_ address: String) -> String {
        guard let bytes = AddressRange.bytes(of: address) else { return "unknown" }
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
            + "::/64"
    }

    /// The `for=` parameters of a `Forwarded` header.
    private static func forwarded(_ header: String) -> [String] {
        header.split(separator: ",").compactMap { element in
            element.split(separator: ";").map { $0.drop { $0 == " " } }
                .first { $0.lowercased().hasPrefix("for=") }.map { address($0.dropFirst(4)) }
        }
    }

    /// Without blanks, quotes, brackets and port.
    private static func address(_ text: Substring) -> String {
        let plain = String(text).trimmed.filter { $0 != "\"" }
        if plain.hasPrefix("["), let end = plain.firstIndex(of: "]") { return String(plain[plain.index(after: plain.startIndex)..<end]) }
        let parts = plain.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[0]) : plain
    }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let forwarded = HTTPField.Name("Forwarded")!
}
