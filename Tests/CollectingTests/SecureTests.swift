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
            let proxy = try await BadServer { $0.method == "CONNECT" ? .text("HTTP/1.1 200 OK\r\n\r\n") : .answer(body: photo) }
            collection.settings.proxies = try ProxyEnvironment([
                "http_proxy": "http://ann:secret@127.0.0.1:\(proxy.port)", "no_proxy": "localhost",
            ])
            collection.settings.allowsPrivate = false
            let summary = try await collection.collect([
                WantedPhoto("http://photos.example/1.png"), WantedPhoto("http://10.0.0.1/2.png"),
                WantedPhoto(proxy.url("/3.png", host: "localhost")),
            ])
            #expect(summary.photos.stored == 1)
            #expect(summary.faults == ["private address": 2], "addresses that stand in the URL are checked, and what is asked directly")
            #expect(proxy.requests.map(\.method) == ["CONNECT", "GET"])
            #expect(proxy.requests.first?.target == "photos.example:80")
            #expect(proxy.requests.first?.headers["proxy-authorization"] == "Basic YW5uOnNlY3JldA==")
            try await proxy.stop()
        }
    }
#endif
