import Imaging
import SystemPackage

extension PhotoRecord {
    /// The photo's pixels; nil where the file is gone or cannot be read, or its bytes are no longer those that were searched: then the
    /// boxes of this line say nothing about it, and the next `clean` will. Nor does a line that gives the photo another size.
    /// - Parameter path: where the photo lies.
    package func unchangedPhoto(at path: FilePath, limits: ImageLimits) -> Image? {
        guard let bytes = try? FileBytes.readPhoto(path, within: limits), FileBytes.sha256(bytes) == sha256 else { return nil }
        guard let image = try? ImageFile.decode(bytes, limits: limits), image.width == width, image.height == height else { return nil }
        return image
    }
}
