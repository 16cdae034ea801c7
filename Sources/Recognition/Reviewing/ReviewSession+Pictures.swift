import Foundation
import Imaging
import SystemPackage

extension ReviewSession {
    /// The crop's file, whole.
    /// - Throws: `RecognitionError.missing` where somebody took it away.
    public func crop(_ id: Int) throws -> [UInt8] { try FileBytes.readPhoto(try location(of: id)) }

    /// The crop as a JPEG of at most 128 pixels a side, made once and kept in `faces/.thumbnails`.
    /// - Throws: as `crop`; `ImagingError` where it is no picture any more.
    public func thumbnail(_ id: Int) throws -> [UInt8] {
        let bytes = try crop(id)
        let place = CropReview.thumbnailPath(of: FileBytes.sha256(bytes), in: folder)
        // One without an end was lost when the machine failed.
        if let kept = try Self.kept(place), kept.suffix(2) == [0xFF, 0xD9] { return kept }
        let small = try ImageFile.encodeJPEG(try ImageFile.decode(bytes).fitted(side: 128), quality: 85)
        try AtomicFile.write(small, to: place, isFlushed: false)
        return small
    }

    private static func kept(_ place: FilePath) throws(RecognitionError) -> [UInt8]? {
        do {
            return try FileBytes.read(place)
        } catch .missing {
            return nil
        }
    }

    /// The crop's photo as a JPEG of at most 1,200 pixels a side, made off the caller's thread.
    /// - Throws: `RecognitionError.missing` where the photo is not known or gone, `.inputOutput` where it is another one now.
    public func photo(_ id: Int) async throws -> [UInt8] {
        guard let record = record(id) else { throw RecognitionError.missing(path: "\(id)", what: "photo known of this crop") }
        let path = record.source.path(in: folder)
        return try await offCooperativePool { _ in
            let bytes = try FileBytes.readPhoto(path)
            guard FileBytes.sha256(bytes) == record.sha256 else {
                throw RecognitionError.inputOutput(
                    path: path.string, reason: "is another photo than the one that was cleaned; run clean again")
            }
            return try ImageFile.encodeJPEG(try ImageFile.decode(bytes).fitted(side: 1200), quality: 85)
        }
    }
}
