import Imaging
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a run of sorting does with each file.
struct SortingWork: Sendable {
    let sorter: ArchiveSorter
    let archive: PhotoArchive
    let names: EntryNames
    let entries: EntryFolder
    let model: ModelIdentity
    let journal: LineJournal<SortedPhoto>

    /// What became of one file.
    struct Outcome: Sendable {
        /// Nil for a file that is no photo.
        var photo: SortedPhoto?
        var reused = false
        /// Former entries that went.
        var removed = 0
        /// Entries that could not be made, since something that sorting did not make lies in their places.
        var occupied: [RelativePath] = []
    }

    /// Removes the entries of photos that are there no more, but none that a photo has that is.
    func removeEntriesOfGonePhotos(_ former: SortedAnswers) throws(RecognitionError) -> Int {
        let present = Set(archive.files)
        func isGone(_ photo: SortedPhoto) -> Bool { !present.contains(photo.path) && !archive.isHidden(photo.path) }
        let kept = Set(former.photos.values.filter { !isGone($0) }.flatMap(\.entries))
        var removed = 0
        for photo in former.photos.values where isGone(photo) {
            removed += try entries.remove(photo.entries.filter { !kept.contains($0) }, madeBy: photo.mode)
        }
        return removed
    }

    /// Answers a photo, or takes its former answer where that still holds, and sees to its entries.
    func finish(_ file: RelativePath, former: SortedPhoto?) throws -> Outcome {
        var photo = SortedPhoto(
            path: file, bytes: 0, modified: "", mode: sorter.mode, model: model, faces: [], unnamed: [], entries: [])
        do {
            let status = try archive.path(of: file).stat()
            photo.bytes = Int(status.size)
            photo.modified = Self.text(of: status.st_mtim)
        } catch {
            photo.error = "\(AtomicFile.failure(archive.path(of: file), error))"
        }
        if let former, photo.error == nil, former.holds(for: photo) { return try reuse(former) }
        if photo.error == nil, try !answer(&photo) {
            let removed = try former.map { try entries.remove($0.entries, madeBy: $0.mode) } ?? 0
            return Outcome(photo: nil, removed: removed)
        }
        let wanted = photo.error == nil ? names.entries(of: file, faces: photo.faces) : []
        return try place(photo, wanted: wanted, former: former)
    }

    /// The former answer. Where other photos came or went its entries may have other names now; those that a person took away stay away.
    private func reuse(_ former: SortedPhoto) throws -> Outcome {
        let wanted = names.entries(of: former.path, faces: former.faces)
        if wanted == former.entries { return Outcome(photo: former, reused: true) }
        let taken = Set(former.entries.filter { !entries.exists($0) }.map { $0.parts[0] })
        var outcome = try place(former, wanted: wanted, without: taken, former: former)
        outcome.reused = true
        return outcome
    }

    /// Answers a photo.
    /// - Returns: false for a file that is no photo. What is wrong with a photo is in its `error`.
    private func answer(_ photo: inout SortedPhoto) throws -> Bool {
        do {
            let bytes = try FileBytes.readPhoto(archive.path(of: photo.path), within: sorter.limits.image)
            let answer = try sorter.recognizer.answer(for: bytes, limits: sorter.limits)
            photo.image = answer.image
            photo.faces = answer.faces
            photo.unnamed = answer.unnamed
            photo.reason = answer.reason
        } catch ImagingError.unknownFormat {
            return false
        } catch let error as ImagingError {
            photo.error = "\(error)"
        } catch let error as RecognitionError {
            switch error {
            case .missing, .inputOutput: photo.error = "\(error)"
            default: throw error
            }
        }
        return true
    }

    /// Replaces the former entries of a photo by those wanted. The journal says first which may be there, so that a run that was killed
    /// midway is told from a person's own work, and then which are.
    private func place(
        _ photo: SortedPhoto, wanted: [RelativePath], without taken: Set<RelativePath> = [], former: SortedPhoto?
    ) throws -> Outcome {
        var photo = photo
        var outcome = Outcome()
        let listed = Set(former?.entries ?? [])
        let new = wanted.filter { !listed.contains($0) && !entries.exists($0) }
        photo.entries = (former?.entries ?? []) + new
        photo.unfinished = true
        if !photo.entries.isEmpty { try journal.append(photo) }
        if let former { outcome.removed = try entries.remove(former.entries, madeBy: former.mode) }
        photo.entries = []
        for entry in wanted {
            if try taken.contains(entry.parts[0]) || entries.make(entry, of: photo.path) {
                photo.entries.append(entry)
            } else {
                outcome.occupied.append(entry)
            }
        }
        photo.unfinished = nil
        try journal.append(photo)
        outcome.photo = photo
        return outcome
    }

    /// Seconds with nine places.
    private static func text(of time: timespec) -> String {
        let nanoseconds = "\(time.tv_nsec)"
        return "\(time.tv_sec).\(String(repeating: "0", count: max(0, 9 - nanoseconds.count)))\(nanoseconds)"
    }
}
