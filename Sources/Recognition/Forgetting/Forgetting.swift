import Foundation
import Imaging
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Erases a person, or a photo: photos, crops wherever they lie, crops put aside, thumbnails, faces that visitors
/// sent, and the lines of manifest, review and collection.
///
/// Every step can be done twice: a run that was killed is finished by running it again. Models are not touched; those that were trained on the
/// erased crops are named, since only training anew makes them forget.
public struct Forgetting: Sendable {
    /// Whom or what to forget.
    public enum Subject: Sendable, Hashable {
        /// Everything under this label.
        case label(RelativePath)
        /// One photo, "label/name".
        case photo(RelativePath)
    }

    /// What was erased, and what is left.
    public struct Summary: Sendable, Codable {
        /// Photos erased.
        public var photos = 0
        /// Crops erased, those put aside included.
        public var crops = 0
        /// Faces erased that visitors had sent from the service's page.
        public var sent = 0
        /// Lines of the manifest, the review, the collection and the visitors' corrections that went.
        public var lines = 0
        /// Photos of other labels that show the same face, or of which a person said that they do: they are left, and can be forgotten one by one.
        public var otherPhotos: [RelativePath] = []
        /// Model files that were trained on erased crops.
        public var models: [Model] = []
        /// Files among the models that could not be read.
        public var unreadable: [String] = []
    }

    /// A model file that still holds the training.
    public struct Model: Sendable, Codable {
        /// Where it lies.
        public var path: String
        /// How many of the erased crops it was trained on.
        public var crops: Int
        /// Whether it has the forgotten label.
        public var hasLabel: Bool
    }

    /// The folder of photos.
    public var photos: URL
    /// The folder of crops; it may be missing.
    public var faces: URL
    /// The folder in whose model files to look; nil looks nowhere.
    public var models: URL?
    /// The folder that `serve --feedback` fills; nil for none.
    public var feedback: URL?

    /// What is where.
    public init(photos: URL, faces: URL, models: URL? = nil, feedback: URL? = nil) {
        self.photos = photos
        self.faces = faces
        self.models = models
        self.feedback = feedback
    }

    /// Erases.
    /// - Throws: `RecognitionError.missing` where nothing is known of the subject, `.inputOutput`, `.damagedManifest`; where another process
    ///   reviews the crops, or a job array's results wait to be merged (`.unfinishedShards`), nothing is erased.
    public func forget(_ subject: Subject) throws -> Summary {
        var collected = try CollectedLog(photos: photos)
        let hasFaces = isFolder(FilePath(faces.path))
        let lock = hasFaces ? try CropReview.lock(FilePath(faces.path)) : nil
        defer { withExtendedLifetime(lock) {} }
        if hasFaces { try ShardRecords(faces: FilePath(faces.path)).requireNone() }
        let traces = try Traces(of: subject, photos: photos, faces: hasFaces ? faces : nil)
        // Before the crops go: their hashes tell the models that learned from them.
        var summary = try survivors(traces, of: subject)
        summary.otherPhotos = traces.otherPhotos
        let sent = try feedback.map { try FeedbackTraces(of: subject, in: $0, traces: traces) }
        let isKnown = !traces.photos.isEmpty || !traces.crops.isEmpty || !traces.records.isEmpty || sent?.isEmpty == false
        guard isKnown || collected.items.contains(where: { subject.includes($0.file, label: $0.label) }) else {
            throw RecognitionError.missing(path: subject.text, what: subject.isLabel ? "label" : "photo")
        }
        // Before the crops go: their pixels tell which of the faces that were sent are theirs.
        if let erased = try sent?.erase() { (summary.sent, summary.lines) = erased }
        // What shows them in small goes first: nobody could tell whose it is once the crop is gone.
        for file in traces.thumbnails + traces.crops { try AtomicFile.remove(file) }
        for photo in traces.photos { try AtomicFile.remove(photo) }
        summary.crops = traces.crops.count
        summary.photos = traces.photos.count
        for folder in traces.emptied { folder.withPlatformString { _ = rmdir($0) } }
        if hasFaces {
            summary.lines += try ReviewLog.erase(in: faces, where: traces.isOf).count
            var manifest = try Manifest(folder: faces)
            let kept = manifest.ordered.filter { !subject.includes($0.path, label: nil) }
            summary.lines += manifest.records.count - kept.count
            manifest.replace(with: kept)
            try manifest.save()
        }
        summary.lines += try collected.forget(subject.label) { subject.includes($0.file, label: $0.label) }
        return summary
    }

    private func survivors(_ traces: Traces, of subject: Subject) throws -> Summary {
        var summary = Summary()
        guard let models else { return summary }
        let folder = FilePath(models.path)
        for name in try FolderListing.visibleNames(in: folder) where name.string.hasSuffix(".safetensors") {
            let path = folder.appending(name)
            do {
                let model = try ModelFile(parsing: try FileBytes.read(path), path: path.string)
                let count = traces.hashes.intersection(model.trainingHashes).count
                let hasLabel = subject.label.map { model.metadata.labels.map { Array($0.utf8) }.contains($0.bytes) } ?? false
                if count > 0 || hasLabel { summary.models.append(Model(path: path.string, crops: count, hasLabel: hasLabel)) }
            } catch {
                summary.unreadable.append("\(error)")
            }
        }
        return summary
    }
}

extension Forgetting.Subject {
    var isLabel: Bool { label != nil }

    /// The label; nil for a single photo.
    var label: RelativePath? { if case .label(let label) = self { label } else { nil } }

    var text: String {
        switch self {
        case .label(let path), .photo(let path): path.text
        }
    }

    /// Whether a photo, or what is known of one, is meant.
    func includes(_ photo: RelativePath?, label itsLabel: RelativePath?) -> Bool {
        switch self {
        case .label(let label): photo?.parts.first == label || itsLabel == label
        case .photo(let path): photo == path
        }
    }
}
