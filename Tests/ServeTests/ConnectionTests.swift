import HTTPTypes
import NIOCore
import NIOHTTP1
import Serve
import Testing

@Suite struct ConnectionRegistryTests {
    private final class Token {}

    @Test func anAddressHoldsItsShareAndExemptOnesMore() {
        let registry = ConnectionRegistry(maximum: 10, perAddress: 2, reserve: 1) { $0 == "proxy" }
        let tokens = (0..<7).map { _ in Token() }
        let ids = tokens.map { ObjectIdentifier($0) }
        #expect(registry.enter(ids[0], address: "a") {} == .accepted)
        #expect(registry.enter(ids[1], address: "a") {} == .accepted)
        #expect(registry.enter(ids[2], address: "a") {} == .refused)
        for id in ids[3...5] { #expect(registry.enter(id, address: "proxy") {} == .accepted) }
        registry.leave(ids[0])
        #expect(registry.enter(ids[6], address: "a") {} == .accepted)
        #expect(registry.count == 5)
        #expect(registry.closed.refused == 1)
        withExtendedLifetime(tokens) {}
    }

    @Test func theLongestIdleMakesRoomAndThenTheReserveIsUsed() {
        let registry = ConnectionRegistry(maximum: 2, perAddress: 9, reserve: 1)
        let tokens = (0..<5).map { _ in Token() }
        let ids = tokens.map { ObjectIdentifier($0) }
        nonisolated(unsafe) var closed: [Int] = []
        func enter(_ index: Int) -> ConnectionRegistry.Admission { registry.enter(ids[index], address: "a") { closed.append(index) } }
        #expect(enter(0) == .accepted)
        #expect(enter(1) == .accepted)
        registry.setBusy(ids[0], true)
        registry.setBusy(ids[0], false)  // idle for less long than 1
        #expect(enter(2) == .accepted)
        #expect(closed == [1])
        registry.setBusy(ids[0], true)
        registry.setBusy(ids[2], true)
        #expect(enter(3) == .reserved)
        #expect(enter(4) == .refused)
        registry.leave(ids[3])
        #expect(enter(4) == .reserved)
        registry.leave(ids[0])
        #expect(enter(3) == .accepted)
        withExtendedLifetime(tokens) {}
    }
}

@Suite struct OpenFilesTests {
    @Test(arguments: [(1024, 1_048_576, 1024), (1024, 1024, 960), (1024, 64, 4), (2, 64, 2), (1024, 128, 64)])
    func connectionsFitTheSystemsLimit(_ wanted: Int, _ limit: Int, _ places: Int) {
        #expect(OpenFiles.connections(wanted: wanted, reserve: 16, limit: limit) == places)
    }
}

@Suite struct HeadScreenTests {
    private static func head(_ version: HTTPVersion, _ headers: HTTPHeaders) -> HTTPRequestHead {
        HTTPRequestHead(version: version, method: .GET, uri: "/", headers: headers)
    }

    @Test(
        arguments: [
            (.http1_1, ["Host": "x"], false), (.http1_1, ["Host": "x", "Connection": "keep-alive"], false),
            (.http1_1, ["Host": "x", "Connection": "Close"], true), (.http1_1, ["Host": "x", "Connection": "close, te"], true),
            (.http1_1, ["Host": "x", "Connection": "TE , CLOSE"], true), (.http1_0, [:], true),
            (.http1_0, ["Connection": "keep-alive"], true),
            (.http1_1, ["Host": "x", "Transfer-Encoding": "Chunked"], false),
        ] as [(HTTPVersion, HTTPHeaders, Bool)])
    func connectionsEndWhereTheyMust(_ version: HTTPVersion, _ headers: HTTPHeaders, _ closes: Bool) {
        #expect(HeadScreen.verdict(on: Self.head(version, headers)) == .accepted(closes: closes))
    }

    @Test(
        arguments: [
            ([:], "malformed-http"), (["Host": "a", "host": "b"], "malformed-http"),
            (["Host": "a", "Transfer-Encoding": "gzip, chunked"], "not-implemented"),
        ] as [(HTTPHeaders, String)])
    func headsThatAreNoneAreRefused(_ headers: HTTPHeaders, _ name: String) {
        guard case .refused(let problem) = HeadScreen.verdict(on: Self.head(.http1_1, headers)) else {
            Issue.record("accepted")
            return
        }
        #expect(problem.kind.rawValue == name)
    }

    @Test(
        arguments: [
            (.headerOverflow, "GET / HTTP/1.1", 431), (.invalidMethod, "BREW /pot HTTP/1.1", 501),
            (.invalidMethod, "nonsense\r\n\r\n", 400),
            (.invalidMethod, "\u{16}\u{3}\u{1}", 400), (.invalidMethod, "", 400), (.lfExpected, "GET / HTTP/1.1", 400),
        ] as [(HTTPParserError, String, Int)])
    func whatTheParserStopsAtHasAStatus(_ error: HTTPParserError, _ line: String, _ status: Int) {
        #expect(HeadScreen.problem(error, line: Array(line.utf8)).status == status)
    }
}

@Suite struct ClientAddressTests {
    private static let addresses = ClientAddress(proxies: ["127.0.0.1", "10.0.0.0/8", "fd00::/8"].compactMap(AddressRange.init))

    @Test(
        arguments: [
            ("9.9.9.9", ["X-Forwarded-For": "1.2.3.4"], "9.9.9.9"), ("127.0.0.1", [:], "127.0.0.1"),
            ("127.0.0.1", ["X-Forwarded-For": "1.2.3.4"], "1.2.3.4"),
            ("127.0.0.1", ["X-Forwarded-For": "6.6.6.6, 1.2.3.4, 10.1.2.3"], "1.2.3.4"),
            ("10.9.9.9", ["X-Forwarded-For": "1.2.3.4:5678"], "1.2.3.4"), ("::ffff:127.0.0.1", ["X-Forwarded-For": "1.2.3.4"], "1.2.3.4"),
            ("127.0.0.1", ["X-Forwarded-For": "junk"], "unknown"),
            ("127.0.0.1", ["Forwarded": "for=6.6.6.6, for=\"[2001:db8:1:2:3::4]:80\";proto=https"], "2001:db8:1:2::/64"),
            ("fd00::1", ["X-Forwarded-For": "2001:db8:1:2:ffff::9"], "2001:db8:1:2::/64"),
        ] as [(String, [String: String], String)])
    func onlyProxiesAreBelieved(_ peer: String, _ headers: [String: String], _ client: String) throws {
        var fields = HTTPFields()
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        #expect(Self.addresses.client(peer: peer, headers: fields) == client)
    }

    @Test(arguments: ["", "x", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/x", "1.2.3"])
    func whatIsNoRangeIsRefused(_ text: String) { #expect(AddressRange(text) == nil) }

    @Test func aRangeHoldsItsAddressesAlone() throws {
        let range = try #require(AddressRange("192.168.4.0/23"))
        #expect(range.contains("192.168.5.255") && !range.contains("192.168.6.0") && !range.contains("::1"))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains("8.8.8.8"))
    }
}
