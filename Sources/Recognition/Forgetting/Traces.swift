import Foundation
import Imaging
import SystemPackage

/// Everything on the disk that shows whom a run is to forget.
struct Traces {
    /// Files to erase.
    private(set) var photos: [FilePath] = []
    /// Files to erase, thumbnails and crops put aside included.
    private(set) var crops: [FilePath] = []
    /// Lines of the manifest to erase.
    private(set) var records: [PhotoRecord] = []
    /// Photos of other labels with a crop that a person gave to this one.
    private(set) var otherPhotos: [RelativePath] = []
    /// Of the crops' pixels.
    private(set) var hashes: Set<DifferenceHash> = []
    /// Folders that are empty then.
    private(set) var emptied: [FilePath] = []

    private let subject: Forgetting.Subject

    init(of subject: Forgetting.Subject, photos: URL, faces: URL?) throws {
        self.subject = subject
        if isFolder(FilePath(photos.path)) {
            let set = try PhotoSet(root: photos)
            self.photos = set.entries.filter { subject.includes($0.path, label: nil) }.map(set.path)
            if let label = subject.label { emptied.append(label.path(in: FilePath(photos.path))) }
        }
        if let faces { try findCrops(in: faces) }
    }

    private mutating func findCrops(in faces: URL) throws {
        let folder = FilePath(faces.path)
        let manifest = try Manifest(folder: faces)
        records = manifest.ordered.filter { subject.includes($0.path, label: nil) }
        hashes = Set(records.flatMap { $0.crops.map(\.hash) })
        let set = try PhotoSet(root: faces)
        let origins = CropOrigins(manifest)
        let decisions = try ReviewLog(faces: faces).decisions
        // Where a review moved a crop to: its name alone may be that of crops of several labels.
        var moved: [RelativePath: RelativePath] = [:]
        for decision in decisions { if let target = decision.to, let photo = decision.photo { moved[target] = photo } }
        var others: Set<RelativePath> = []
        for entry in set.entries {
            let origin = moved[entry.path] ?? origins.record(of: entry)?.path
            let liesThere = subject.label == entry.folder
            guard liesThere || subject.includes(origin, label: nil) else { continue }
            add(set.path(of: entry))
            if let origin, !subject.includes(origin, label: nil) { others.insert(origin) }
        }
        otherPhotos = others.sorted()
        if let label = subject.label { emptied.append(label.path(in: folder)) }
        for decision in decisions where isOf(decision) {
            let aside = CropReview.asidePath(of: decision.id, in: folder)
            if try Self.exists(aside) { add(aside) }
        }
        for digest in digests {
            let thumbnail = CropReview.thumbnailPath(of: digest, in: folder)
            if try Self.exists(thumbnail) { crops.append(thumbnail) }
        }
    }

    /// What cannot be looked at is told: it might show whom the run is to forget.
    private static func exists(_ path: FilePath) throws(RecognitionError) -> Bool {
        do {
            _ = try path.stat()
            return true
        } catch Errno.noSuchFileOrDirectory {
            return false
        } catch {
            throw AtomicFile.failure(path, error)
        }
    }

    private var digests: Set<String> = []

    private mutating func add(_ crop: FilePath) {
        crops.append(crop)
        // What is no picture has no hash that a model could hold.
        guard let bytes = try? FileBytes.read(crop), let image = try? ImageFile.decode(bytes) else { return }
        digests.insert(FileBytes.sha256(bytes))
        hashes.insert(DifferenceHash(of: image))
    }

    /// Whether a decision is about a crop that is to go.
    func isOf(_ decision: ReviewDecision) -> Bool {
        let paths = [decision.photo, decision.file, decision.to].compactMap { $0 }
        switch subject {
        case .label: return paths.contains { subject.includes($0, label: nil) }
        case .photo: return subject.includes(decision.photo, label: nil)
        }
    }
}
