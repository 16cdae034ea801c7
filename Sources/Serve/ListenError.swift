import Foundation
import NIOCore

/// The server cannot listen on its address.
public enum ListenError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another program listens there.
    case portTaken(host: String, port: Int)
    /// The system does not allow this program to listen there.
    case notAllowed(host: String, port: Int)
    /// The machine has no such address.
    case noSuchAddress(host: String)
    /// Anything else, in the system's words.
    case failed(host: String, port: Int, reason: String)

    /// nil for an error that has nothing to do with listening.
    init?(_ error: any Error, host: String, port: Int) {
        switch error {
        case let error as IOError:
            switch error.errnoCode {
            case EADDRINUSE: self = .portTaken(host: host, port: port)
            case EACCES, EPERM: self = .notAllowed(host: host, port: port)
            case EADDRNOTAVAIL: self = .noSuchAddress(host: host)
            default: self = .failed(host: host, port: port, reason: String(cString: strerror(error.errnoCode)))
            }
        case is SocketAddressError: self = .noSuchAddress(host: host)
        default: return nil
        }
    }

    /// What happened and what to do, in one line.
    public var description: String {
        switch self {
        case .portTaken(let host, let port):
            "port \(port) of \(host) is taken by another program: choose another with --port, or end that program"
        case .notAllowed(let host, let port):
            "port \(port) of \(host) is not open to this user: choose one from 1024 up with --port"
        case .noSuchAddress(let host): "this machine has no address \(host): give one of its own with --host, or 0.0.0.0 for all"
        case .failed(let host, let port, let reason): "cannot listen on port \(port) of \(host): \(reason)"
        }
    }
}
