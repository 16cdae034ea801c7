import Foundation
import Imaging
import Recognition

/// A photo the page offers to visitors who have none at hand.
public struct SamplePhoto: Sendable, Equatable {
    /// Shown under the picture and used as the file's name.
    public var name: String
    /// Who it truly is, where that is known; the page shows it beside the answer.
    public var label: String?
    /// The photo's file.
    public var bytes: [UInt8]
    /// For example "image/png".
    public var contentType: String

    /// A sample from a photo's bytes, which are served as they are.
    public init(name: String, label: String? = nil, bytes: [UInt8], contentType: String) {
        self.name = name
        self.label = label
        self.bytes = bytes
        self.contentType = contentType
    }

    /// The photos of a folder, `<label>/<name>` or `<name>` alone, in byte order; files of other kinds are passed over.
    /// - Throws: Foundation's error when the folder cannot be listed; `RecognitionError` when a photo in it cannot be read,
    ///   `ImagingError.tooManyBytes` when one is too long.
    public static func photos(in folder: URL, atMost limit: Int = 24) throws -> [SamplePhoto] {
        var samples: [SamplePhoto] = []
        for entry in try sortedContents(of: folder) where samples.count < limit {
            if entry.hasDirectoryPath {
                for photo in try sortedContents(of: entry) where samples.count < limit {
                    try samples.append(contentsOf: sample(at: photo, label: entry.lastPathComponent))
                }
            } else {
                try samples.append(contentsOf: sample(at: entry, label: nil))
            }
        }
        return samples
    }

    private static func sortedContents(of folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isDirectoryKey])
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func sample(at file: URL, label: String?) throws -> [SamplePhoto] {
        guard let contentType = contentTypes[file.pathExtension.lowercased()] else { return [] }
        let bytes: [UInt8]
        // What only has a photo's name is no photo.
        do { bytes = try FileBytes.readPhoto(file) } catch ImagingError.unknownFormat { return [] }
        return [SamplePhoto(name: file.lastPathComponent, label: label, bytes: bytes, contentType: contentType)]
    }

    private static let contentTypes = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "jfif": "image/jpeg", "webp": "image/webp",
    ]
}
