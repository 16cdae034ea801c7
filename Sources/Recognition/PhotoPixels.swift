import Imaging

/// As much of a photo's pixels as its way to names needs: luma to search in, and the faces in colour.
///
/// A baseline JPEG much larger than its smallest face is decoded smaller for the search, and then once more inside the rectangle that
/// holds all its faces. Whatever else is decoded whole, once.
package struct PhotoPixels: Sendable {
    /// Of the whole photo.
    package let size: Size
    /// The photo's luma, or that of the photo made smaller.
    package let luma: Gray
    /// What decodes more of it.
    private let file: EncodedImage?
    /// Pixels in colour, and where they lie in the photo.
    private var colours: (place: Rect, image: Image)?

    /// A photo that is decoded.
    package init(_ photo: Image) {
        size = photo.size
        luma = photo.grayscale()
        file = nil
        colours = (photo.bounds, photo)
    }

    /// Decodes what `finder` searches.
    /// - Throws: `ImagingError`, as `EncodedImage.decode()`.
    package init(of file: EncodedImage, for finder: FaceFinder) throws(ImagingError) {
        let reduction = finder.reduction(of: file.size)
        guard file.header.format == .jpeg, !file.header.isProgressive, reduction != .full else {
            self.init(try file.decode())
            return
        }
        self.init(size: file.size, luma: try file.decodeGray(reducedBy: reduction), file: file)
    }

    private init(size: Size, luma: Gray, file: EncodedImage) {
        self.size = size
        self.luma = luma
        self.file = file
    }

    /// The pixels inside each box.
    /// - Precondition: the boxes are not empty and lie inside the photo.
    /// - Throws: `ImagingError`, as `EncodedImage.decode(region:)`.
    package mutating func crops(of boxes: [Rect]) throws(ImagingError) -> [Image] {
        guard let first = boxes.first else { return [] }
        let place = boxes.dropFirst().reduce(first) { $0.union($1) }
        if let file, colours.map({ !$0.place.contains(place) }) ?? true { colours = (place, try file.decode(region: place)) }
        guard let colours else { return [] }
        return boxes.map { colours.image.cropped(to: $0.offsetBy(x: -colours.place.x, y: -colours.place.y)) }
    }
}
