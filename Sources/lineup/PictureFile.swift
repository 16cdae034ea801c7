import ArgumentParser
import Imaging
import Recognition
import SystemPackage

/// A picture to be written, in the format that its name says.
struct PictureFile: ExpressibleByArgument {
    private let file: FileArgument
    private let format: ImageFormat

    /// Nil for a name that ends in neither .png, .jpg nor .jpeg.
    init?(argument: String) {
        file = FileArgument(argument: argument)
        switch file.path.extension?.lowercased() {
        case "png": format = .png
        case "jpg", "jpeg": format = .jpeg
        default: return nil
        }
    }

    /// Writes it; it appears whole.
    func write(_ image: Image) throws {
        try AtomicFile.write(format == .png ? try ImageFile.encodePNG(image) : try ImageFile.encodeJPEG(image), to: file.path)
    }

    /// The same for a gray picture.
    func write(_ gray: Gray) throws {
        try AtomicFile.write(format == .png ? try ImageFile.encodePNG(gray) : try ImageFile.encodeJPEG(gray), to: file.path)
    }
}
