import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Recognition
import Serve
import ServeSupport
import TestSupport
import Testing

/// Runs `body` with a client that talks to the server's routes without a socket, the self-test passed.
func withRoutes<Value>(
    _ naming: NamingDouble = NamingDouble(), _ configuration: ServeConfiguration = ServeConfiguration(), isReady: Bool = true,
    body: @escaping @Sendable (any TestClientProtocol) async throws -> Value
) async throws -> Value {
    let service = LineupService(
        naming: naming, configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return try await service.application().test(.router) { client in
        if isReady {
            try await waitUntil("readiness") { try await client.execute(uri: "/readyz", method: .get).status == .ok }
        }
        return try await body(client)
    }
}

extension TestClientProtocol {
    func post(_ uri: String, type: String?, _ body: [UInt8], headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers
        if let type { headers[.contentType] = type }
        return try await execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(bytes: body))
    }

    func get(_ uri: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        try await execute(uri: uri, method: .get, headers: headers)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body.readableBytesView))
    }

    var object: [String: Any] {
        get throws { try #require(try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any]) }
    }
}

/// A problem as a client reads it.
struct ReadProblem: Decodable, Equatable {
    var type: String
    var title: String
    var status: Int
    var detail: String
    var advice: String
    var limit: Int?
    var format: String?
    var requestId: String?
}
