import Foundation
import Imaging
import Recognition
import Support
import TestSupport
import Testing

@Suite struct CleanerTests {
    private let cleaner = Cleaner(recipe: .classic, threads: 2)

    private func png(_ width: Int, _ height: Int) throws -> [UInt8] {
        try ImageFile.encodePNG(
            Image(width: width, height: height, pixels: (0..<3 * width * height).map { UInt8(truncatingIfNeeded: $0 * 7) }))
    }

    @Test func everyPhotoGetsALineWithItsReason() throws {
        let folder = try TemporaryFolder()
        let faceless = try png(64, 48)
        try folder.write(faceless, to: "photos/ann/no-face.jpg")
        try folder.write(try png(10, 10), to: "photos/ann/tiny.png")
        try folder.write(Array("hello, this is text".utf8), to: "photos/bob/notes.png")
        try folder.write(Array(faceless.prefix(faceless.count / 2)), to: "photos/bob/cut.png")
        try folder.write([], to: "photos/bob/empty.jpg")
        try folder.write([1], to: "photos/stray.jpg")
        let faces = folder.url.appendingPathComponent("faces")
        let summary = try cleaner.clean(folder.url.appendingPathComponent("photos"), into: faces)
        #expect(summary.photos == 5)
        #expect(summary.kept == 0)
        #expect(summary.strays == ["stray.jpg"])
        let records = try Manifest(folder: faces).ordered
        #expect(records.map(\.path) == ["ann/no-face.jpg", "ann/tiny.png", "bob/cut.png", "bob/empty.jpg", "bob/notes.png"])
        #expect(records.map(\.reason) == [.noFace, .tooSmall, .damaged, .notAnImage, .notAnImage])
        #expect(records.allSatisfy { $0.detail != nil && !$0.kept })
        #expect(records[0].format == "png", "the format comes from the bytes, not from the name")
        #expect(records[0].source == "../photos/ann/no-face.jpg")
        #expect(try folder.files().filter { $0.hasPrefix("faces/") } == ["faces/manifest.jsonl"])
    }

    @Test func aRerunDoesOnlyWhatIsMissingOrChanged() throws {
        let folder = try TemporaryFolder()
        let photos = folder.url.appendingPathComponent("photos")
        let faces = folder.url.appendingPathComponent("faces")
        try folder.write(try png(40, 40), to: "photos/a/1.png")
        try folder.write(try png(50, 40), to: "photos/a/2.png")
        #expect(try cleaner.clean(photos, into: faces).reused == 0)
        let first = try FileBytes.read(Manifest.url(in: faces))
        #expect(try cleaner.clean(photos, into: faces).reused == 2)
        #expect(try FileBytes.read(Manifest.url(in: faces)) == first)
        try folder.write(try png(60, 40), to: "photos/a/2.png")
        try folder.write(try png(70, 40), to: "photos/a/3.png")
        #expect(try cleaner.clean(photos, into: faces).reused == 1)
        #expect(try Manifest(folder: faces).ordered.map(\.width) == [40, 60, 70])
    }

    @Test func aStoppedRunGoesOnWhereItStopped() throws {
        let folder = try TemporaryFolder()
        let photos = folder.url.appendingPathComponent("photos")
        let faces = folder.url.appendingPathComponent("faces")
        for number in 0..<6 { try folder.write(try png(40 + number, 40), to: "photos/a/\(number).png") }
        let cancellation = Cancellation()
        #expect(throws: RecognitionError.cancelled) {
            try Cleaner(recipe: .classic, threads: 1).clean(photos, into: faces, cancellation: cancellation) { step in
                if step.done == 2 { cancellation.request() }
            }
        }
        #expect(!FileManager.default.fileExists(atPath: Manifest.url(in: faces).path), "no half manifest under the final name")
        // A kill in the middle of a line leaves a torn one.
        let journal = faces.appendingPathComponent(".manifest.journal")
        try AtomicFile.write(try FileBytes.read(journal) + Array("{\"path\":\"a/2.p".utf8), to: journal)
        #expect(try cleaner.clean(photos, into: faces).reused == 2)
        #expect(try Manifest(folder: faces).ordered.count == 6)
        #expect(!FileManager.default.fileExists(atPath: journal.path))
    }

    @Test func aDamagedManifestIsNamedWithItsLine() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("{}\n".utf8), to: "faces/manifest.jsonl")
        let error = #expect(throws: RecognitionError.self) { try Manifest(folder: folder.url.appendingPathComponent("faces")) }
        guard case .damagedManifest(_, 1, _)? = error else {
            Issue.record("not a damaged manifest: \(String(describing: error))")
            return
        }
    }

    /// Lines as a person or another program might leave them: each is named, none is trusted.
    @Test(arguments: [
        (#""kept":false"#, #""kept":true"#, "kept is true with 0 crops"), (#""reason":"no_face""#, #""reason":null"#, "the reason null"),
        (#""width":64"#, #""width":-64"#, "width is -64"), (#""orientation":1"#, #""orientation":9"#, "orientation is 9"),
        (#""path":"a/1.png""#, #""path":"../1.png""#, "path is ../1.png"), (#""path":"a/1.png""#, #""path":"/etc/passwd""#, "path is /etc"),
        (#""bytes":"#, #""bytes":-"#, "bytes is -"),
        (
            #""faces":[]"#, #""faces":[{"box":{"x":9223372036854775807,"y":0,"width":9223372036854775807,"height":1},"eyes":[]}]"#,
            "lies outside"
        ),
        (#""faces":[]"#, #""faces":[{"box":{"x":40,"y":0,"width":25,"height":20},"eyes":[]}]"#, "lies outside"),
        (#""faces":[]"#, #""faces":[{"box":{"x":1,"y":1,"width":0,"height":20},"eyes":[]}]"#, "lies outside"),
        (#""crops":[]"#, #""crops":[{"file":"a/x.png"}]"#, "not a photo's record"),
    ])
    func aLineThatContradictsItselfIsNamed(found: String, changed: String, reason: String) throws {
        let folder = try TemporaryFolder()
        let photos = folder.url.appendingPathComponent("photos")
        let faces = folder.url.appendingPathComponent("faces")
        try folder.write(try png(64, 48), to: "photos/a/1.png")
        _ = try cleaner.clean(photos, into: faces)
        let text = String(decoding: try FileBytes.read(Manifest.url(in: faces)), as: UTF8.self)
        let damaged = text.replacingOccurrences(of: found, with: changed)
        try #require(damaged != text)
        try AtomicFile.write(Array(damaged.utf8), to: Manifest.url(in: faces))
        let error = #expect(throws: RecognitionError.self) { try cleaner.clean(photos, into: faces) }
        #expect("\(try #require(error))".contains(reason))
        // In the journal of an unfinished run the line is dropped and the photo done again.
        try AtomicFile.remove(Manifest.url(in: faces))
        try AtomicFile.write(Array(damaged.utf8), to: faces.appendingPathComponent(".manifest.journal"))
        #expect(try cleaner.clean(photos, into: faces).reused == 0)
    }

    @Test func photosWhoseNamesLookTheSameAreTwo() throws {
        let folder = try TemporaryFolder()
        let names: [[UInt8]] = [[0xC3, 0xA9], [0x65, 0xCC, 0x81], [0x49, 0xE9], [0x49, 0xE8]]
        let faces = folder.url.appendingPathComponent("faces")
        let inner = try TemporaryFolder()
        for (index, name) in names.enumerated() {
            try BytePath.write(try png(40 + index, 40), to: [0x61, 0x2F] + name, in: inner.url)
        }
        #expect(try cleaner.clean(inner.url, into: faces).photos == 4)
        let records = try Manifest(folder: faces).ordered
        let paths: [[UInt8]] = names.map { [0x61, 0x2F] + $0 }
        #expect(Set(records.map(\.path.bytes)) == Set(paths))
        #expect(Set(records.compactMap(\.width)) == [40, 41, 42, 43])
        #expect(try cleaner.clean(inner.url, into: faces).reused == 4)
    }

    @Test func labelsWithoutACropAreToldApart() throws {
        let folder = try TemporaryFolder()
        try folder.write(try png(40, 40), to: "photos/ann/1.png")
        let summary = try cleaner.clean(folder.url.appendingPathComponent("photos"), into: folder.url.appendingPathComponent("faces"))
        #expect(summary.labelsWithoutCrops == ["ann"])
    }

    @Test func cropsInsideThePhotosAreRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write(try png(40, 40), to: "photos/a/1.png")
        let photos = folder.url.appendingPathComponent("photos")
        for output in [photos, photos.appendingPathComponent("faces")] {
            #expect(throws: RecognitionError.outputInsideInput(output: output.path, input: photos.path)) {
                try cleaner.clean(photos, into: output)
            }
        }
        #expect(throws: RecognitionError.missing(path: folder.url.appendingPathComponent("none").path, what: "folder")) {
            try cleaner.clean(folder.url.appendingPathComponent("none"), into: folder.url.appendingPathComponent("faces"))
        }
    }
}
