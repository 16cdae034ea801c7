import Foundation
import Recognition
import TestSupport
import Testing

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
}
