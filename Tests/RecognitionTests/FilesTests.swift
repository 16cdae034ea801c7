import Foundation
import Imaging
import Recognition
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct AtomicFileTests {
    @Test func aFileAppearsWholeWithItsFoldersAndNothingBeside() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("a/b/c.txt")
        try AtomicFile.write(Array("first".utf8), to: file)
        try AtomicFile.write(Array("second".utf8), to: file)
        #expect(try FileBytes.read(file) == Array("second".utf8))
        #expect(try folder.files() == ["a/b/c.txt"])
    }

    @Test func aFolderInTheWayIsAnErrorThatNamesThePath() throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "taken/inside")
        let error = #expect(throws: RecognitionError.self) {
            try AtomicFile.write([2], to: folder.url.appendingPathComponent("taken"))
        }
        guard case .inputOutput(let path, _)? = error else {
            Issue.record("not an input/output error: \(String(describing: error))")
            return
        }
        #expect(path.hasSuffix("taken"))
        #expect(try folder.files() == ["taken/inside"])
    }

    @Test func aMissingFileIsNamed() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("none")
        #expect(throws: RecognitionError.missing(path: file.path, what: "file")) { try FileBytes.read(file) }
    }

    @Test func whatIsNoPlainFileIsNamedInOneSentence() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.url.appendingPathComponent("pipe")
        #expect(mkfifo(pipe.path, 0o600) == 0)
        for (url, word) in [(folder.url, "is a folder"), (pipe, "no plain file")] {
            let error = #expect(throws: RecognitionError.self) { try FileBytes.read(url) }
            let text = "\(try #require(error))"
            #expect(text.contains(word) && text.contains(url.path) && !text.contains("NSCocoa"), "\(text)")
        }
    }

    @Test func ofAFileThatIsNoPhotoOnlyTheStartIsRead() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("film.mov")
        try folder.write(Array("\0\0\0\u{14}ftypqt  ".utf8), to: "film.mov")
        // A hole of 1 TiB: whoever reads it whole runs out of memory.
        try #require(truncate(file.path, 1 << 40) == 0)
        #expect(throws: ImagingError.unknownFormat(.video)) { try FileBytes.readPhoto(FilePath(file.path)) }
        try folder.write([0xFF, 0xD8, 0xFF] + Array(repeating: 0, count: 100), to: "long.jpg")
        let long = FilePath(folder.url.appendingPathComponent("long.jpg").path)
        #expect(throws: ImagingError.tooManyBytes(count: 103, limit: 102)) {
            try FileBytes.readPhoto(long, within: ImageLimits(maximumBytes: 102))
        }
        #expect(try FileBytes.readPhoto(long, within: ImageLimits(maximumBytes: 103)).count == 103)
    }

    @Test func whatDeadProcessesLeftIsRemovedAndWhatLivingOnesWriteIsNot() throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: ".lineup-1-2.part")
        try folder.write([1], to: "keep.part")
        // As a process holds the file it is writing.
        try folder.write([1], to: ".lineup-3-4.part")
        let held = open(folder.url.appendingPathComponent(".lineup-3-4.part").path, O_WRONLY)
        try #require(held >= 0 && flock(held, LOCK_EX) == 0)
        defer { close(held) }
        try AtomicFile.requireWritable(folder.url.appendingPathComponent("new/model"))
        #expect(try folder.files().count == 3, "another folder is none of its business")
        try AtomicFile.requireWritable(folder.url.appendingPathComponent("model"))
        #expect(try folder.files() == [".lineup-3-4.part", "keep.part"])
    }

    @Test func whereNothingCanBeWrittenIsSaidBefore() throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "file")
        for path in ["", "file/model"] {
            #expect(throws: RecognitionError.self) { try AtomicFile.requireWritable(folder.url.appendingPathComponent(path)) }
        }
    }

    @Test func theDigestIsSHA256() {
        #expect(FileBytes.sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}

@Suite struct PhotoSetTests {
    @Test func labelsAndNamesAreInByteOrderAndStraysAreTold() throws {
        let folder = try TemporaryFolder()
        for path in ["b/2.jpg", "b/10.jpg", "B/x", "ä/1", "b/.hidden", ".git/config", "readme.txt", "b/deeper/1.jpg"] {
            try folder.write([0], to: path)
        }
        let set = try PhotoSet(root: folder.url)
        #expect(set.labels == ["B", "b", "ä"])
        #expect(set.entries.map(\.path) == ["B/x", "b/10.jpg", "b/2.jpg", "ä/1"])
        #expect(set.strays == ["b/deeper", "readme.txt"])
    }

    @Test func aFileInPlaceOfTheFolderIsMissing() throws {
        let folder = try TemporaryFolder()
        try folder.write([0], to: "file")
        let path = folder.url.appendingPathComponent("file")
        #expect(throws: RecognitionError.missing(path: path.path, what: "folder")) { try PhotoSet(root: path) }
    }

    @Test func namesAreBytes() throws {
        let folder = try TemporaryFolder()
        // é in one and in two code points, and two names in Latin-1 that both read as one with a replacement character.
        let names: [[UInt8]] = [[0x65, 0xCC, 0x81], [0x49, 0xE8], [0x49, 0xE9], [0xC3, 0xA9]]
        for label in names {
            for name in names { try BytePath.write([1], to: label + [0x2F] + name, in: folder.url) }
        }
        let set = try PhotoSet(root: folder.url)
        let sorted = names.sorted { $0.lexicographicallyPrecedes($1) }
        var paths: [[UInt8]] = []
        for label in sorted { for name in sorted { paths.append(label + ([0x2F] as [UInt8]) + name) } }
        #expect(set.entries.map(\.path.bytes) == paths)
        #expect(Set(set.entries.map(\.path)).count == 16)
        #expect(Set(set.labels.map { Array($0.utf8) }).count == 4)
    }

    @Test func linksAreFollowedAndLoopsAreStrays() throws {
        let folder = try TemporaryFolder()
        try folder.write([0], to: "set/ann/1.jpg")
        try folder.write([0], to: "else/2.jpg")
        func link(_ path: String, to target: String) throws {
            try FileManager.default.createSymbolicLink(
                atPath: folder.url.appendingPathComponent(path).path, withDestinationPath: target)
        }
        try link("set/bob", to: "../else")
        try link("set/self", to: ".")
        try link("set/up", to: "..")
        try link("set/ann/loop", to: "loop")
        try link("set/ann/dangling.jpg", to: "nowhere")
        let set = try PhotoSet(root: folder.url.appendingPathComponent("set"))
        #expect(set.entries.map(\.path) == ["ann/1.jpg", "ann/dangling.jpg", "ann/loop", "bob/2.jpg"])
        #expect(set.strays == ["self", "up"])
    }

    @Test(.enabled(if: getuid() != 0, "root may list every folder"))
    func aFolderThatCannotBeListedIsToldAndPassedOver() throws {
        let folder = try TemporaryFolder()
        for path in ["ann/1.jpg", "lost+found/2.jpg"] { try folder.write([0], to: path) }
        let closed = folder.url.appendingPathComponent("lost+found").path
        try #require(chmod(closed, 0) == 0)
        defer { chmod(closed, 0o700) }
        let set = try PhotoSet(root: folder.url)
        #expect(set.entries.map(\.path) == ["ann/1.jpg"])
        #expect(set.unlisted.map(\.path) == ["lost+found"])
    }
}

@Suite struct RelativePathTests {
    @Test(arguments: [Array("ann/é.jpg".utf8), [0x61, 0x2F, 0xE9, 0x5C], [0x61, 0x2F, 0xC3], [0xFF], []])
    func pathsSurviveJSON(bytes: [UInt8]) throws {
        let path = RelativePath(bytes: bytes)
        #expect(try JSONDecoder().decode([RelativePath].self, from: try JSONEncoder().encode([path])) == [path])
    }

    @Test func whatIsUTF8IsAString() throws {
        #expect(String(decoding: try JSONEncoder().encode(["a b" as RelativePath]), as: UTF8.self) == #"["a b"]"#)
        #expect(RelativePath(bytes: [0x61, 0xE9, 0x5C]).text == #"a\xE9\\"#)
        #expect(("\u{E9}" as RelativePath) != "e\u{301}")
    }

    @Test(arguments: [#"{"bytes":"6"}"#, #"{"bytes":"zz"}"#, "{}", "3"])
    func otherThingsAreRefused(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(RelativePath.self, from: Data(json.utf8)) }
    }
}

@Suite struct StreamedFileTests {
    @Test func piecesBecomeOneFileAndAnErrorLeavesTheOldOne() throws {
        let folder = try TemporaryFolder()
        let path = FilePath(folder.url.appendingPathComponent("list").path)
        try AtomicFile.write(to: path) { append in
            for number in 0..<5 { try append(Array("\(number)\n".utf8)) }
        }
        #expect(try FileBytes.read(path) == Array("0\n1\n2\n3\n4\n".utf8))
        #expect(throws: RecognitionError.cancelled) {
            try AtomicFile.write(to: path) { append in
                try append([1, 2, 3])
                throw RecognitionError.cancelled
            }
        }
        #expect(try FileBytes.read(path) == Array("0\n1\n2\n3\n4\n".utf8))
        #expect(try folder.files() == ["list"])
    }

    @Test func aManifestOfManyPiecesIsReadAsItWasWritten() throws {
        let folder = try TemporaryFolder()
        // Longer than a mebibyte, with an empty line that counts and is passed over, and no line feed at its end.
        var lines = (0..<6000).map { number in
            """
            {"bytes":1,"crops":[],"detail":"\(String(repeating: "ä", count: number % 97))","faces":[],"finder":"f","kept":false,\
            "path":"a/\(number).jpg","reason":"no_face","source":"../a/\(number).jpg"}
            """
        }
        lines[10] += "\n"
        try folder.write(Array(lines.joined(separator: "\n").utf8), to: "manifest.jsonl")
        let manifest = try Manifest(folder: folder.url)
        #expect(manifest.records.count == 6000)
        let first = try #require(manifest.ordered.first { $0.path.text == "a/3000.jpg" })
        #expect(first.detail == String(repeating: "ä", count: 3000 % 97))
        lines[5000] = "{"
        try folder.write(Array(lines.joined(separator: "\n").utf8), to: "manifest.jsonl")
        let error = #expect(throws: RecognitionError.self) { try Manifest(folder: folder.url) }
        guard case .damagedManifest(_, let line, _)? = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(line == 5002)
    }
}
