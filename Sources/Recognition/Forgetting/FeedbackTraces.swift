import Foundation
import Imaging
import Support
import SystemPackage

/// What visitors sent of whom a run is to forget, in the folder that `serve --feedback` fills.
///
/// A face goes where a line says that it is theirs, and where it is one of the crops that go, by the file's bytes or its pixels. Where another face
/// was only taken for them, it stays, and its line says from then on that it was taken for a stranger.
///
/// Nothing can be added to the folder meanwhile.
struct FeedbackTraces {
    private let folder: FilePath
    private let lock: LockFile
    private let label: RelativePath?
    private let lines: [FeedbackLine]
    /// Digests of the faces to erase.
    private let faces: Set<String>

    /// - Parameter traces: the crops that go.
    /// - Throws: as `FeedbackLine.all`; `RecognitionError` where a picture cannot be read.
    init(of subject: Forgetting.Subject, in folder: URL, traces: Traces) throws {
        self.folder = FilePath(folder.path)
        label = subject.label
        guard isFolder(self.folder) else { throw RecognitionError.missing(path: folder.path, what: "folder") }
        lock = try FeedbackLine.lock(self.folder)
        let lines = try FeedbackLine.all(in: self.folder)
        var faces = Set(lines.filter { Self.isSame($0.right, subject.label) }.compactMap(\.sha256))
        for name in try FolderListing.visibleNames(in: self.folder) {
            guard let sha256 = FeedbackLine.sha256(ofFile: name.string), !faces.contains(sha256) else { continue }
            let picture = try Traces.Picture(at: self.folder.appending(name))
            let isTheirs = picture.map { !$0.isFlat && traces.hashes.contains($0.hash) } ?? false
            if isTheirs || traces.digests.contains(sha256) { faces.insert(sha256) }
        }
        self.lines = lines
        self.faces = faces
    }

    private static func isSame(_ name: String?, _ label: RelativePath?) -> Bool {
        label != nil && name.map { RelativePath($0) } == label
    }

    /// Whether there is nothing to erase.
    var isEmpty: Bool { faces.isEmpty && !lines.contains { Self.isSame($0.shown, label) } }

    /// Erases the pictures, then their lines; done again after a kill, it finishes.
    /// - Returns: how many faces and lines went.
    /// - Throws: `RecognitionError.inputOutput`.
    func erase() throws -> (faces: Int, lines: Int) {
        guard !isEmpty else { return (0, 0) }
        for sha256 in faces { try AtomicFile.remove(folder.appending("\(sha256).png")) }
        var kept = lines.filter { line in line.sha256.map { !faces.contains($0) } ?? true }
        for index in kept.indices where Self.isSame(kept[index].shown, label) { kept[index].shown = nil }
        try AtomicFile.write(try kept.flatMap { [UInt8](try JSON.line($0)) }, to: FeedbackLine.file(in: folder))
        return (faces.count, lines.count - kept.count)
    }
}
