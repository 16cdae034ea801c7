import Foundation
import NIOCore

/// The datagram socket on which a supervisor such as systemd wants to hear of its service: the protocol of sd_notify(3).
package struct SupervisorSocket: Sendable {
    /// As the system takes it: an abstract name begins with a zero.
    private let path: [UInt8]
    /// How often the supervisor wants a sign of life; nil where it doesn't watch.
    package let watchdog: Duration?

    /// The socket that `NOTIFY_SOCKET` names, a path or "@" and an abstract name; nil where no supervisor listens.
    ///
    /// `WATCHDOG_USEC` counts unless `WATCHDOG_PID` names another process.
    package init?(environment: [String: String], process: Int32 = getpid()) {
        guard let name = environment["NOTIFY_SOCKET"], name.hasPrefix("/") || name.hasPrefix("@"), name.utf8.count > 1 else { return nil }
        path = name.hasPrefix("@") ? [0] + name.utf8.dropFirst() : Array(name.utf8)
        let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == process } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdog = isOurs && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// Sends lines such as `READY=1` as one datagram.
    /// - Throws: `IOError` with the system's reason.
    package func send(_ lines: String) throws {
        #if canImport(Glibc)
            let kind = Int32(SOCK_DGRAM.rawValue)
        #else
            let kind = SOCK_DGRAM
        #endif
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.count < room else { throw IOError(errnoCode: ENAMETOOLONG, reason: "NOTIFY_SOCKET") }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size - room + path.count)
        let bytes = Array(lines.utf8)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { sendto(descriptor, bytes, bytes.count, 0, $0, length) }
        }
        guard sent == bytes.count else { throw IOError(errnoCode: errno, reason: "sendto") }
    }
}
