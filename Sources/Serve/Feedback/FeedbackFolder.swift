import Foundation
import Imaging
import NIOConcurrencyHelpers
import Recognition
import Support
import SystemPackage

/// Where visitors' corrections are kept: `<sha256>.png`, a face as it was cut out of its photo, and a line in `feedback.jsonl` that says what
/// it was taken for and who it is.
///
///     {"at":"2026-05-01T12:00:00Z","crop":"<sha256>.png","model":"5c1f0a3be2d94716","right":"ada","shown":"bruno"}
///
/// `right` is null for somebody the model does not know, `shown` where it said so. The picture is on the disk before its line is.
public final class FeedbackFolder: Sendable {
    /// Longer sides of a crop are reduced to this many pixels.
    package static let longestSide = 1024

    private let folder: FilePath
    /// The most lines that are kept.
    let maximum: Int
    private let count: NIOLockedValueBox<Int>

    /// - Parameters:
    ///   - folder: made where it is missing; lines of earlier runs count.
    ///   - maximum: the most lines that are kept.
    /// - Throws: `RecognitionError.inputOutput` where nothing can be written there.
    public init(_ folder: URL, maximum: Int) throws {
        self.folder = FilePath(folder.path)
        self.maximum = maximum
        let file = FeedbackLine.file(in: self.folder)
        try AtomicFile.requireWritable(URL(fileURLWithPath: file.string))
        count = NIOLockedValueBox(try FeedbackLine.count(in: self.folder))
    }

    /// Keeps a face and what is said of it.
    /// - Returns: the name of the crop's file.
    /// - Throws: `RequestError.feedbackFull`; `RecognitionError.inputOutput`.
    func keep(_ face: Image, shown: String?, right: String?, model: String, at date: Date = Date()) throws -> String {
        let longest = max(face.width, face.height)
        var crop = face
        if longest > Self.longestSide {
            let scale = { max(1, $0 * Self.longestSide / longest) }
            crop = face.resizedArea(to: Size(width: scale(face.width), height: scale(face.height)))
        }
        let png = try ImageFile.encodePNG(crop)
        let name = FileBytes.sha256(png) + ".png"
        let line = FeedbackLine(at: date.formatted(.iso8601), crop: name, model: model, right: right, shown: shown)
        let lock = try FeedbackLine.lock(folder)
        defer { withExtendedLifetime(lock) {} }
        try count.withLockedValue { count in
            // Some may have been forgotten.
            if count >= maximum { count = try FeedbackLine.count(in: folder) }
            guard count < maximum else { throw RequestError.feedbackFull(limit: maximum) }
            try AtomicFile.write(png, to: folder.appending(name))
            try line.append(to: folder)
            count += 1
        }
        return name
    }
}
