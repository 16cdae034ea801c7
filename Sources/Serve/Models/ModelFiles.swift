import Foundation
import Recognition

/// The model files that a server answers with, each under its file's name without `.safetensors`: files, and all in folders.
public struct ModelFiles: Sendable {
    /// The end of a model file's name.
    static let suffix = ".safetensors"

    /// What tells a file's content from its earlier one without reading it.
    struct Stamp: Equatable, Sendable {
        var bytes: Int
        var modified: Date
        var file: Int
    }

    /// A model file as it is found.
    struct Entry: Sendable {
        var name: String
        var url: URL
        /// nil where there is no such file.
        var stamp: Stamp?
        /// Whether it was named itself, and not found in a folder.
        var isNamed: Bool
    }

    private let paths: [URL]
    let load: @Sendable (URL) throws -> any FaceNaming

    /// - Parameters:
    ///   - paths: files, or folders whose `.safetensors` files are meant; the first file is the default model.
    ///   - load: makes of a file what names faces; its self-test is done later.
    public init(_ paths: [URL], load: @escaping @Sendable (URL) throws -> any FaceNaming) {
        self.paths = paths
        self.load = load
    }

    /// The paths that were given.
    var description: String { paths.map(\.path).joined(separator: ", ") }

    /// The files as they are now, those of a folder in the order of their names' bytes; of files with one name the first.
    /// - Throws: Foundation's error for a folder that cannot be listed.
    func entries() throws -> [Entry] {
        var found: [Entry] = []
        for path in paths {
            if (try? path.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true {
                let files = try FileManager.default.contentsOfDirectory(at: path, includingPropertiesForKeys: nil)
                    .filter { $0.lastPathComponent.hasSuffix(Self.suffix) && !$0.lastPathComponent.hasPrefix(".") }
                    .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
                found += files.map { Self.entry($0, isNamed: false) }
            } else {
                found.append(Self.entry(path, isNamed: true))
            }
        }
        var names: Set<[UInt8]> = []
        return found.filter { names.insert(Array($0.name.utf8)).inserted }
    }

    private static func entry(_ url: URL, isNamed: Bool) -> Entry {
        let file = url.lastPathComponent
        let name = file.hasSuffix(suffix) ? String(file.dropLast(suffix.count)) : file
        let values = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
        let stamp = values.map { values in
            Stamp(
                bytes: (values[.size] as? Int) ?? 0, modified: (values[.modificationDate] as? Date) ?? .distantPast,
                file: (values[.systemFileNumber] as? Int) ?? 0)
        }
        return Entry(name: name, url: url, stamp: stamp, isNamed: isNamed)
    }
}
