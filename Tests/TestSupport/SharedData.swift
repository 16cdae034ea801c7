import Foundation

/// The real photos and the reference results that lie beside a full checkout, where they exist.
package enum SharedData {
    /// The project's root, from this file's own place in it.
    package static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    package static let folder = root.deletingLastPathComponent().appendingPathComponent("shared")
    package static let photos = folder.appendingPathComponent("photos")
    package static let goldens = folder.appendingPathComponent("goldens")

    package static let isPresent = FileManager.default.fileExists(atPath: goldens.path)
    package static let absence = "the shared photos and goldens are not beside this checkout"

    /// Every photo's path relative to `photos`, in byte order.
    package static func photoPaths() throws -> [String] {
        var paths: [String] = []
        for label in try FileManager.default.contentsOfDirectory(atPath: photos.path) {
            for name in try FileManager.default.contentsOfDirectory(atPath: photos.appendingPathComponent(label).path) {
                paths.append("\(label)/\(name)")
            }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether this is an optimised build: the numeric code of debug builds is 50 to 100 times slower.
    package static var isOptimised: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    /// All of `items` in an optimised build, every 20th in a debug build.
    package static func sampled<T>(_ items: [T]) -> [T] {
        isOptimised ? items : items.enumerated().filter { $0.offset % 20 == 0 }.map(\.element)
    }

    package static func bytes(of photo: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: photos.appendingPathComponent(photo)))
    }
}
