/// Where a running server listens.
public struct ServerAddress: Sendable, Equatable {
    /// A name or an address, without brackets.
    public var host: String
    /// The port it listens on, never 0.
    public var port: Int

    /// "http://127.0.0.1:8080/", with brackets around an IPv6 address.
    public var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/" }
}
