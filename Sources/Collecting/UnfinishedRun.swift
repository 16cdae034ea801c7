import Foundation
import Recognition
import Support
import SystemPackage

/// Where in the trail a run began, in a file of its own beside the photos: what was fetched since then is not asked for again when the run was
/// killed and is started again.
struct UnfinishedRun {
    /// How many lines the trail had.
    let lines: Int
    private let path: URL

    private struct Content: Codable {
        var lines: Int
    }

    /// Goes on with the run of the same source that did not end, or begins one.
    /// - Throws: `RecognitionError.inputOutput`.
    init(of source: String, photos: URL, lines count: Int) throws {
        path = photos.appendingPathComponent(".collecting-\(FileBytes.sha256(Array(source.utf8)).prefix(16)).json")
        let old: [UInt8]?
        do {
            old = try FileBytes.read(path)
        } catch RecognitionError.missing {
            old = nil
        }
        // A file that was damaged costs questions asked again, nothing else.
        if let old, let content = try? JSONDecoder().decode(Content.self, from: Data(old)) {
            lines = content.lines
        } else {
            lines = count
            try AtomicFile.write(Array(JSON.encode(Content(lines: count))), to: path)
        }
    }

    /// The run has come to its end.
    func finish() throws { try AtomicFile.remove(path) }
}
