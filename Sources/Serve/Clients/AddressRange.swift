import NIOCore

/// An IP address or a network in CIDR notation: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
public struct AddressRange: Equatable, Sendable {
    private let bytes: [UInt8]
    private let bits: Int

    /// nil for what is no address, or a prefix longer than the address.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
        self.bytes = bytes
        if parts.count == 2 {
            guard let bits = Int(parts[1]), (0...(bytes.count * 8)).contains(bits) else { return nil }
            self.bits = bits
        } else {
            bits = bytes.count * 8
        }
    }

    /// Whether `address` lies in the range; false for what is no address.
    public func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
        return bytes.indices.allSatisfy { index in
            let shared = min(8, max(0, bits - 8 * index))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> shared)
            return bytes[index] & mask == other[index] & mask
        }
    }

    /// 4 bytes of IPv4, 16 of IPv6; an IPv4 address written as IPv6 (`::ffff:1.2.3.4`) is IPv4.
    static func bytes(of address: String) -> [UInt8]? {
        guard let parsed = try? SocketAddress(ipAddress: address, port: 0) else { return nil }
        switch parsed {
        case .v4(let v4): return withUnsafeBytes(of: v4.address.sin_addr) { Array($0) }
        case .v6(let v6):
            let bytes = withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
            return bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) ? Array(bytes[12...]) : bytes
        case .unixDomainSocket: return nil
        }
    }
}
