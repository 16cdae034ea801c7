import Foundation
import Imaging
import Support
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Takes photos from folders of this machine into `photos/<label>/`, and writes down where each came from.
///
/// What a photo is, its bytes say. Names become such that every file system takes them. The same bytes twice under one label are a hard link; the
/// same bytes or nearly the same picture elsewhere are stored and noted. Each photo's line is on the disk when its file is: a run that was
/// killed goes on from there, and a rerun takes only what is new.
public struct Collector: Sendable {
    /// What became of a run.
    public struct Summary: Sendable, Codable {
        /// Photos with a file of their own.
        public var stored = 0
        /// Photos whose bytes their label had already.
        public var linked = 0
        /// Photos that show the same picture as another, or nearly.
        public var near = 0
        /// Files that are no photo that can be taken.
        public var refused = 0
        /// Files that were collected before.
        public var known = 0
        /// Files of labels that were forgotten.
        public var forgotten = 0

        /// Nothing yet.
        public init() {}
    }

    /// The folder of photos.
    public let photos: URL
    /// Whether files are hard-linked where the file system can, instead of copied.
    public let links: Bool
    /// Whether labels that were forgotten are taken in again.
    public let readmits: Bool
    /// Of each photo's pixels.
    public let limits: ImageLimits

    /// A collector; the defaults are those of `lineup collect`.
    public init(into photos: URL, links: Bool = false, readmits: Bool = false, limits: ImageLimits = .standard) {
        self.photos = photos
        self.links = links
        self.readmits = readmits
        self.limits = limits
    }

    /// Takes every file of `source`: of `source/<label>/` under its label, or, with `label`, those of `source` itself.
    /// - Parameters:
    ///   - source: the folder to take from; it is only read.
    ///   - label: whose photos all of them are; nil where `source` has a folder a label.
    ///   - cancellation: ends the run after the file under way.
    ///   - isReady: asked for each file; one that is not ready is passed over for now.
    ///   - progress: called after each file.
    /// - Throws: `RecognitionError` where `source` is no folder, lies inside the photos or around them, the photos cannot be written, or on
    ///   cancellation.
    public func collect(
        _ source: URL, label: RelativePath? = nil, cancellation: Cancellation = Cancellation(),
        isReady: (FilePath) -> Bool = { _ in true },
        progress: (_ done: Int, _ total: Int, _ item: CollectedItem?) throws -> Void = { _, _, _ in }
    ) throws -> Summary {
        let (inside, outside) = (Self.place(source), Self.place(photos))
        guard !inside.starts(with: outside), !outside.starts(with: inside) else {
            throw RecognitionError.outputInsideInput(output: photos.path, input: source.path)
        }
        let files = try Self.files(of: FilePath(source.path), label: label)
        try AtomicFile.requireWritable(photos.appendingPathComponent(".collected.jsonl"))
        var shelf = try PhotoShelf(photos: photos)
        var summary = Summary()
        for (place, file) in files.enumerated() {
            try cancellation.check()
            var item: CollectedItem?
            if !isReady(file.path) {
                continue
            } else if shelf.log.hasForgotten(file.label) && !readmits {
                summary.forgotten += 1
            } else {
                if readmits { try shelf.log.readmit(file.label) }
                item = try take(file, into: &shelf)
                if let item { summary.count(item) } else { summary.known += 1 }
            }
            try progress(place + 1, files.count, item)
        }
        return summary
    }

    private static func place(_ url: URL) -> [String] { url.standardizedFileURL.resolvingSymlinksInPath().pathComponents }

    /// One file to collect.
    private struct Source {
        var path: FilePath
        var name: [UInt8]
        var label: RelativePath
    }

    /// What browsers call a file until they have all of it.
    private static let unfinishedEndings = [".crdownload", ".part", ".partial", ".download", ".tmp"]

    /// Plain files only: links and folders inside labels are nobody's photos.
    private static func files(of folder: FilePath, label: RelativePath?) throws -> [Source] {
        func plain(in folder: FilePath, label: RelativePath) throws -> [Source] {
            try FolderListing.visibleNames(in: folder).compactMap { name in
                let path = folder.appending(name)
                guard (try? path.stat(followTargetSymlink: false).type) == .regular else { return nil }
                if unfinishedEndings.contains(where: { name.string.lowercased().hasSuffix($0) }) { return nil }
                return Source(path: path, name: name.bytes, label: label)
            }
        }
        if let label { return try plain(in: folder, label: label) }
        return try FolderListing.visibleNames(in: folder).flatMap { name -> [Source] in
            let inner = folder.appending(name)
            guard (try? inner.stat(followTargetSymlink: false).type) == .directory else { return [] }
            return try plain(in: inner, label: RelativePath(bytes: name.bytes))
        }
    }

    /// - Returns: the line that was written; nil for a file that was collected before.
    private func take(_ source: Source, into shelf: inout PhotoShelf) throws -> CollectedItem? {
        let origin = RelativePath(
            bytes: source.path.withPlatformString { Array(UnsafeBufferPointer(start: $0, count: strlen($0))) }.map(UInt8.init(bitPattern:)))
        var item = CollectedItem(source: origin, label: source.label, status: .refused, at: Date().ISO8601Format())
        let bytes: [UInt8]
        let decoded: DecodedImage
        do {
            bytes = try FileBytes.readPhoto(source.path)
            item.sha256 = FileBytes.sha256(bytes)
            item.bytes = bytes.count
            if shelf.hasTaken(item) { return nil }
            decoded = try ImageFile.decodeWithHeader(bytes, limits: limits)
        } catch let error where error is ImagingError || error is RecognitionError {
            item.error = "\(error)"
            if shelf.hasTaken(item) { return nil }
            try shelf.log.append(item)
            return item
        }
        let hash = DifferenceHash(of: decoded.image)
        item.hash = hash
        let twin = shelf.twin(of: item)
        item.duplicateOf = twin
        if twin == nil { item.nearDuplicateOf = shelf.nearest(to: hash) }
        let name = SafeName.name(for: source.name, ending: decoded.format.fileEnding)
        item.status = twin?.parts[0] == source.label ? .linked : .stored
        if twin == nil, let left = shelf.leftBehind(label: source.label, name: name, sha256: item.sha256) {
            item.file = left
        } else {
            let file = shelf.freePath(label: source.label, name: name)
            item.file = file
            try store(bytes, at: file, orLink: item.status == .linked ? twin?.path(in: FilePath(photos.path)) : links ? source.path : nil)
        }
        try shelf.add(item)
        return item
    }

    /// Writes the bytes, or links to a file that has them.
    private func store(_ bytes: [UInt8], at file: RelativePath, orLink origin: FilePath?) throws {
        let place = file.path(in: FilePath(photos.path))
        if let origin, try AtomicFile.link(origin, to: place) { return }
        try AtomicFile.write(bytes, to: place)
    }
}

extension Collector.Summary {
    /// Adds the numbers of another run.
    public mutating func add(_ other: Collector.Summary) {
        stored += other.stored
        linked += other.linked
        near += other.near
        refused += other.refused
    }

    mutating func count(_ item: CollectedItem) {
        switch item.status {
        case .stored: stored += 1
        case .linked: linked += 1
        case .refused: refused += 1
        }
        if item.nearDuplicateOf != nil { near += 1 }
    }
}

extension ImageFormat {
    /// The ending of a file's name.
    var fileEnding: String { rawValue == "jpeg" ? "jpg" : rawValue }
}
