import Cascade
import Foundation
import HummingbirdTesting
import Imaging
import NIOCore
import NIOHTTP1
import Serve
import ServeSupport
import Testing

@Suite struct ProblemTests {
    /// Whatever breaks a connection or its framing is the client's, not an error of the server.
    @Test(
        arguments: [
            (HTTPParserError.invalidEOFState, "client-gone", 400), (HTTPParserError.invalidChunkSize, "malformed-http", 400),
            (ChannelError.ioOnClosedChannel, "client-gone", 400), (IOError(errnoCode: 104, reason: "read"), "client-gone", 400),
            (CancellationError(), "shutting-down", 503), (CascadeError.outOfTime, "too-much-work", 422),
            (CascadeError.tooManyHits(limit: 3), "too-many-hits", 422),
            (ImagingError.outOfMemory(.jpeg), "unexpected", 500),
        ] as [(any Error, String, Int)])
    func errorsOfOtherModulesAreMapped(_ error: any Error, _ name: String, _ status: Int) {
        let problem = Problem(error)
        #expect(problem.type == "urn:lineup:problem:\(name)")
        #expect(problem.status == status)
    }

    @Test func aLongSideIsCalledSo() {
        let problem = Problem(ImagingError.sideTooLong(width: 2_000_000, height: 1, limit: 1_048_576))
        #expect(problem.detail.contains("no side may be longer than 1048576"))
        #expect(problem.limit == 1_048_576)
    }

    /// The description lists every kind, and no other.
    @Test func theDescriptionListsEveryKind() async throws {
        let text = try await withRoutes { client in try await client.get("/api/openapi.json").text }
        let listed = text.matches(of: /urn:lineup:problem:([a-z0-9-]+)"/).map { String($0.1) }
        #expect(Set(listed) == Set(Problem.Kind.allCases.map(\.rawValue)))
    }
}
