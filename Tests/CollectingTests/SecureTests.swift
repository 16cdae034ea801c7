#if Download
    import Collecting
    import Foundation
    import Recognition
    import TestSupport
    import Testing

    @Suite struct SecureTests {
        private let collection: Collection
        private let certificate: (certificate: String, key: String)

        init() throws {
            collection = try Collection()
            let fixtures = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
            certificate = (
                fixtures.appendingPathComponent("server-certificate.pem").path, fixtures.appendingPathComponent("server-key.pem").path
            )
        }

        @Test func onlyTrustedServersAreTakenFrom() async throws {
            let photo = try Collection.photo(1)
            let server = try await BadServer(certificate: certificate) { _ in .answer(body: photo) }
            let list = [WantedPhoto(server.url("/1.png", host: "localhost", scheme: "https"))]
            #expect(try await collection.collect(list).faults == ["not trusted": 1])
            #expect(server.requests.isEmpty)
            collection.settings.certificates = URL(fileURLWithPath: certificate.certificate)
            #expect(try await collection.collect(list).photos.stored == 1)
            #expect(try await collection.collect([WantedPhoto(server.url("/2.png", scheme: "https"))]).photos.linked == 1)
            try await server.stop()
        }

        @Test func theConnectedAddressIsCheckedUnderTLSToo() async throws {
            let server = try await BadServer(certificate: certificate) { _ in .answer("404 Not Found") }
            collection.settings.certificates = URL(fileURLWithPath: certificate.certificate)
            collection.settings.allowsPrivate = false
            let summary = try await collection.collect([WantedPhoto(server.url("/1.png", host: "localhost", scheme: "https"))])
            #expect(summary.faults == ["private address": 1] && server.requests.isEmpty)
            try await server.stop()
        }

        @Test func plainTextWhereTLSIsExpectedIsAFault() async throws {
            let server = try await BadServer { _ in .answer("404 Not Found") }
            collection.settings.attempts = 1
            collection.settings.connectTimeout = .milliseconds(300)
            let summary = try await collection.collect([WantedPhoto(server.url("/1.png", scheme: "https"))])
            #expect(summary.photos.refused == 1)
            try await server.stop()
        }

        @Test func aProxyOfTheEnvironmentIsAsked() async throws {
            let photo = try Collection.photo(1)
            let proxy = try await BadServer { $0.method == "CONNECT" ? .answer("403 Forbidden") : .answer(body: photo) }
            let name = "http://ann:secret@127.0.0.1:\(proxy.port)"
            collection.settings.proxies = try ProxyEnvironment(["http_proxy": name, "https_proxy": name, "no_proxy": "localhost"])
            collection.settings.allowsPrivate = false
            collection.settings.downloads = 1
            let summary = try await collection.collect([
                WantedPhoto("http://photos.example/a%20b/1.png?x=1"), WantedPhoto("http://10.0.0.1/2.png"),
                WantedPhoto(proxy.url("/3.png", host: "localhost")), WantedPhoto("http://photos.example:8080/4.png"),
                WantedPhoto("https://photos.example/5.png"),
            ])
            #expect(summary.photos.stored == 1 && summary.photos.linked == 1)
            let faults = ["private address": 2, "proxy": 1]
            #expect(summary.faults == faults, "addresses that stand in the URL are checked, and what is asked directly")
            let lines = Set(proxy.requests.map { "\($0.method) \($0.target) \($0.headers["host"] ?? "")" })
            #expect(
                lines == [
                    "GET http://photos.example/a%20b/1.png?x=1 photos.example", "GET http://photos.example:8080/4.png photos.example:8080",
                    "CONNECT photos.example:443 photos.example",
                ])
            #expect(proxy.requests.allSatisfy { $0.headers["proxy-authorization"] == "Basic YW5uOnNlY3JldA==" })
            #expect(proxy.requests.count == 3, "what a proxy does not connect to is not asked for again")
            try await proxy.stop()
        }

        @Test func aProxyThatAsksForANameSaysSo() async throws {
            let proxy = try await BadServer { _ in .answer("407 Proxy Authentication Required") }
            collection.settings.proxies = try ProxyEnvironment(["all_proxy": "127.0.0.1:\(proxy.port)"])
            let summary = try await collection.collect(["http", "https"].map { WantedPhoto("\($0)://photos.example/1.png") })
            #expect(summary.faults == ["proxy": 2])
            #expect(try collection.items().allSatisfy { $0.error?.contains("name and a password") == true })
            try await proxy.stop()
        }
    }
#endif
