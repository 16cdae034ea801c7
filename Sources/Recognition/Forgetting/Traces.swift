import Foundation
import Imaging
import Support
import SystemPackage

/// Everything on the disk that shows whom a run is to forget.
struct Traces {
    /// Files to erase.
    private(set) var photos: [FilePath] = []
    /// Files to erase, crops put aside included.
    private(set) var crops: [FilePath] = []
    /// Files to erase: what the page of `review` shows in their place.
    private(set) var thumbnails: [FilePath] = []
    /// Lines of the manifest to erase.
    private(set) var records: [PhotoRecord] = []
    /// Photos of other labels with a crop that a person gave to this one, or that shows the same face.
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
        let pictures = try Parallel.map(set.entries.count, threads: availableCores) { index throws(any Error) in
            try Picture(at: set.path(of: set.entries[index]))
        }
        let origins = CropOrigins(manifest)
        let decisions = try ReviewLog(faces: faces).decisions
        // Where a review moved a crop to: its name alone may be that of crops of several labels.
        var moved: [RelativePath: RelativePath] = [:]
        for decision in decisions { if let target = decision.to, let photo = decision.photo { moved[target] = photo } }
        var others: Set<RelativePath> = []
        var rest: [(entry: PhotoSet.Entry, picture: Picture, record: PhotoRecord?)] = []
        for (entry, picture) in zip(set.entries, pictures) {
            let record = origins.record(of: entry)
            let origin = moved[entry.path] ?? record?.path
            if subject.label == entry.folder || subject.includes(origin, label: nil) {
                crops.append(set.path(of: entry))
                if let picture { note(picture) }
                if let origin, !subject.includes(origin, label: nil) { others.insert(origin) }
            } else if let picture {
                rest.append((entry, picture, record))
            }
        }
        // A person may have moved or copied a crop to any place and name: its pixels tell.
        for (entry, picture, record) in rest where !picture.isFlat && hashes.contains(picture.hash) {
            if let record, record.crop(at: entry.path)?.hash == picture.hash {
                // The other label's own photo shows the same face.
                others.insert(record.path)
            } else {
                crops.append(set.path(of: entry))
                note(picture)
            }
        }
        otherPhotos = others.sorted()
        if let label = subject.label { emptied.append(label.path(in: folder)) }
        for decision in decisions where isOf(decision) {
            let aside = CropReview.asidePath(of: decision.id, in: folder)
            guard try Self.exists(aside) else { continue }
            crops.append(aside)
            if let picture = try Picture(at: aside) { note(picture) }
        }
        for digest in digests {
            let thumbnail = CropReview.thumbnailPath(of: digest, in: folder)
            if try Self.exists(thumbnail) { thumbnails.append(thumbnail) }
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

    /// Of the crops' files.
    private(set) var digests: Set<String> = []

    private mutating func note(_ picture: Picture) {
        digests.insert(picture.sha256)
        hashes.insert(picture.hash)
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

extension Traces {
    /// What a picture is told by.
    struct Picture: Sendable {
        /// Of the file.
        let sha256: String
        /// Of the pixels.
        let hash: DifferenceHash

        /// A picture of one colour is nobody's.
        var isFlat: Bool { hash.words.allSatisfy { $0 == 0 } }

        /// - Returns: nil for what is no picture, or gone, and has nothing that a model could hold.
        /// - Throws: `RecognitionError` where the file cannot be read: it might show whom the run is to forget.
        init?(at path: FilePath) throws {
            do {
                let bytes = try FileBytes.readPhoto(path)
                hash = DifferenceHash(of: try ImageFile.decode(bytes))
                sha256 = FileBytes.sha256(bytes)
            } catch is ImagingError {
                return nil
            } catch RecognitionError.missing {
                return nil
            }
        }
    }
}
