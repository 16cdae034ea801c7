import Foundation
import Imaging
import Support
import SystemPackage

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

        /// Whether no photo came in, none was there before, and none was left out on purpose.
        public var isInVain: Bool { stored + linked + known + forgotten == 0 }
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
    ///   - origin: what the trail calls `source`; nil is its own path.
    ///   - label: whose photos all of them are; nil where `source` has a folder a label.
    ///   - cancellation: ends the run after the file under way.
    ///   - isReady: asked for each file; one that is not ready is passed over for now.
    ///   - progress: called after each file.
    /// - Throws: `RecognitionError` where `source` is no folder, lies inside the photos or around them, the photos cannot be written, or on
    ///   cancellation.
    public func collect(
        _ source: URL, as origin: URL? = nil, label: RelativePath? = nil, cancellation: Cancellation = Cancellation(),
        isReady: (FilePath) -> Bool = { _ in true },
        progress: (_ done: Int, _ total: Int, _ item: CollectedItem?) throws -> Void = { _, _, _ in }
    ) throws -> Summary {
        let (inside, outside) = (Self.place(source), Self.place(photos))
        guard !inside.starts(with: outside), !outside.starts(with: inside) else {
            throw RecognitionError.outputInsideInput(output: photos.path, input: source.path)
        }
        let files = try Self.files(of: FilePath(source.path), as: FilePath((origin ?? source).path), label: label)
        var intake = try PhotoIntake(photos: photos, readmits: readmits)
        var summary = Summary()
        for (place, file) in files.enumerated() {
            try cancellation.check()
            var item: CollectedItem?
            if !isReady(file.path) {
                continue
            } else if try !intake.admits(file.label) {
                summary.forgotten += 1
            } else {
                item = try take(file, into: &intake)
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
        var origin: FilePath
        var name: [UInt8]
        var label: RelativePath
    }

    /// What browsers call a file until they have all of it.
    private static let unfinishedEndings = [".crdownload", ".part", ".partial", ".download", ".tmp"]

    /// Plain files only: links and folders inside labels are nobody's photos.
    private static func files(of folder: FilePath, as origin: FilePath, label: RelativePath?) throws -> [Source] {
        func plain(in folder: FilePath, as origin: FilePath, label: RelativePath) throws -> [Source] {
            try FolderListing.visibleNames(in: folder).compactMap { name in
                let path = folder.appending(name)
                guard (try? path.stat(followTargetSymlink: false).type) == .regular else { return nil }
                if unfinishedEndings.contains(where: { name.string.lowercased().hasSuffix($0) }) { return nil }
                return Source(path: path, origin: origin.appending(name), name: name.bytes, label: label)
            }
        }
        if let label { return try plain(in: folder, as: origin, label: label) }
        return try FolderListing.visibleNames(in: folder).flatMap { name -> [Source] in
            let inner = folder.appending(name)
            guard (try? inner.stat(followTargetSymlink: false).type) == .directory else { return [] }
            return try plain(in: inner, as: origin.appending(name), label: RelativePath(bytes: name.bytes))
        }
    }

    /// - Returns: the line that was written; nil for a file that was collected before.
    private func take(_ source: Source, into intake: inout PhotoIntake) throws -> CollectedItem? {
        var item = CollectedItem(source: RelativePath(source.origin), label: source.label)
        do {
            let bytes = try FileBytes.readPhoto(source.path, within: limits)
            item.sha256 = FileBytes.sha256(bytes)
            item.bytes = bytes.count
            if intake.hasTaken(item) { return nil }
            let decoded = try ImageFile.decodeWithHeader(bytes, limits: limits)
            return try intake.store(bytes, decoded, named: source.name, item: item, linking: links ? source.path : nil)
        } catch let error as ImagingError {
            return try intake.refuse(item, because: "\(error)")
        } catch let error as RecognitionError where error.isAbout(source.path) {
            return try intake.refuse(item, because: "\(error)")
        }
    }
}

extension RecognitionError {
    /// Whether a file could not be read, and it is this one.
    fileprivate func isAbout(_ file: FilePath) -> Bool {
        switch self {
        case .missing(let path, _), .inputOutput(let path, _): path == file.string
        default: false
        }
    }
}

extension Collector.Summary {
    /// Adds the numbers of another run.
    public mutating func add(_ other: Collector.Summary) {
        stored += other.stored
        linked += other.linked
        near += other.near
        refused += other.refused
        known += other.known
        forgotten += other.forgotten
    }

    /// Counts what became of one item.
    package mutating func count(_ item: CollectedItem) {
        switch item.status {
        case .stored: stored += 1
        case .linked: linked += 1
        case .refused: refused += 1
        }
        if item.nearDuplicateOf != nil { near += 1 }
    }
}
