import Collecting
import Foundation
import Testing

@Suite struct RulesTests {
    @Test(arguments: [
        ("User-agent: *\nDisallow: /a", "/a/b", false), ("User-agent: *\nDisallow: /a", "/b", true),
        ("User-agent: *\nDisallow:", "/a", true),
        ("User-agent: *\nDisallow: /\nAllow: /open", "/open/1.png", true), ("User-agent: *\nDisallow: /*.png$", "/a/1.png", false),
        ("User-agent: *\nDisallow: /*.png$", "/a/1.png?x", true), ("User-agent: *\nDisallow: /a*b*c", "/axxbyyczz", false),
        ("User-agent: *\nDisallow: /a*b*c", "/axxcyyb", true), ("User-agent: *\nDisallow: /a%2fb", "/a/b", true),
        ("User-agent: *\nDisallow: /%C3%A9", "/é", false), ("User-agent: *\nDisallow: /\n\nUser-agent: lineup\nDisallow: /x", "/y", true),
        ("User-agent: Lineup/2.0\nUser-agent: other\nDisallow: /x\nUser-agent: *\nAllow: /", "/x", false),
        ("User-agent: other\nDisallow: /", "/a", true), ("USER-AGENT : * # all\r\nDISALLOW : /a # b", "/a", false),
        ("Disallow: /", "/a", true), ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true), ("<html>no rules</html>", "/a", true),
    ])
    func robotsRulesAreThoseOfTheStandard(file: String, path: String, isAllowed: Bool) {
        #expect(RobotsRules(file).allow(path) == isAllowed)
    }

    @Test func robotsMayAskForAPause() {
        #expect(RobotsRules("User-agent: *\nCrawl-delay: 3").delay == .seconds(3))
        #expect(RobotsRules("User-agent: *\nCrawl-delay: 9999999").delay == .seconds(60))
        #expect(RobotsRules("User-agent: *\nCrawl-delay: soon").delay == nil)
        #expect(RobotsRules.open.allow("/"))
        // Many stars are no work without end.
        let stars = RobotsRules("User-agent: *\nDisallow: /" + String(repeating: "a*", count: 200) + "b")
        #expect(stars.allow("/" + String(repeating: "a", count: 2000)))
    }

    @Test(arguments: [
        ("a.jpg 1x, b.jpg 2x", "b.jpg"), ("a.jpg 300w, b.jpg 1200w, c.jpg 600w", "b.jpg"), ("a.jpg", "a.jpg"), ("", nil), (" , ", nil),
        ("https://x.org/w_100,h_200/a.jpg 100w,https://x.org/w_900,h_200/a.jpg 900w", "https://x.org/w_900,h_200/a.jpg"),
        ("a.jpg, b.jpg 2x", "b.jpg"),
        ("a.jpg 2x, b.jpg 2x", "a.jpg"),
    ])
    func theLargestOfASetIsTaken(value: String, expected: String?) { #expect(SourceSet.largest(value) == expected) }

    @Test(arguments: [
        ("120", 120), ("0", 0), (" 5 ", 5), ("soon", nil), ("-5", nil), ("", nil), ("99999999999999999999999", Int.max),
        ("Sat, 01 Nov 2025 10:01:30 GMT", 90), ("Sat, 01 Nov 2025 09:00:00 GMT", 0),
    ])
    func retryAfterIsSecondsOrADate(value: String, expected: Int?) throws {
        let now = try Date("2025-11-01T10:00:00Z", strategy: .iso8601)
        #expect(RetryAfter.seconds(value, now: now) == expected)
    }

    @Test(arguments: [
        ("8.8.8.8", true), ("127.0.0.1", false), ("10.1.2.3", false), ("172.16.0.1", false), ("172.32.0.1", true), ("192.168.1.1", false),
        ("169.254.169.254", false), ("100.64.0.1", false), ("100.128.0.1", true), ("0.0.0.0", false), ("224.0.0.1", false),
        ("255.255.255.255", false), ("127.1", false), ("0x7f000001", false), ("2130706433", false), ("017700000001", false),
        ("134744072", true),
        ("::1", false), ("::", false), ("fe80::1", false), ("fc00::1", false), ("ff02::1", false), ("2606:4700::1111", true),
        ("::ffff:127.0.0.1", false), ("::ffff:8.8.8.8", true), ("64:ff9b::7f00:1", false), ("64:ff9b::808:808", true),
        ("2002:7f00:1::", false),
        ("2001:db8::1", false), ("2001::1", false), ("3fff::1", false),
    ])
    func addressesArePublicOrNot(address: String, isPublic: Bool) throws {
        #expect(AddressScope.isPublic(try #require(AddressScope.literal(address))) == isPublic)
    }

    @Test func namesAreNoAddresses() {
        for name in ["example.org", "localhost", "1.2.3.4.example", ""] { #expect(AddressScope.literal(name) == nil) }
    }

    @Test func addressesAreResolvedAndTidied() throws {
        let base = try WebAddress("HTTP://Example.org/a/b?c#d")
        #expect(
            base.text == "http://Example.org/a/b?c" && base.host == "example.org" && base.port == 80
                && base.origin == "http://example.org:80")
        #expect(try WebAddress("../e f.png", relativeTo: base).name == "e f.png")
        #expect(try WebAddress("//other.org", relativeTo: base).text == "http://other.org/")
        #expect(try WebAddress("https://[2001:db8::1]:8443/x").host == "2001:db8::1")
        #expect(try WebAddress("https://example.org/a%2Fb.png?x=1").pathAndQuery == "/a%2Fb.png?x=1")
        for text in ["", "a.png", "http://", "http:///a", "file://server/a.png"] {
            #expect(throws: DownloadFault.noAddress(text)) { try WebAddress(text) }
        }
        #expect(throws: DownloadFault.scheme("javascript")) { try WebAddress("javascript:alert(1)", relativeTo: base) }
    }

    @Test func proxiesAreThoseOfTheEnvironment() throws {
        let proxies = try ProxyEnvironment([
            "http_proxy": "proxy.example:3128", "HTTPS_PROXY": "http://ann:secret@secure.example", "HTTP_PROXY": "http://evil.example",
            "NO_PROXY": "internal.example, .dot.example,10.0.0.0/8,special.example:8080",
        ])
        func proxy(_ url: String) throws -> String? { proxies.proxy(for: try WebAddress(url)).map { "\($0.host):\($0.port)" } }
        #expect(try proxy("http://a.example/") == "proxy.example:3128")
        #expect(try proxy("https://a.example/") == "secure.example:80")
        for direct in [
            "http://internal.example/", "http://x.internal.example/", "http://x.dot.example/", "http://10.2.3.4/",
            "http://special.example:8080/",
        ] {
            #expect(try proxy(direct) == nil)
        }
        #expect(
            try proxy("http://notinternal.example/") != nil && proxy("http://special.example/") != nil && proxy("http://11.0.0.1/") != nil)
        #expect(try ProxyEnvironment(["all_proxy": "socks5h://127.0.0.1"]).proxy(for: WebAddress("http://a.example/"))?.port == 1080)
        #expect(try ProxyEnvironment(["https_proxy": "", "all_proxy": "*"]).proxy(for: WebAddress("https://a.example/")) == nil)
        #expect(throws: CollectingError.self) { try ProxyEnvironment(["http_proxy": "https://a.example"]) }
    }
}
