import Foundation
import Imaging

/// One photo on its way from bytes to a record and, where a face was accepted and the recipe does not pick, a crop.
struct PhotoExamination: Sendable {
    let finder: FaceFinder
    let limits: ImageLimits

    struct Result {
        var record: PhotoRecord
        /// The pictures to write, under the names that `record.crops` gives.
        var crops: [Image]
    }

    /// Decodes `bytes`, finds faces and eyes, and cuts out the first accepted face unless the recipe picks among all.
    ///
    /// What is wrong with the photo becomes a reason in the record; it never throws for that.
    /// - Throws: `CascadeError` when a search cannot run.
    func examine(_ bytes: [UInt8], entry: PhotoSet.Entry, source: RelativePath, sha256: String) throws -> Result {
        var record = PhotoRecord.blank(entry: entry, source: source, finder: finder.recipe.finderFingerprint)
        record.sha256 = sha256
        record.bytes = bytes.count
        var photo: PhotoPixels
        do {
            let file = try EncodedImage(bytes, limits: limits)
            photo = try PhotoPixels(of: file, for: finder)
            record.format = file.header.format.rawValue
            record.width = photo.size.width
            record.height = photo.size.height
            record.orientation = file.header.orientation.rawValue
            record.hash = DifferenceHash(of: photo.luma)
            record.faces = try finder.faces(in: &photo)
        } catch let error as ImagingError {
            record.reason = RejectReason(error)
            record.detail = "\(error)"
            return Result(record: record, crops: [])
        }
        if finder.recipe.picksFaces && !record.faces.isEmpty {
            record.reason = .notCompared
            record.detail = "faces were found; they are compared when all photos have been searched"
            return Result(record: record, crops: [])
        }
        guard let face = record.faces.first(where: finder.accepts) else {
            let reason = finder.reason(against: record.faces, in: photo.size) ?? .noFace
            record.reason = RejectReason(reason)
            record.detail = reason.sentence(faces: record.faces.count)
            return Result(record: record, crops: [])
        }
        let crops = try photo.crops(of: [face.box])
        record.kept = true
        record.crops = [
            PhotoRecord.Crop(
                file: entry.cropPath(number: 1), box: face.box, eyes: face.eyes,
                hash: DifferenceHash(of: photo.luma.cropped(to: face.box)))
        ]
        return Result(record: record, crops: crops)
    }
}

extension PhotoRecord {
    /// A record that keeps nothing and does not yet say why.
    static func blank(entry: PhotoSet.Entry, source: RelativePath, finder: String) -> PhotoRecord {
        PhotoRecord(path: entry.path, source: source, finder: finder, faces: [], kept: false, crops: [])
    }
}

extension PhotoSet.Entry {
    /// "label/photo-n.png". The photo's name stays whole, its ending included, so a.jpg and a.png never meet; one too long
    /// for a file system keeps its beginning and gets its own digest.
    func cropPath(number: Int) -> RelativePath {
        let ending = "-\(number).png"
        var start = name.bytes
        if start.count + ending.utf8.count > 255 {
            start = name.beginning(180) + Array("-\(FileBytes.sha256(name.bytes).prefix(16))".utf8)
        }
        return RelativePath(bytes: folder.bytes + [UInt8(ascii: "/")] + start + Array(ending.utf8))
    }
}

extension RejectReason {
    init(_ error: ImagingError) {
        switch error.category {
        case .notReadable: self = .notAnImage
        case .damaged: self = .damaged
        case .tooLarge: self = .tooLarge
        case .failed: self = .unreadable
        }
    }
}

extension NoFaceReason {
    /// The reason in words.
    public func sentence(faces: Int = 0) -> String {
        switch self {
        case .noFace: "no face was found"
        case .noEyes: faces == 1 ? "a face was found, but not two eyes in it" : "\(faces) faces were found, but none with two eyes"
        case .tooSmall: "the photo is smaller than the smallest face that can be found"
        }
    }
}
