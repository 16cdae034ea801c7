import Collecting
import Foundation
import Recognition
import TestSupport
import Testing

@Suite struct PhotoListTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func list(_ text: String, _ name: String = "list.csv") throws -> PhotoList {
        try folder.write(Array(text.utf8), to: name)
        return try PhotoList(folder.url.appendingPathComponent(name))
    }

    #if Download
        @Test func columnsGoByTheirUsualNames() throws {
            let list = try list(
                """
                \u{FEFF}Name,Image URL,License,Source page,Author,year\r
                "Ann, the first",https://a.org/1.jpg,CC0,https://a.org/,"Cleo ""C"" D",2024\r
                bob,https://a.org/2.jpg,,,,\r
                ,https://a.org/3.jpg\r
                """)
            #expect(list.photos.map(\.label) == ["Ann, the first", "bob"])
            let first = list.photos[0]
            #expect(
                first.licence == "CC0" && first.author == "Cleo \"C\" D" && first.sourcePage == "https://a.org/"
                    && first.columns == ["year": "2024"])
            #expect(list.photos[1].licence == nil && list.photos[1].columns.isEmpty)
            #expect(list.faults.map(\.line) == [4] && list.faults[0].reason == "has no label and url")
        }

        @Test func aHeaderMayBeMissingAndOtherSeparatorsStandBetween() throws {
            let plain = try list("ann,https://a.org/1.jpg,CC0,https://a.org/,Cleo\n")
            #expect(plain.photos.first?.author == "Cleo" && plain.photos.first?.licence == "CC0")
            #expect(try list("label\turl\nann\thttps://a.org/1,2.jpg\n", "list.tsv").photos.first?.url == "https://a.org/1,2.jpg")
            #expect(try list("label;url\nann;https://a.org/1.jpg\n").photos.count == 1)
        }

        @Test(arguments: ["", "a,b\n1,2\n", "label,url\n\"a\"b,c\n", "label\nann\n"])
        func whatIsNoListSaysSo(text: String) { #expect(throws: CollectingError.self) { try list(text) } }
    #endif

    @Test func linesOfJSONAreAListToo() throws {
        let list = try list(
            """
            {"label":"ann","url":"https://a.org/1.jpg","score":0.5,"tags":["a"],"nothing":null}

            {"label":"../bob","url":"https://a.org/2.jpg"}
            {"label":"ann"}
            no JSON
            """, "list.jsonl")
        #expect(list.photos.map(\.label) == ["ann", "_bob"], "no label leads out of the folder")
        #expect(list.photos[0].columns == ["score": "0.5", "tags": "[\"a\"]"])
        #expect(list.faults.map(\.line) == [4, 5])
    }

    @Test func anotherCollectionsTrailIsAList() throws {
        let list = try list(
            """
            {"forgotten":"0f"}
            {"at":"2026-01-01T00:00:00Z","label":"ann","source":"https://a.org/1.jpg","status":"stored","file":"ann/1.jpg","sha256":"0f","licence":"CC0","columns":{"year":"2024"}}
            {"at":"2026-01-01T00:00:00Z","label":"ann","source":"https://a.org/2.jpg","status":"refused","error":"gone"}
            """, ".collected.jsonl")
        var photo = WantedPhoto(label: "ann", url: "https://a.org/1.jpg")
        photo.licence = "CC0"
        photo.columns = ["year": "2024"]
        #expect(list.photos == [photo] && list.faults.isEmpty)
    }

    @Test func whatAnotherCollectionTookFromAFolderLiesBesideItsTrail() throws {
        let list = try list(
            """
            {"at":"2026-01-01T00:00:00Z","label":"ann","source":"/gone/photos.zip/ann/1.jpg","status":"stored","file":"ann/1.jpg"}
            {"at":"2026-01-01T00:00:00Z","label":"ann","source":"file:///gone/2.jpg","status":"linked","file":"ann/2.jpg"}
            {"at":"2026-01-01T00:00:00Z","label":"ann","source":"/gone/3.jpg","status":"stored","file":"../3.jpg"}
            """, "photos/.collected.jsonl")
        let photos = folder.url.appendingPathComponent("photos/ann").standardizedFileURL
        let beside = ["1.jpg", "2.jpg"].map { photos.appendingPathComponent($0).absoluteString }
        #expect(list.photos.map(\.url) == beside + ["/gone/3.jpg"], "no path leads out of the other collection")
    }

    @Test func aManifestOfCleanLeadsToItsPhotos() throws {
        let list = try list("{\"path\":\"ann/1.jpg\",\"sha256\":\"0f\",\"source\":\"../photos/ann/1.jpg\"}\n", "faces/manifest.jsonl")
        #expect(list.photos.first?.label == "ann")
        #expect(list.photos.first?.url == folder.url.appendingPathComponent("photos/ann/1.jpg").standardizedFileURL.absoluteString)
    }

    @Test func archivesAreUnpackedByTheSystem() throws {
        try folder.write(Array("x".utf8), to: "in/top/ann/1.png")
        let tar = folder.url.appendingPathComponent("photos.tar.gz")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tar", "-czf", tar.path, "-C", folder.url.appendingPathComponent("in").path, "top"]
        try process.run()
        process.waitUntilExit()
        var archive: PhotoArchiveFile? = try PhotoArchiveFile(tar)
        let inner = try #require(archive?.folder)
        #expect(inner.lastPathComponent == "top" && FileManager.default.fileExists(atPath: inner.appendingPathComponent("ann/1.png").path))
        archive = nil
        #expect(!FileManager.default.fileExists(atPath: inner.path))
        try folder.write(Array("no archive".utf8), to: "bad.tar")
        let error = #expect(throws: CollectingError.self) { try PhotoArchiveFile(folder.url.appendingPathComponent("bad.tar")) }
        #expect(error.map { "\($0)".hasSuffix("); is the file whole?") } == true)
        #expect(PhotoArchiveFile.isArchive(URL(fileURLWithPath: "/a/B.ZIP")) && !PhotoArchiveFile.isArchive(URL(fileURLWithPath: "/a/zip")))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip"), "unzip is not installed"))
    func aCutArchiveIsRefusedInTheToolsWords() throws {
        try folder.write(Array("PK\u{3}\u{4}cut short".utf8), to: "cut.zip")
        let error = #expect(throws: CollectingError.self) { try PhotoArchiveFile(folder.url.appendingPathComponent("cut.zip")) }
        #expect(
            error.map { "\($0)".hasSuffix(": unzip cannot unpack it (End-of-central-directory signature not found); is the file whole?") }
                == true)
    }
}
