import HTTPTypes

/// Who a request with photos comes from, and whether it may come now.
package struct Clients: Sendable {
    package let addresses: ClientAddress
    package let keys: APIKeys
    /// Requests a second of a client without a rate of its own; 0 is no limit.
    package let rate: Double
    private let limiter = RateLimiter()

    package init(addresses: ClientAddress, keys: APIKeys, rate: Double) {
        self.addresses = addresses
        self.keys = keys
        self.rate = rate
    }

    /// The label of the request's key, or else its address.
    /// - Throws: `RequestError.noKey`, `.unknownKey`, `.tooManyRequests`.
    package func admit(peer: String, headers: HTTPFields) throws(RequestError) -> String {
        let address = addresses.client(peer: peer, headers: headers)
        guard let entry = try keys.entry(for: headers) else {
            try limiter.take(address, rate: rate)
            return address
        }
        let client = "key \(entry.label)"
        try limiter.take(client, rate: entry.rate > 0 ? entry.rate : rate)
        return client
    }
}
