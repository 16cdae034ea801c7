import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Serve
import Testing

@Suite struct AcceptedConnectionTests {
    private typealias Wrapped = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// A server that stops drops it before it becomes active, which ended the process.
    @Test func whatNobodyHandlesIsClosedAndEndsNothing() async throws {
        let channel = NIOAsyncTestingChannel()
        try await channel.testingEventLoop.executeInContext {
            _ = AcceptedConnection(try Wrapped(wrappingChannelSynchronously: channel))
        }
        _ = try? await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
        try await channel.closeFuture.get()
        #expect(!channel.isActive)
    }

    @Test func whatIsTakenIsLeftToWhoTookIt() async throws {
        let channel = NIOAsyncTestingChannel()
        let taken = try await channel.testingEventLoop.executeInContext {
            AcceptedConnection(try Wrapped(wrappingChannelSynchronously: channel)).take()
        }
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
        #expect(channel.isActive)
        try await taken.executeThenClose { _, _ in }
        #expect(!channel.isActive)
    }
}
