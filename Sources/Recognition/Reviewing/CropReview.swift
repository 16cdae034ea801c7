import Foundation
import Imaging
import Support
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Decisions on the crops of a folder, carried out at once and taken back at will.
///
/// A rejected crop goes to `faces/.rejected/ID.png`, where nothing learns from it. Each step is written down before it is done
/// (`faces/.review.jsonl`) and is a rename on the disk: killed at any moment, a crop is in one place or the other, and the next review finishes the
/// step. What a person does with a file manager stays as it is. Cleaning reads the log: it brings no rejected crop back and keeps
/// the faces that were chosen.
public final class CropReview: Sendable {
    private let faces: URL
    private let folder: FilePath
    private let lock: LockFile
    private let log: Mutex<ReviewLog>

    /// Keeps two processes from changing one folder's crops.
    /// - Throws: `RecognitionError.inputOutput` where another process does.
    static func lock(_ faces: FilePath) throws(RecognitionError) -> LockFile {
        try LockFile(".review.lock", in: faces, orThrow: "is being reviewed by another process; end that one first")
    }

    /// Opens the review of a folder of crops and finishes what a killed one began.
    /// - Throws: `RecognitionError` where the folder is missing, another process reviews it, or its log cannot be read.
    public init(faces: URL) throws {
        self.faces = faces
        folder = FilePath(faces.path)
        guard isFolder(folder) else { throw RecognitionError.missing(path: faces.path, what: "folder") }
        lock = try Self.lock(folder)
        log = Mutex(try ReviewLog(faces: faces))
        try log.withLock { log in
            guard let unfinished = log.unfinished else { return }
            // What was to be added lies where it came from, and is asked about again.
            if unfinished.action == .add, try !isInPlace(unfinished) { return try log.undo(unfinished) }
            // A face is cut out again where it was lost between the two steps.
            if try isInPlace(unfinished) || unfinished.action == .face { try carryOut(unfinished) }
            try log.end(unfinished)
        }
    }

    /// The decisions that hold, in their order.
    public var decisions: [ReviewDecision] { log.withLock { $0.decisions } }

    /// Decides and does it.
    /// - Parameters:
    ///   - choice: what shall be done.
    ///   - file: "label/name" of a crop in the folder.
    ///   - record: the manifest's record of the photo that it was cut from, where that is known.
    ///   - isAutomatic: whether no person decided.
    /// - Returns: the decision as it was written down.
    /// - Throws: `RecognitionError.missing` where the crop is gone, `.invalidParameter` for a label or face that cannot be, `.inputOutput`.
    @discardableResult
    public func decide(
        _ choice: ReviewChoice, on file: RelativePath, from record: PhotoRecord? = nil, isAutomatic: Bool = false
    ) throws -> ReviewDecision {
        try log.withLock { log in
            guard file.isLabelAndName else {
                throw RecognitionError.invalidParameter(name: "file", value: file.text, allowed: "label/name")
            }
            let bytes = try FileBytes.read(file.path(in: folder))
            var decision = ReviewDecision(
                id: log.nextID, at: Date().ISO8601Format(), action: .keep, file: file, sha256: FileBytes.sha256(bytes), photo: record?.path,
                photoSHA256: record?.sha256, isAutomatic: isAutomatic)
            var crop: Image?
            switch choice {
            case .keep: break
            case .reject: decision.action = .reject
            case .move(let label):
                decision.action = .move
                decision.to = try freePath(for: file, label: label)
            case .face(let face):
                guard let record else {
                    throw RecognitionError.invalidParameter(name: "face", value: "\(face)", allowed: "none: the crop's photo is not known")
                }
                let own = record.crops.first { $0.file == file }?.box
                guard record.faces.indices.contains(face), record.faces[face].box != own else {
                    throw RecognitionError.invalidParameter(
                        name: "face", value: "\(face)", allowed: "another of the photo's \(record.faces.count) faces")
                }
                let image = try cut(face, of: record)
                decision.action = .face
                decision.face = face
                decision.hash = DifferenceHash(of: image)
                decision.to = PhotoSet.Entry(folder: file.parts[0], name: record.path.parts[1]).cropPath(number: face + 1)
                crop = image
            }
            try log.begin(decision)
            try carryOut(decision, crop: crop)
            try log.end(decision)
            return decision
        }
    }

    /// Takes a face that lies elsewhere into the folder, or decides not to.
    /// - Parameters:
    ///   - bytes: the face's file.
    ///   - file: "label/name" that it gets, or would have got.
    /// - Returns: the decision as it was written down, `add` or `dismiss`.
    /// - Throws: `RecognitionError.invalidParameter` for a path that is none, `.inputOutput` where something lies there already.
    @discardableResult
    func decide(taking isTaken: Bool, _ bytes: [UInt8], as file: RelativePath) throws -> ReviewDecision {
        try log.withLock { log in
            guard file.isLabelAndName, RelativePath(label: file.parts[0].bytes) != nil else {
                throw RecognitionError.invalidParameter(name: "label", value: file.text, allowed: "the name of a folder")
            }
            let decision = ReviewDecision(
                id: log.nextID, at: Date().ISO8601Format(), action: isTaken ? .add : .dismiss, file: file, sha256: FileBytes.sha256(bytes),
                isAutomatic: false)
            if isTaken, exists(file) {
                throw RecognitionError.inputOutput(path: file.text, reason: "something lies there already; move it away first")
            }
            try log.begin(decision)
            if isTaken { try AtomicFile.write(bytes, to: file.path(in: folder)) }
            try log.end(decision)
            return decision
        }
    }

    /// Takes a decision back: of those that hold the last one, or the one of this number.
    /// - Returns: the decision; nil where there is none.
    /// - Throws: `RecognitionError.inputOutput` where something else lies where the crop was, or the crop is where it was put no longer.
    @discardableResult
    public func undo(_ id: Int? = nil) throws -> ReviewDecision? {
        try log.withLock { log in
            guard let decision = id.map({ id in log.decisions.last { $0.id == id } }) ?? log.decisions.last else { return nil }
            let place = decision.file.path(in: folder)
            switch decision.action {
            case .keep, .dismiss: break
            case .add: if try isInPlace(decision) { try AtomicFile.remove(place) }
            // Killed before it was written down, or somebody was quicker: it is where it was.
            case _ where try isInPlace(decision): break
            case .reject: try rename(rejected(decision), to: place)
            case .move: if let to = decision.to { try rename(to.path(in: folder), to: place) }
            case .face:
                if let to = decision.to?.path(in: folder), isCut(decision, at: to) { try AtomicFile.remove(to) }
                try rename(rejected(decision), to: place)
            }
            try log.undo(decision)
            return decision
        }
    }

    // MARK: On the disk

    /// Where the crop lies that a decision put aside.
    static func asidePath(of id: Int, in faces: FilePath) -> FilePath { faces.appending(".rejected").appending("\(id).png") }

    /// Where the thumbnail of a crop file with these bytes lies.
    static func thumbnailPath(of sha256: String, in faces: FilePath) -> FilePath {
        faces.appending(".thumbnails").appending("\(sha256).jpg")
    }

    private func rejected(_ decision: ReviewDecision) -> FilePath { Self.asidePath(of: decision.id, in: folder) }

    /// Whether the crop that the decision speaks of lies where it lay when it was decided.
    private func isInPlace(_ decision: ReviewDecision) throws -> Bool {
        do {
            return FileBytes.sha256(try FileBytes.read(decision.file.path(in: folder))) == decision.sha256
        } catch RecognitionError.missing {
            return false
        }
    }

    private func carryOut(_ decision: ReviewDecision, crop: Image? = nil) throws {
        let place = decision.file.path(in: folder)
        switch decision.action {
        case .keep, .add, .dismiss: break
        case .reject: try rename(place, to: rejected(decision))
        case .move: if let to = decision.to { try rename(place, to: to.path(in: folder)) }
        case .face:
            guard let to = decision.to, let image = try crop ?? recut(decision) else { return }
            // The new one may have the old one's name.
            if try isInPlace(decision) { try rename(place, to: rejected(decision)) }
            try AtomicFile.write(try ImageFile.encodePNG(image), to: to.path(in: folder))
        }
    }

    /// Whether a file has the pixels that a decision cut out: what else lies there is a person's own.
    private func isCut(_ decision: ReviewDecision, at path: FilePath) -> Bool {
        guard let bytes = try? FileBytes.readPhoto(path), let image = try? ImageFile.decode(bytes) else { return false }
        return DifferenceHash(of: image) == decision.hash
    }

    private func recut(_ decision: ReviewDecision) throws -> Image? {
        guard let photo = decision.photo, let face = decision.face, let record = try Manifest(folder: faces).records[photo],
            record.sha256 == decision.photoSHA256
        else { return nil }
        return try cut(face, of: record)
    }

    private func cut(_ face: Int, of record: PhotoRecord) throws -> Image {
        guard record.faces.indices.contains(face) else {
            throw RecognitionError.invalidParameter(name: "face", value: "\(face)", allowed: "0 to \(record.faces.count - 1)")
        }
        let path = record.source.path(in: folder)
        let bytes = try FileBytes.readPhoto(path)
        let another = RecognitionError.inputOutput(
            path: path.string, reason: "is another photo than the one that was cleaned; run clean again")
        guard FileBytes.sha256(bytes) == record.sha256 else { throw another }
        let image = try ImageFile.decode(bytes)
        guard image.width == record.width, image.height == record.height else { throw another }
        return image.cropped(to: record.faces[face].box)
    }

    /// The crop's name under another label; where that is taken, with its own label before it and a number.
    private func freePath(for file: RelativePath, label: String) throws -> RelativePath {
        let parts = file.parts
        let slash = [UInt8(ascii: "/")]
        let target = RelativePath(bytes: Array(label.utf8) + slash + parts[1].bytes)
        guard target.isLabelAndName, RelativePath(label: Array(label.utf8)) != nil, target.parts[0] != parts[0] else {
            throw RecognitionError.invalidParameter(name: "label", value: label, allowed: "another label, the name of a folder")
        }
        if !exists(target) { return target }
        for number in 1...9999 {
            let name = parts[0].bytes + Array("-\(number)-".utf8) + parts[1].bytes
            let other = RelativePath(bytes: Array(label.utf8) + slash + name)
            if !exists(other) { return other }
        }
        throw RecognitionError.inputOutput(path: target.text, reason: "exists, and so do all names like it")
    }

    private func exists(_ file: RelativePath) -> Bool { (try? file.path(in: folder).stat(followTargetSymlink: false)) != nil }

    /// Moves a file to a place that is free.
    private func rename(_ from: FilePath, to: FilePath) throws {
        try AtomicFile.makeFolder(to.removingLastComponent())
        guard (try? to.stat(followTargetSymlink: false)) == nil else {
            throw RecognitionError.inputOutput(path: to.string, reason: "something lies there already; move it away first")
        }
        let status = from.withPlatformString { from in to.withPlatformString { unsafeRename(from, $0) } }
        guard status == 0 else { throw AtomicFile.failure(from, Errno(rawValue: errno)) }
    }
}

private func unsafeRename(_ from: UnsafePointer<CChar>, _ to: UnsafePointer<CChar>) -> Int32 { rename(from, to) }
