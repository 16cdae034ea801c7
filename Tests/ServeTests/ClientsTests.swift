import HTTPTypes
import Serve
import ServeSupport
import Testing

/// Who may send photos, how often, and who is believed about the address.
@Suite struct ClientsTests {
    private static let file = """
        # who        key                       requests a second
        studio       correct-horse-battery-1
        phone        correct-horse-battery-2   0.001

        """

    private static func fields(_ name: String, _ value: String) throws -> HTTPFields {
        [try #require(HTTPField.Name(name)): value]
    }

    @Test func keysOpenTheRoutesForPhotosAndNothingElse() async throws {
        let photo = try Pictures.png()
        let keys = try APIKeys(parsing: Self.file, path: "keys")
        try await withRoutes(NamingDouble(), ServeConfiguration(keys: keys)) { client in
            for path in ["/api/classify", "/api/detect", "/api/models/model/classify"] {
                let none = try await client.post(path, type: "image/png", photo)
                #expect(none.status == .unauthorized && none.headers[.wwwAuthenticate] == "Bearer")
                #expect(try none.decoded(ReadProblem.self).type == "urn:lineup:problem:no-key")
                let wrong = try await client.post(
                    path, type: "image/png", photo, headers: try Self.fields("Authorization", "Bearer correct-horse-battery-3"))
                #expect(try wrong.decoded(ReadProblem.self).type == "urn:lineup:problem:unknown-key")
                for (name, value) in [
                    ("Authorization", "Bearer correct-horse-battery-1"), ("Authorization", "bearer  correct-horse-battery-1"),
                    ("X-API-Key", "correct-horse-battery-1"),
                ] {
                    let answer = try await client.post(path, type: "image/png", photo, headers: try Self.fields(name, value))
                    #expect(answer.status == .ok, "\(name) \(value)")
                }
            }
            for path in ["/", "/api/model", "/healthz"] { #expect(try await client.get(path).status == .ok) }
        }
    }

    @Test func aKeysRateIsItsOwn() async throws {
        let photo = try Pictures.png()
        let keys = try APIKeys(parsing: Self.file, path: "keys")
        try await withRoutes(NamingDouble(), ServeConfiguration(keys: keys)) { client in
            let slow = try Self.fields("X-API-Key", "correct-horse-battery-2")
            #expect(try await client.post("/api/classify", type: "image/png", photo, headers: slow).status == .ok)
            let second = try await client.post("/api/classify", type: "image/png", photo, headers: slow)
            #expect(second.status == .tooManyRequests && second.headers[.retryAfter].flatMap(Int.init) ?? 0 >= 1)
            let other = try Self.fields("X-API-Key", "correct-horse-battery-1")
            #expect(try await client.post("/api/classify", type: "image/png", photo, headers: other).status == .ok)
        }
    }

    @Test(arguments: [
        "", "# nothing\n", "studio\n", "studio short\n", "studio correct-horse-battery-1 fast\n", "studio correct-horse-battery-1 -1\n",
        "a correct-horse-battery-1\na correct-horse-battery-2\n", "a correct-horse-battery-1 1 2\n",
    ])
    func aKeyFileThatIsNoneIsNamed(_ text: String) {
        #expect(throws: SettingError.self) { try APIKeys(parsing: text, path: "keys") }
    }

    /// Two seconds' worth at once, then as the bucket fills.
    @Test func theRateIsThatOfABucket() throws {
        let limiter = RateLimiter()
        let start = ContinuousClock.now
        func isTaken(_ client: String, at seconds: Double) -> Bool {
            (try? limiter.take(client, rate: 3, now: start + .seconds(seconds))) != nil
        }
        let burst = (0..<8).map { _ in isTaken("a", at: 0) }
        #expect(burst == Array(repeating: true, count: 6) + [false, false])
        #expect(isTaken("b", at: 0))
        #expect(!isTaken("a", at: 0.2))
        #expect(isTaken("a", at: 0.4))
        #expect(throws: RequestError.tooManyRequests(retryAfter: 1)) { try limiter.take("a", rate: 3, now: start + .seconds(0.4)) }
        for _ in 0..<100 { try limiter.take("c", rate: 0, now: start) }
    }

    @Test(arguments: [
        ("203.0.113.9", "X-Forwarded-For", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "X-Forwarded-For", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "X-Forwarded-For", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "X-Forwarded-For", "6.6.6.6, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("10.9.9.9", "X-Forwarded-For", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "Forwarded", "for=6.6.6.6, for=\"[2001:db8:1:2:3::4]:80\";proto=https", "2001:db8:1:2::/64"),
        ("127.0.0.1", "X-Forwarded-For", "10.0.0.1", "127.0.0.1"), ("127.0.0.1", "X-Forwarded-For", "nobody", "unknown"),
        ("::ffff:198.51.100.7", "X-Forwarded-For", "6.6.6.6", "198.51.100.7"),
    ])
    func onlyAProxyIsBelieved(_ peer: String, _ name: String, _ value: String, _ client: String) throws {
        let proxies = try ["127.0.0.1", "10.0.0.0/8"].map { try #require(AddressRange($0)) }
        let headers = try Self.fields(name, value)
        #expect(ClientAddress(proxies: proxies).client(peer: peer, headers: headers) == client)
    }

    @Test(arguments: [nil, "*", "https://example.org"] as [String?])
    func otherOriginsMayAskWhereTheyAreAllowed(_ allowed: String?) async throws {
        let photo = try Pictures.png()
        try await withRoutes(NamingDouble(), ServeConfiguration(allowedOrigin: allowed)) { client in
            let origin = try Self.fields("Origin", "https://example.org")
            let answer = try await client.post("/api/classify", type: "image/png", photo, headers: origin)
            #expect(answer.headers[.accessControlAllowOrigin] == allowed)
            let preflight = try await client.execute(uri: "/api/classify", method: .options, headers: origin)
            #expect(preflight.status == (allowed == nil ? .methodNotAllowed : .noContent))
        }
    }
}
