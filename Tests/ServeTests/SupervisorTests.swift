import Foundation
import Logging
import Serve
import ServeSupport
import ServiceLifecycle
import TestSupport
import Testing

@Suite struct SupervisorTests {
    /// A supervisor's end of the socket: keeps what it is sent.
    private final class Listener: Sendable {
        let path: String
        private let descriptor: Int32

        init(in folder: TemporaryFolder) throws {
            path = folder.url.appendingPathComponent("notify").path
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            guard bound == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            var patience = timeval(tv_sec: 300, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        }

        deinit { close(descriptor) }

        /// The next datagram; nil after five minutes without one.
        func next() -> String? {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
        }

        /// Datagrams until one that equals `last`, on a thread that may block.
        func datagrams(until last: String) async -> [String] {
            await withCheckedContinuation { continuation in
                Thread { [self] in
                    var all: [String] = []
                    while all.last != last, let datagram = next() { all.append(datagram) }
                    continuation.resume(returning: all)
                }.start()
            }
        }
    }

    @Test func readinessLifeAndTheEndAreTold() async throws {
        let folder = try TemporaryFolder()
        let listener = try Listener(in: folder)
        let service = LineupService(
            naming: NamingDouble(), configuration: ServeConfiguration(port: 0, logLevel: .error),
            environment: ["NOTIFY_SOCKET": listener.path, "WATCHDOG_USEC": "100000", "WATCHDOG_PID": "\(getpid())"])
        let group = ServiceGroup(configuration: .init(services: [service], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        async let run: Void = group.run()
        let start = await listener.datagrams(until: "READY=1\nSTATUS=ready")
        #expect(start.last == "READY=1\nSTATUS=ready")
        let alive = await listener.datagrams(until: "WATCHDOG=1")
        #expect(alive.last == "WATCHDOG=1")
        await group.triggerGracefulShutdown()
        let end = await listener.datagrams(until: "STOPPING=1")
        try await run
        #expect(end.last == "STOPPING=1")
        #expect(!(start + alive + end.dropLast()).contains("STOPPING=1"))
    }

    @Test(
        arguments: [
            ([:], nil), (["NOTIFY_SOCKET": ""], nil), (["NOTIFY_SOCKET": "relative"], nil), (["NOTIFY_SOCKET": "/"], nil),
            (["NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "3000000"], 3),
            (["NOTIFY_SOCKET": "@abstract", "WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "7"], 3),
            (["NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "8"], nil),
            (["NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "0"], nil),
            (["NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "soon"], nil),
        ] as [([String: String], Int?)])
    func environmentIsRead(environment: [String: String], watchdog: Int?) {
        let socket = SupervisorSocket(environment: environment, process: 7)
        #expect((socket != nil) == ((environment["NOTIFY_SOCKET"]?.utf8.count ?? 0) > 1 && environment["NOTIFY_SOCKET"] != "relative"))
        #expect(socket?.watchdog == watchdog.map { Duration.seconds($0) })
    }

    @Test func anAbsentSupervisorIsAnError() throws {
        let folder = try TemporaryFolder()
        let socket = try #require(SupervisorSocket(environment: ["NOTIFY_SOCKET": folder.url.path + "/nobody"]))
        #expect(throws: (any Error).self) { try socket.send("READY=1") }
        let long = try #require(SupervisorSocket(environment: ["NOTIFY_SOCKET": "/" + String(repeating: "a", count: 200)]))
        #expect(throws: (any Error).self) { try long.send("READY=1") }
    }
}
