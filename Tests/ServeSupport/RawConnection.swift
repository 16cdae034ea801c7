import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A plain socket to the machine itself, to say things no HTTP library would say. Every call blocks.
package final class RawConnection {
    private let socket: Int32

    package struct Failure: Error {
        package let call: String
        package let code: Int32
    }

    /// - Parameters:
    ///   - patience: Seconds to wait for anything to arrive.
    ///   - source: The address it comes from, one of this machine's own (127.x.x.x).
    package init(port: Int, patience: Int = 10, from source: String? = nil) throws {
        #if canImport(Glibc)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        if let source {
            var own = sockaddr_in()
            own.sin_family = sa_family_t(AF_INET)
            own.sin_addr.s_addr = inet_addr(source)
            let bound = withUnsafePointer(to: &own) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
            guard bound == 0 else { throw Failure(call: "bind", code: errno) }
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw Failure(call: "connect", code: errno) }
        var patience = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    package func send(_ text: String) throws { try send(Array(text.utf8)) }

    package func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Self.send(socket, $0) }
            guard sent > 0 else { throw Failure(call: "send", code: errno) }
            rest = rest.dropFirst(sent)
        }
    }

    /// Without the signal that ends a process when the other side is gone.
    private static func send(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #else
            Darwin.send(socket, bytes.baseAddress, bytes.count, 0)
        #endif
    }

    /// Everything up to and with `end`, or up to the other side's close.
    package func receive(until end: String? = nil) throws -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end, String(decoding: bytes, as: UTF8.self).contains(end) { break }
            let count = chunk.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            if count == 0 { break }
            guard count > 0 else { throw Failure(call: "recv", code: errno) }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One HTTP response whose length is told by its Content-Length, and nothing behind it.
    package func receiveResponse() throws -> (head: String, body: [UInt8]) {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var wanted = Int.max
        var bodyStart = 0
        while bytes.count < wanted {
            let count = chunk.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { throw Failure(call: "recv", code: count == 0 ? 0 : errno) }
            bytes += chunk[..<count]
            guard wanted == .max else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.utf8.firstRange(of: "\r\n\r\n".utf8) else { continue }
            let head = String(text[..<end.lowerBound])
            bodyStart = text.utf8.distance(from: text.startIndex, to: end.upperBound)
            let length = head.lowercased().firstMatch(of: /content-length:\s*(\d+)/).flatMap { Int($0.1) } ?? 0
            wanted = bodyStart + length
        }
        return (String(decoding: bytes[..<bodyStart], as: UTF8.self), Array(bytes[bodyStart...]))
    }

    /// Tells the other side that nothing more will be sent.
    package func finishSending() { shutdown(socket, Int32(SHUT_WR)) }
}
