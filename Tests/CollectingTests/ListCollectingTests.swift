#if Download
    import Collecting
    import Foundation
    import Imaging
    import Recognition
    import Support
    import TestSupport
    import Testing

    @Suite struct ListCollectingTests {
        private let collection: Collection

        init() throws { collection = try Collection() }

        @Test func aListBecomesPhotosWithATrail() async throws {
            let (one, two) = (try Collection.photo(1), try Collection.photo(2))
            let near = try ImageFile.encodeJPEG(try Collection.picture(1), quality: 80)
            let server = try await BadServer { request in
                switch request.target {
                case "/1.jpg", "/again?of=1": .answer("200 OK", ["ETag: \"a\""], body: one)
                case "/2": .answer(body: two)
                case "/near.jpeg": .answer(body: near)
                default: .answer("404 Not Found", body: Array("<html>".utf8))
                }
            }
            var first = WantedPhoto(server.url("/1.jpg"))
            first.licence = "CC0"
            first.author = "Cleo"
            first.sourcePage = "https://example.org/ann"
            first.columns = ["year": "2026"]
            let list = [
                first, WantedPhoto(server.url("/again?of=1")), WantedPhoto(server.url("/2")), WantedPhoto(server.url("/1.jpg"), of: "bob"),
                WantedPhoto(server.url("/near.jpeg"), of: "bob"), WantedPhoto(server.url("/none")), WantedPhoto(server.url("/2")),
            ]
            let summary = try await collection.collect(list)
            #expect(summary.photos.stored == 4 && summary.photos.linked == 1 && summary.photos.near == 1 && summary.photos.refused == 1)
            #expect(summary.faults == ["HTTP 404": 1])
            #expect(try collection.stored() == ["ann/1.png", "ann/2.png", "ann/again.png", "bob/1.png", "bob/near.jpg"])
            let items = try collection.items()
            let item = try #require(items.first { $0.source == RelativePath(first.url) && $0.label == "ann" })
            #expect(item.licence == "CC0" && item.author == "Cleo" && item.sourcePage == "https://example.org/ann")
            #expect(item.columns == ["year": "2026"] && item.code == 200 && item.etag == "\"a\"" && item.finalURL == nil)
            #expect(item.sha256 == FileBytes.sha256(one) && item.bytes == one.count && item.hash != nil)
            #expect(items.first { $0.file == "ann/again.png" }?.status == .linked)
            #expect(items.first { $0.file == "bob/1.png" }?.duplicateOf == "ann/1.png")
            #expect(items.first { $0.file == "bob/near.jpg" }?.nearDuplicateOf == "ann/1.png")
            #expect(items.first { $0.status == .refused }?.error == "the server answered 404")
            #expect(server.requests.allSatisfy { $0.headers["user-agent"]?.hasPrefix("lineup/") == true })
            try await server.stop()
        }

        @Test func aRerunAsksOnlyWhatHasChanged() async throws {
            let photos = [try Collection.photo(1), try Collection.photo(2)]
            let isChanged = Shared(false)
            let server = try await BadServer { request in
                let tag = isChanged.withLock { $0 } && request.target == "/1.png" ? "\"b\"" : "\"a\""
                if request.headers["if-none-match"] == tag { return .answer("304 Not Modified") }
                let date = "Sat, 01 Nov 2025 10:00:00 GMT"
                if request.target == "/date.png" {
                    return request.headers["if-modified-since"] == date
                        ? .answer("304 Not Modified") : .answer("200 OK", ["Last-Modified: \(date)"], body: photos[1])
                }
                return .answer("200 OK", ["ETag: \(tag)"], body: photos[tag == "\"a\"" ? 0 : 1])
            }
            let list = ["/1.png", "/2.png", "/date.png", "/deleted.png"].map { WantedPhoto(server.url($0)) }
            _ = try await collection.collect(list)
            try FileManager.default.removeItem(at: collection.photos.appendingPathComponent("ann/deleted.png"))
            let lines = try collection.items().count
            isChanged.withLock { $0 = true }
            let summary = try await collection.collect(list)
            #expect(summary.unchanged == 2 && summary.photos.linked == 1 && summary.photos.known == 1)
            #expect(server.targets.count == 7, "what a person deleted is not asked for again")
            #expect(try collection.items().count == lines + 1)
            #expect(try collection.stored() == ["ann/1-2.png", "ann/1.png", "ann/2.png", "ann/date.png"])
            try await server.stop()
        }

        @Test func aKilledRunDoesNotAskAgainForWhatIsThere() async throws {
            let photos = try (0..<4).map { try Collection.photo($0) }
            let server = try await BadServer { .answer(body: photos[Int($0.target.dropFirst()) ?? 0]) }
            let list = (0..<4).map { WantedPhoto(server.url("/\($0)")) }
            let cancellation = Cancellation()
            await #expect(throws: RecognitionError.cancelled) {
                try await collection.collect(list, cancellation: cancellation) { if $0.done == 2 { cancellation.request() } }
            }
            #expect(try collection.stored().count >= 2)
            let asked = Set(try collection.items().map(\.source.text))
            let before = server.targets.count
            let summary = try await collection.collect(list)
            #expect(summary.photos.known == asked.count && summary.photos.stored == 4 - asked.count)
            #expect(Set(server.targets[before...]).isDisjoint(with: asked.map { String($0.suffix(2)) }))
            #expect(try collection.hidden().filter { $0.contains(".collecting") }.isEmpty)
            try await server.stop()
        }

        @Test func whoWasForgottenIsNotAskedForAgain() async throws {
            let photo = try Collection.photo(1)
            let server = try await BadServer { _ in .answer(body: photo) }
            let list = [WantedPhoto(server.url("/1.png"))]
            _ = try await collection.collect(list)
            _ = try Forgetting(photos: collection.photos, faces: collection.folder.url.appendingPathComponent("faces")).forget(
                .label("ann"))
            #expect(try await collection.collect(list).photos.forgotten == 1)
            #expect(server.targets.count == 1)
            #expect(try collection.stored().isEmpty)
            #expect(try await collection.collect(list, readmits: true).photos.stored == 1)
            try await server.stop()
        }

        @Test func filesAreTakenAndNothingElse() async throws {
            try collection.folder.write(try Collection.photo(1), to: "a b/é.png")
            let file = collection.folder.url.appendingPathComponent("a b/é.png")
            let summary = try await collection.collect([
                WantedPhoto(file.absoluteString), WantedPhoto("file:///nowhere/1.png"), WantedPhoto("ftp://example.org/1.png"),
                WantedPhoto("1.png"), WantedPhoto("data:image/png;base64,AAAA"),
            ])
            #expect(summary.photos.stored == 1 && summary.photos.refused == 4)
            #expect(summary.faults == ["file": 1, "no address": 3])
            #expect(try collection.stored() == ["ann/é.png"])
        }
    }
#endif
