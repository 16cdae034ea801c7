import Foundation
import Imaging
import Serve
import ServeSupport
import TestSupport
import Testing

/// The page as a visitor meets it, in a real browser.
@Suite(.serialized, .timeLimit(.minutes(3)), .enabled(if: WebDriver.driver != nil, Comment(rawValue: WebDriver.absence)))
struct PageTests {
    private static let settled =
        "document.querySelectorAll('.card').length > 0 && document.querySelectorAll('[data-state=waiting]').length === 0"

    /// A page on a running server, and photos in files.
    private func withPage(
        _ window: WebDriver.Window = WebDriver.Window(), samples: [SamplePhoto] = [], limits: RequestLimits = RequestLimits(),
        naming: NamingDouble = NamingDouble(), workers: Int = 4, queue: Int = 64, feedback: FeedbackFolder? = nil,
        photos: [String: [UInt8]] = [:],
        body: @escaping @Sendable (WebDriver, (String) -> URL) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        for (name, bytes) in photos { try folder.write(bytes, to: name) }
        let url = folder.url
        try await RunningServer.with(
            naming, ServeConfiguration(limits: limits, workers: workers, queue: queue, feedback: feedback, samples: samples)
        ) {
            server in
            try await WebDriver.with(window, showing: server.url) { browser in
                try await body(browser) { url.appendingPathComponent($0) }
            }
        }
    }

    @Test func facesAreBoxedWhereTheyAreAndAllScoresRanked() async throws {
        let photo = try Pictures.png(faces: 2, score: 94, width: 640, height: 480)
        try await withPage(photos: ["team.png": photo]) { browser, file in
            try await browser.choose([file("team.png")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.number("document.querySelectorAll('.mark .box').length") == 2)
            #expect(try await browser.number("document.querySelectorAll('.mark .eye').length") == 4)
            // The first face's box is at (107, 120), 213 pixels wide, in a photo of 640: the overlay scales with the photo.
            let left =
                "document.querySelector('.mark .box').getBoundingClientRect().left - document.querySelector('.frame img').getBoundingClientRect().left"
            let scale = try await browser.number("document.querySelector('.frame img').getBoundingClientRect().width / 640")
            let tolerance = 3.0  // the stroke, half of which lies outside the box, and one pixel of rounding
            #expect(abs(try await browser.number(left) - 107 * scale) < tolerance)
            #expect(
                abs(try await browser.number("document.querySelector('.mark .box').getBoundingClientRect().width") - 213 * scale) < 2
                    * tolerance)
            #expect(try await browser.number("document.querySelectorAll('.face').length") == 2)
            let names = try await browser.text(
                "[...document.querySelector('.face').querySelectorAll('.bars li')].map(row => row.dataset.label).join()")
            #expect(names == "bruno,leila,nia,ren,ada")
            #expect(try await browser.text("document.querySelector('.face .score').textContent") == "94 %")
            #expect(try await browser.text("document.querySelector('.face h4').textContent").contains("Bruno"))
            #expect(try await browser.text("document.getElementById('announcer').textContent").contains("2 faces: Bruno, 94 %"))
            #expect(try await browser.number("window.layoutShift") < 0.1)
            #expect(try await browser.errors() == [])
        }
    }

    @Test func theWordsAreAsSureAsTheScore() async throws {
        let levels = [
            (94, "sure", "Bruno"), (76, "likely", "Bruno"), (55, "maybe", "Bruno, perhaps"), (34, "unsure", "Not sure. Bruno?"),
            (0, "unknown", "Nobody I know"),
        ]
        let photos = try Dictionary(uniqueKeysWithValues: levels.map { ("\($0.0).png", try Pictures.png(faces: 1, score: $0.0)) })
        try await withPage(photos: photos) { browser, file in
            for (score, level, title) in levels {
                try await browser.choose([file("\(score).png")], in: "#file")
                try await browser.wait("document.querySelector('.card h3')?.textContent === '\(score).png' && \(Self.settled)")
                #expect(try await browser.text("document.querySelector('.face').dataset.level") == level)
                #expect(try await browser.text("document.querySelector('.face h4').textContent") == title)
            }
        }
    }

    @Test func everyReasonHasItsSentence() async throws {
        let photos = [
            "0.png": try Pictures.png(faces: 0, reason: 0), "1.png": try Pictures.png(faces: 0, reason: 1),
            "2.png": try Pictures.png(faces: 0, reason: 2),
        ]
        try await withPage(photos: photos) { browser, file in
            for (name, title) in [("0.png", "No face found"), ("1.png", "A face, but not two eyes"), ("2.png", "This photo is too small")] {
                try await browser.choose([file(name)], in: "#file")
                try await browser.wait("document.querySelector('.card h3')?.textContent === '\(name)' && \(Self.settled)")
                #expect(try await browser.text("document.querySelector('.card .message h4').textContent") == title)
            }
            #expect(try await browser.errors() == [])
        }
    }

    @Test func problemsSayWhatToDo() async throws {
        let photos: [String: [UInt8]] = ["notes.txt": Array("just some notes".utf8), "huge.png": Pictures.hugePNG, "empty.jpg": []]
        try await withPage(photos: photos) { browser, file in
            try await browser.choose([file("notes.txt")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.text("document.querySelector('.problem h4').textContent") == "Not a picture of a supported format")
            #expect(try await browser.text("document.querySelector('.problem').textContent").contains("look like text"))
            #expect(try await browser.text("document.querySelector('.problem .advice').textContent").contains("JPEG"))
            #expect(try await browser.isTrue("document.querySelector('.problem .button') === null"))
            try await browser.choose([file("huge.png")], in: "#file")
            try await browser.wait("document.querySelectorAll('.card').length === 2 && \(Self.settled)")
            #expect(try await browser.text("document.querySelector('.problem').textContent").contains("30000 x 30000"))
            try await browser.choose([file("empty.jpg")], in: "#file")
            try await browser.wait("document.querySelectorAll('.card').length === 3 && \(Self.settled)")
            #expect(try await browser.text("document.querySelector('.problem h4').textContent") == "No photo arrived")
            #expect(try await browser.text("document.querySelector('.problem').textContent").contains("The file is empty."))
        }
    }

    /// A bitmap is no format of the server, but the browser can open it and sends a JPEG in its place.
    @Test func theBrowserConvertsWhatTheServerDoesNotRead() async throws {
        try await withPage(photos: ["old.bmp": Self.bitmap]) { browser, file in
            try await browser.choose([file("old.bmp")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.text("document.querySelector('.note').textContent").contains("does not read BMP"))
            #expect(try await browser.isTrue("document.querySelector('.problem') === null"))
        }
    }

    /// 16 x 16 pixels of one colour, 24 bits each.
    private static let bitmap: [UInt8] =
        [0x42, 0x4D, 0x36, 3, 0, 0, 0, 0, 0, 0, 0x36, 0, 0, 0, 40, 0, 0, 0, 16, 0, 0, 0, 16, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 0, 3, 0, 0]
        + [UInt8](repeating: 0, count: 16) + [UInt8](repeating: 0, count: 768)

    @Test func aPhotoOverTheLimitIsShrunkInTheBrowser() async throws {
        let photo = try Pictures.png(width: 900, height: 700)
        try await withPage(limits: RequestLimits(bytes: 100_000, pixels: 300_000), photos: ["big.png": photo]) { browser, file in
            try await browser.choose([file("big.png")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.text("document.querySelector('.note').textContent").contains("Shrunk in your browser"))
            #expect(try await browser.isTrue("document.querySelector('.problem') === null"))
        }
    }

    @Test func samplesAreOfferedAndToldTheTruth() async throws {
        let samples = [
            SamplePhoto(name: "b.png", label: "bruno", bytes: try Pictures.png(faces: 1), contentType: "image/png"),
            SamplePhoto(name: "a.png", label: "ada", bytes: try Pictures.png(faces: 1), contentType: "image/png"),
        ]
        try await withPage(samples: samples) { browser, _ in
            #expect(try await browser.number("document.querySelectorAll('#sample-list button').length") == 2)
            #expect(
                try await browser.isTrue(
                    "[...document.querySelectorAll('#sample-list img')].every((node) => node.src.endsWith('/thumbnail'))"))
            for (index, sentence) in [(0, "That is right."), (1, "That is wrong: this is Ada.")] {
                try await browser.run("document.querySelectorAll('#sample-list button')[\(index)].click()")
                try await browser.wait("document.querySelectorAll('.card').length === \(index + 1) && \(Self.settled)")
                #expect(try await browser.text("document.querySelector('.truth').textContent") == sentence)
            }
            #expect(try await browser.errors() == [])
        }
    }

    @Test func withoutSamplesThePageDoesNotSpeakOfThem() async throws {
        try await withPage { browser, _ async throws in
            #expect(try await browser.isTrue("document.getElementById('samples').hidden"))
            #expect(try await browser.text("document.getElementById('limits').textContent").hasSuffix("up to 20 MB and 40 megapixels"))
            #expect(try await browser.text("document.getElementById('chip').textContent") == "Knows 5 people")
            #expect(try await browser.number("document.querySelectorAll('#candidates tr').length") == 2)
            #expect(try await browser.text("document.getElementById('people').textContent").contains("1 photo"))
        }
    }

    @Test func whatItConfusesIsDrawnForWhoAsks() async throws {
        try await withPage { browser, _ async throws in
            #expect(try await browser.number("document.querySelectorAll('#mixups *, #strangers-curve *').length") == 0)
            try await browser.run("document.getElementById('mixups-box').open = document.getElementById('strangers-box').open = true")
            try await browser.wait("document.querySelector('#mixups table') && document.querySelector('#strangers-curve svg')")
            let cells = "[...document.querySelectorAll('.matrix tbody tr:nth-child(3) > *')].map((node) => node.textContent).join()"
            #expect(try await browser.text(cells) == "3 Leila,0,0,20,0,5")
            #expect(try await browser.number("document.querySelectorAll('.matrix td.right').length") == 5)
            let scores = "[...document.querySelectorAll('#mixups .scroll:not(.matrix) tbody tr')].map((row) => row.innerText).join('|')"
            let rows = try await browser.text(scores).split(separator: "|").map { $0.split(separator: "\t").map(String.init) }
            #expect(rows.count == 5)
            #expect(rows[2] == ["Leila", "25", "80 %", "100 %"])
            #expect(rows[4] == ["Ren", "1", "0 %", "0 %"])
            #expect(
                try await browser.text("document.querySelector('.curve').getAttribute('aria-label')")
                    == "Where 25 % of strangers get a name, 80 % of known people keep theirs.")
            #expect(try await browser.number("document.querySelectorAll('#people .percent').length") == 5)
            #expect(try await browser.errors() == [])
        }
    }

    @Test func ofManyPeopleTheMostFrequentMixUpsAreListed() async throws {
        var naming = NamingDouble()
        naming.labels = (10..<30).map { "person_\($0)" }
        naming.confusion = (0..<20).map { [$0, $0, 9] } + [[4, 7, 3], [2, 3, 1]]
        try await withPage(naming: naming) { browser, _ async throws in
            try await browser.run("document.getElementById('mixups-box').open = true")
            try await browser.wait("document.querySelectorAll('#mixups table').length === 2")
            #expect(try await browser.isTrue("document.querySelector('.matrix') === null"))
            let first = "[...document.querySelectorAll('#mixups tbody')[0].rows].map((row) => row.innerText).join('|')"
            #expect(try await browser.text(first) == "Person 14\tPerson 17\t3|Person 12\tPerson 13\t1")
            #expect(try await browser.number("document.querySelectorAll('#mixups tbody')[1].rows.length") == 20)
        }
    }

    @Test func photosMayBePastedAndDropped() async throws {
        let photo = Data(try Pictures.png(faces: 1)).base64EncodedString()
        try await withPage { browser, _ in
            for (kind, count) in [("paste", 1), ("drop", 2)] {
                try await browser.run(
                    """
                    const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
                    const data = new DataTransfer();
                    data.items.add(new File([bytes], arguments[1] + ".png", { type: "image/png" }));
                    if (arguments[1] === "paste") document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
                    else for (const type of ["dragenter", "dragover", "drop"])
                      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
                    """, [photo, kind])
                try await browser.wait("document.querySelectorAll('.card .face').length === \(count)")
                #expect(try await browser.text("document.querySelector('.card h3').textContent") == "\(kind).png")
            }
            #expect(try await browser.isTrue("document.getElementById('veil').hidden"))
        }
    }

    @Test func theCameraTakesAPhotoAndLetsGo() async throws {
        try await withPage { browser, _ in
            try await browser.run("document.getElementById('use-camera').click()")
            try await browser.wait("document.getElementById('shoot').disabled === false && document.getElementById('video').videoWidth > 0")
            try await browser.run("document.getElementById('shoot').click()")
            try await browser.wait(Self.settled)
            #expect(try await browser.text("document.querySelector('.card h3').textContent") == "camera photo")
            #expect(try await browser.isTrue("document.getElementById('video').srcObject === null"))
            #expect(try await browser.isTrue("!document.getElementById('camera').open"))
        }
    }

    @Test func theOtherCameraIsOneButtonAway() async throws {
        try await withPage { browser, _ in
            try await browser.run(
                """
                const media = navigator.mediaDevices, open = media.getUserMedia.bind(media);
                window.asked = [];
                media.enumerateDevices = async () => [{ kind: "videoinput" }, { kind: "videoinput" }];
                media.getUserMedia = (wish) => { window.asked.push(wish.video.facingMode); return open({ video: true }); };
                document.getElementById("use-camera").click();
                """)
            try await browser.wait("!document.getElementById('camera-turn').hidden && !document.getElementById('shoot').disabled")
            #expect(try await browser.isTrue("document.getElementById('video').classList.contains('mirrored')"))
            try await browser.run("document.getElementById('camera-turn').click()")
            try await browser.wait("window.asked.length === 2 && !document.getElementById('shoot').disabled")
            #expect(try await browser.text("window.asked.join()") == "user,environment")
            #expect(try await browser.isTrue("!document.getElementById('video').classList.contains('mirrored')"))
        }
    }

    /// A JPEG of 60 x 40 stored pixels that says it is to be turned by a quarter.
    @Test func aPhotoIsShownAsTheServerTurnedIt() async throws {
        let flat = Image(width: 60, height: 40, pixels: [UInt8](repeating: 0, count: 60 * 40 * 3))
        let plain = try ImageFile.encodeJPEG(flat, quality: 90)
        let tiff: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
        let exif: [UInt8] = Array("Exif".utf8) + [0, 0] + tiff
        let segment: [UInt8] = [0xFF, 0xE1, 0, UInt8(exif.count + 2)]
        let turned: [UInt8] = Array(plain[..<2]) + segment + exif + Array(plain[2...])
        try await withPage(photos: ["turned.jpg": turned]) { browser, file in
            try await browser.choose([file("turned.jpg")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.text("document.querySelector('.card-meta').textContent").hasPrefix("40 × 60 pixels"))
            let shown = "(({ naturalWidth, naturalHeight }) => `${naturalWidth} ${naturalHeight}`)(document.querySelector('.frame img'))"
            try await browser.wait("\(shown) === '40 60'")
            #expect(try await browser.errors() == [])
        }
    }

    @Test func aModelThatCannotBeReadIsSaidToWhoSees() async throws {
        try await withPage { browser, _ async throws in
            #expect(try await browser.isTrue("document.getElementById('model-problem').hidden"))
            let broken = """
                const load = window.fetch;
                window.fetch = (path, ...more) => String(path).endsWith("api/model") ? Promise.reject(new TypeError("gone")) : load(path, ...more);
                """
            try await browser.devTools("Page.addScriptToEvaluateOnNewDocument", ["source": broken])
            try await browser.run("location.reload()")
            try await browser.wait("document.documentElement.dataset.ready === 'true' && !document.getElementById('model-problem').hidden")
            #expect(try await browser.number("document.getElementById('model-problem').getBoundingClientRect().height") > 0)
            #expect(try await browser.text("document.getElementById('model-problem').getAttribute('role')") == "alert")
        }
    }

    /// From the top of the page, by Tab and Enter alone: to a sample, its answer, and its removal.
    @Test func theKeyboardReachesEverything() async throws {
        let sample = SamplePhoto(name: "b.png", bytes: try Pictures.png(faces: 1), contentType: "image/png")
        try await withPage(samples: [sample]) { browser, _ in
            var seen: [String] = []
            for _ in 0..<7 {
                try await browser.press("\u{E004}")
                seen.append(
                    try await browser.text(
                        "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"))
                #expect(try await browser.isTrue("document.activeElement.matches(':focus-visible')"))
            }
            #expect(seen == ["skip", "brand", "chip", "choose", "use-camera", "BUTTON", "SUMMARY"])
            try await browser.run("document.querySelector('#sample-list button').focus()")
            try await browser.press("\u{E007}")
            try await browser.wait(Self.settled)
            try await browser.run("document.querySelector('.close').focus()")
            try await browser.press("\u{E007}")
            try await browser.wait("document.querySelectorAll('.card').length === 0")
            #expect(try await browser.text("document.activeElement.id") == "choose")
        }
    }

    @Test(arguments: [false, true]) func itFitsAPhoneInLightAndDark(_ isDark: Bool) async throws {
        let window = WebDriver.Window(width: 360, height: 740, isDark: isDark, isPhone: true)
        let photos = [
            "a photo with a rather long name that will not fit.png": try Pictures.png(faces: 3, score: 34, width: 900, height: 600)
        ]
        try await withPage(window, photos: photos) { browser, file in
            try await browser.choose([file(photos.keys.first ?? "")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.number("document.documentElement.scrollWidth") <= 360)
            let background = try await browser.text("getComputedStyle(document.body).backgroundColor")
            #expect(background == (isDark ? "rgb(20, 23, 26)" : "rgb(246, 244, 239)"))
            // Text and background differ as WCAG 2.1 AA asks of normal text: 4.5 to 1.
            for selector in [".verdict", ".percent", ".card-meta", ".drop-title", "footer", ".about-text", ".tag"] {
                #expect(try await browser.number(Self.contrast(of: selector)) >= 4.5, "\(selector)")
            }
        }
    }

    /// The WCAG contrast ratio between an element's text and the nearest opaque background behind it.
    private static func contrast(of selector: String) -> String {
        """
        ((selector) => {
          const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          let node = document.querySelector(selector);
          const text = light(numbers(getComputedStyle(node).color));
          while (node && [0].includes(numbers(getComputedStyle(node).backgroundColor)[3])) node = node.parentElement;
          const back = light(numbers(getComputedStyle(node ?? document.body).backgroundColor));
          return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
        })('\(selector)')
        """
    }

    @Test func aBusyServerIsAskedAgain() async throws {
        let photo = try Pictures.png(faces: 1)
        let naming = NamingDouble(work: { Thread.sleep(forTimeInterval: 0.6) })
        try await withPage(naming: naming, workers: 1, queue: 0, photos: ["a.png": photo, "b.png": photo]) { browser, file in
            try await browser.choose([file("a.png"), file("b.png")], in: "#file")
            try await browser.wait("[...document.querySelectorAll('.waiting')].some((node) => node.textContent.includes('busy'))")
            try await browser.wait(Self.settled)
            #expect(try await browser.number("document.querySelectorAll('.face').length") == 2)
        }
    }

    @Test func severalPhotosStayInOrderAndTheFirstIsInView() async throws {
        let names = ["1.png", "2.png", "3.png", "4.png"]
        let photos = try Dictionary(uniqueKeysWithValues: names.map { ($0, try Pictures.png(faces: 1, width: 640, height: 480)) })
        try await withPage(photos: photos) { browser, file in
            try await browser.choose(names.map(file), in: "#file")
            try await browser.wait("document.querySelectorAll('.card').length === 4 && \(Self.settled)")
            let titles = "[...document.querySelectorAll('.card h3')].map((node) => node.textContent).join()"
            #expect(try await browser.text(titles) == names.joined(separator: ","))
            let top = "Math.abs(document.querySelector('.card').getBoundingClientRect().top) < 60"
            try await browser.wait(top)
            try await browser.run("document.querySelectorAll('.close')[1].click()")
            #expect(try await browser.text(titles) == "1.png,3.png,4.png")
        }
    }

    /// A removed card's request ends: its place is free for the next.
    @Test func removingAPhotoCancelsIt() async throws {
        let photo = try Pictures.png(faces: 1)
        let begun = DispatchSemaphore(value: 0), gate = DispatchSemaphore(value: 0)
        let naming = NamingDouble(work: {
            begun.signal()
            _ = gate.wait(timeout: .now() + 20)
        })
        try await withPage(naming: naming, photos: ["a.png": photo]) { browser, file in
            try await browser.choose([file("a.png")], in: "#file")
            try await browser.wait("document.querySelector('.waiting')?.textContent === 'Looking for faces…'")
            try await browser.run("document.querySelector('.close').click()")
            #expect(try await browser.number("document.querySelectorAll('.card').length") == 0)
            gate.signal()
            #expect(try await browser.errors() == [])
        }
    }

    @Test(arguments: [320, 375]) func resultsFitAPhoneAndAFinger(_ width: Int) async throws {
        let window = WebDriver.Window(width: width, height: 740, isPhone: true)
        let photos = [
            "a.png": try Pictures.png(faces: 2, width: 900, height: 1200), "b.png": try Pictures.png(faces: 0, width: 1200, height: 700),
        ]
        try await withPage(window, photos: photos) { browser, file in
            try await browser.choose([file("a.png"), file("b.png")], in: "#file")
            try await browser.wait("document.querySelectorAll('.card').length === 2 && \(Self.settled)")
            #expect(try await browser.number("document.documentElement.scrollWidth") <= Double(width))
            let small =
                "[...document.querySelectorAll('button, summary, select, .links a, .chip')].filter((node) => node.offsetParent && node.getBoundingClientRect().height < 44).map((node) => node.className || node.id || node.textContent).join()"
            #expect(try await browser.text(small) == "")
            #expect(try await browser.number("window.layoutShift") < 0.1)
        }
    }

    @Test func facesWithoutANameAreBoxedAndSayWhy() async throws {
        try await withPage(photos: ["a.png": try Pictures.png(faces: 1, reason: 2, width: 640, height: 480)]) { browser, file in
            try await browser.choose([file("a.png")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.number("document.querySelectorAll('.mark.nameless .box').length") == 2)
            #expect(try await browser.text("document.querySelector('.unnamed h4').textContent") == "2 faces without a name")
            let reasons = try await browser.text("document.querySelector('.unnamed ol').textContent")
            #expect(reasons.contains("2Two eyes cannot be seen.") && reasons.contains("3The photo shows more faces"))
            #expect(try await browser.errors() == [])
        }
    }

    @Test func anAnswerIsGivenAsACallForPrograms() async throws {
        try await withPage(photos: ["it's me.png": try Pictures.png(faces: 1)]) { browser, file in
            try await browser.choose([file("it's me.png")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(
                try await browser.text("document.querySelector('.calls pre').textContent").hasPrefix(
                    "curl -F 'file=@\"it'\\''s me.png\"' 'http://"))
            try await browser.run("document.querySelector('[data-kind=JSON]').click()")
            #expect(try await browser.text("String(JSON.parse(document.querySelector('.calls pre').textContent).faces.length)") == "1")
            try await browser.run("document.querySelector('[data-kind=Python]').click()")
            #expect(try await browser.text("document.querySelector('.calls pre').textContent").contains("requests.post("))
        }
    }

    @Test func aWrongNameIsPutRightWhereThatIsKept() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let feedback = try FeedbackFolder(folder, maximum: 1)
        try await withPage(feedback: feedback, photos: ["a.png": try Pictures.png(faces: 2, width: 640, height: 480)]) { browser, file in
            try await browser.choose([file("a.png")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.number("document.querySelectorAll('.correction').length") == 2)
            let choices =
                "[...document.querySelectorAll('.correction')[1].querySelectorAll('option')].map((node) => node.textContent).join()"
            #expect(try await browser.text(choices) == "Ada,Bruno,Nia,Ren,somebody else")
            try await browser.run(
                "const box = document.querySelectorAll('.correction')[1]; box.open = true; box.querySelector('select').value = 'ren'")
            try await browser.run("document.querySelectorAll('.correction')[1].querySelector('button').click()")
            try await browser.wait("document.querySelectorAll('.correction')[1].textContent.includes('Thank you')")
            try await browser.run("document.querySelectorAll('.correction')[0].querySelector('button').click()")
            try await browser.wait("document.querySelector('.correction').textContent.includes('No more corrections are kept')")
        }
        let line = try String(contentsOf: folder.appendingPathComponent("feedback.jsonl"), encoding: .utf8)
        #expect(line.contains("\"right\":\"ren\",\"shown\":\"leila\"}\n"))
    }

    @Test func whatTheModelSeesIsShownToWhoAsks() async throws {
        try await withPage(photos: ["a.png": try Pictures.png(faces: 1, width: 640, height: 480)]) { browser, file in
            try await browser.choose([file("a.png")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.number("document.querySelectorAll('.views img').length") == 0)
            try await browser.run("document.querySelector('.views').open = true")
            try await browser.wait("[...document.querySelectorAll('.views img')].filter((node) => node.naturalWidth === 160).length === 3")
            #expect(try await browser.errors() == [])
        }
    }

    @Test func theDescriptionIsReadable() async throws {
        try await withPage { browser, _ async throws in
            try await browser.run("location.href = 'api/'")
            try await browser.wait(
                "document.querySelectorAll('.operation').length > 20 && document.documentElement.dataset.ready === 'true'")
            #expect(try await browser.text("document.getElementById('reference').textContent").contains("POST/api/classify"))
            #expect(try await browser.errors() == [])
        }
    }

    @Test func recentAnswersStayInTheBrowserUntilTheyAreCleared() async throws {
        try await withPage(photos: ["a.png": try Pictures.png(faces: 1)]) { browser, file in
            #expect(try await browser.isTrue("document.getElementById('recent').hidden"))
            try await browser.choose([file("a.png")], in: "#file")
            try await browser.wait(Self.settled)
            try await browser.wait("localStorage.getItem('lineup-recent') !== null")
            try await browser.run("location.reload()")
            try await browser.wait("document.documentElement.dataset.ready === 'true' && !document.getElementById('recent').hidden")
            #expect(try await browser.text("document.getElementById('recent-list').textContent").contains("Bruno, 94 %"))
            try await browser.wait("document.querySelector('#recent-list img').naturalWidth === 56")
            try await browser.run("document.getElementById('clear-recent').click()")
            #expect(try await browser.isTrue("document.getElementById('recent').hidden && localStorage.getItem('lineup-recent') === null"))
        }
    }

    @Test func aServerThatIsGoneIsCalledSo() async throws {
        let photo = try Pictures.png(faces: 1)
        try await withPage(photos: ["a.png": photo]) { browser, file in
            try await browser.run(
                "const open = XMLHttpRequest.prototype.open; XMLHttpRequest.prototype.open = function (method) { open.call(this, method, 'http://127.0.0.1:9/'); };"
            )
            try await browser.choose([file("a.png")], in: "#file")
            try await browser.wait(Self.settled)
            #expect(try await browser.text("document.querySelector('.problem h4').textContent") == "The server cannot be reached")
            #expect(try await browser.isTrue("document.querySelector('.problem .button') !== null"))
        }
    }
}
