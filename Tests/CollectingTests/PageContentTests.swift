import Collecting
import Testing

#if HTML
    @Suite struct PageContentTests {
        private func content(_ html: String, at url: String = "https://a.org/team/page") throws -> PageContent {
            PageContent(elements: try PageReader.elements(of: Array(html.utf8), encoding: "utf-8"), base: try WebAddress(url))
        }

        @Test func picturesStandInManyPlaces() throws {
            let content = try content(
                """
                <head><meta property="og:image" content="/og.jpg"><meta name="twitter:image" content="https://b.org/tw.jpg">
                <link rel="image_src" href="src.jpg"><link rel="stylesheet" href="style.css"></head>
                <img src="placeholder.gif" data-src="lazy.jpg"><img src=x data-srcset="s.jpg 100w, l.jpg 900w" data-src="m.jpg">
                <IMG SRC="UPPER.JPG"><img src="a b.jpg"><img src="é.jpg"><img src="lazy.jpg"><img src="data:image/png;base64,AA"><img>
                <noscript><img src="no-script.jpg"></noscript><a href="big.JPEG?x=1"><img src="thumb.jpg?a=1&amp;b=2"></a>
                <picture><source srcset="wide.webp 2x, narrow.webp"></picture>
                """)
            let expected = [
                "https://a.org/og.jpg", "https://b.org/tw.jpg", "https://a.org/team/src.jpg", "https://a.org/team/lazy.jpg",
                "https://a.org/team/l.jpg",
                "https://a.org/team/UPPER.JPG", "https://a.org/team/a%20b.jpg", "https://a.org/team/%C3%A9.jpg",
                "https://a.org/team/no-script.jpg",
                "https://a.org/team/big.JPEG?x=1", "https://a.org/team/thumb.jpg?a=1&b=2", "https://a.org/team/wide.webp",
            ]
            #expect(content.images == expected)
        }

        @Test func linksLeadToPages() throws {
            let content = try content(
                """
                <base href="https://a.org/base/"><a href="one">1</a><a href="one#part">1</a><a href="two" rel="nofollow">2</a>
                <a href="javascript:void(0)">3</a><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">by</a>
                """)
            #expect(content.links == ["https://a.org/base/one", "https://creativecommons.org/licenses/by/4.0/"])
            #expect(content.licence == "https://creativecommons.org/licenses/by/4.0/")
        }

        @Test func whatThePageForbidsIsLeftOut() throws {
            let html = "<img src=a.jpg><a href=b>b</a>"
            #expect(try content("<meta name=robots content='NoFollow'>" + html).links.isEmpty)
            #expect(try content("<meta name=lineup content='noimageindex, x'>" + html).images.isEmpty)
            let none = try content("<meta name=robots content=none>" + html)
            #expect(none.images.isEmpty && none.links.isEmpty)
        }

        @Test func brokenPagesAreReadAsFarAsTheyGo() throws {
            #expect(try content("<p><img src='1.jpg'<b></div><img src=\"2.jpg").images.first == "https://a.org/team/1.jpg")
            let deep = String(repeating: "<div>", count: 20_000) + "<img src=deep.jpg>"
            #expect(try content(deep).images.count <= 1)
            var random = SplitNoise(state: 7)
            for _ in 0..<200 {
                let noise = (0..<200).map { _ in random.byte() }
                // Whatever comes out: it comes to an end.
                _ = try? PageReader.elements(of: noise, encoding: nil)
            }
        }

        /// Bytes of which many mean something in HTML.
        private struct SplitNoise {
            var state: UInt64

            mutating func byte() -> UInt8 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let alphabet = Array("<>/='\"&;!-imgsrca \0\u{FF}".utf8)
                return alphabet[Int(state >> 33) % alphabet.count]
            }
        }
    }
#endif
