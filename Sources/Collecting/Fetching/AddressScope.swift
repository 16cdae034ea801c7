import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which addresses are of the public Internet. What a list of strangers names must not reach into the network that Lineup runs in.
package enum AddressScope {
    /// Not public (IANA's registries of special-purpose addresses, RFC 6890 and its updates): this network, private, shared, loopback, link-local,
    /// protocol assignments, documentation, benchmarks, multicast and reserved.
    private static let special4: [(prefix: [UInt8], bits: Int)] = [
        ([0, 0, 0, 0], 8), ([10, 0, 0, 0], 8), ([100, 64, 0, 0], 10), ([127, 0, 0, 0], 8), ([169, 254, 0, 0], 16), ([172, 16, 0, 0], 12),
        ([192, 0, 0, 0], 24), ([192, 0, 2, 0], 24), ([192, 88, 99, 0], 24), ([192, 168, 0, 0], 16), ([198, 18, 0, 0], 15),
        ([198, 51, 100, 0], 24), ([203, 0, 113, 0], 24), ([224, 0, 0, 0], 4), ([240, 0, 0, 0], 4),
    ]

    /// Whether an address of 4 or 16 bytes is public. Of IPv6 that is 2000::/3 without its special parts; an IPv4 address inside one counts as itself.
    package static func isPublic(_ bytes: [UInt8]) -> Bool {
        if bytes.count == 4 { return !special4.contains { matches(bytes, $0.prefix, bits: $0.bits) } }
        guard bytes.count == 16 else { return false }
        // IPv4-mapped ::ffff:a.b.c.d, NAT64 64:ff9b::a.b.c.d (RFC 6052), 6to4 2002:ab:cd:: (RFC 3056).
        if matches(bytes, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], bits: 96) { return isPublic(Array(bytes[12...])) }
        if matches(bytes, [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], bits: 96) { return isPublic(Array(bytes[12...])) }
        if matches(bytes, [0x20, 0x02], bits: 16) { return isPublic(Array(bytes[2..<6])) }
        guard matches(bytes, [0x20], bits: 3) else { return false }
        // 2001::/23 protocol assignments with Teredo, 2001:db8::/32 and 3fff::/20 documentation.
        return !matches(bytes, [0x20, 0x01, 0x00], bits: 23) && !matches(bytes, [0x20, 0x01, 0x0D, 0xB8], bits: 32)
            && !matches(bytes, [0x3F, 0xFF, 0x00], bits: 20)
    }

    /// Whether the first bits of an address are those of a prefix.
    static func matches(_ bytes: [UInt8], _ prefix: [UInt8], bits: Int) -> Bool {
        guard bytes.count >= prefix.count, bits <= prefix.count * 8 else { return false }
        let whole = bits / 8
        guard bytes.prefix(whole) == prefix.prefix(whole) else { return false }
        let rest = bits % 8
        return rest == 0 || (bytes[whole] ^ prefix[whole]) >> UInt8(8 - rest) == 0
    }

    /// The bytes of an address that is written as a host: nil for a name. IPv4 in all the ways in which systems take it: 127.1, 0x7f000001, 2130706433.
    package static func literal(_ host: String) -> [UInt8]? {
        if let address = try? SocketAddress(ipAddress: host, port: 0) { return address.bytes }
        var address = in_addr()
        guard inet_aton(host, &address) == 1 else { return nil }
        return withUnsafeBytes(of: address) { Array($0) }
    }
}

extension SocketAddress {
    /// 4 bytes of IPv4, 16 of IPv6, none of anything else.
    var bytes: [UInt8] {
        switch self {
        case .v4(let address): withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
        case .unixDomainSocket: []
        }
    }
}
