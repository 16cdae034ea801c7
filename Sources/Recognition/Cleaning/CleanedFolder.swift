import Foundation
import SystemPackage

/// What a run of cleaning has read before it begins: the photos there are, and what former runs and people left.
struct CleanedFolder: Sendable {
    /// The folder of crops.
    let faces: URL
    let set: PhotoSet
    /// As former runs left it.
    let manifest: Manifest
    let reviewed: ReviewedPhotos
    /// From the folder of crops to that of photos, with "..", so that both can be moved together.
    private let way: RelativePath

    /// - Throws: `RecognitionError` where the photos cannot be listed or what was left is damaged.
    init(photos: URL, faces: URL) throws {
        self.faces = faces
        set = try PhotoSet(root: photos)
        manifest = try Manifest(folder: faces)
        reviewed = ReviewedPhotos(try ReviewLog(faces: faces).decisions)
        way = RelativePath(
            RealPath.way(from: FilePath(faces.standardizedFileURL.path), to: FilePath(photos.standardizedFileURL.path)).string)
    }

    /// The former records by their photos' paths.
    var known: [RelativePath: PhotoRecord] { manifest.records }

    /// From the folder of crops to a photo.
    func source(of entry: PhotoSet.Entry) -> RelativePath {
        RelativePath(bytes: way.bytes + [UInt8(ascii: "/")] + entry.path.bytes)
    }
}
