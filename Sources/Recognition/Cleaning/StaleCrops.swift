import Imaging
import SystemPackage

/// Crops whose photo was moved, deleted or replaced, or of which another face was picked: they go, for a folder of crops shows what its photos
/// show. What a person put under such a name stays.
struct StaleCrops {
    /// The folder of crops.
    let folder: FilePath
    /// Of each crop's pixels.
    let limits: ImageLimits

    /// Removes the crops of a photo's former record that its new one no longer lists.
    /// - Parameter current: the photo's record now; nil for a photo that is gone.
    /// - Returns: how many were removed.
    /// - Throws: `RecognitionError.inputOutput` where one cannot be removed.
    func remove(_ former: PhotoRecord, current: PhotoRecord?) throws(RecognitionError) -> Int {
        var count = 0
        for crop in former.crops where current?.crops.contains(where: { $0.file == crop.file }) != true && isOurs(crop) {
            try AtomicFile.remove(crop.file.path(in: folder))
            count += 1
        }
        return count
    }

    /// Whether the system says that the photo of a record is no longer where it was. A folder that cannot be looked into says nothing.
    func isGone(_ record: PhotoRecord) -> Bool {
        do {
            _ = try record.source.path(in: folder).stat()
            return false
        } catch {
            return error == .noSuchFileOrDirectory || error == .notDirectory
        }
    }

    /// Whether the file's pixels are those that were cut out: a person's own picture under this name has others. A crop that somebody took
    /// away is nobody's.
    private func isOurs(_ crop: PhotoRecord.Crop) -> Bool {
        guard let bytes = try? FileBytes.readPhoto(crop.file.path(in: folder)), let image = try? ImageFile.decode(bytes, limits: limits)
        else { return false }
        return DifferenceHash(of: image) == crop.hash
    }
}
