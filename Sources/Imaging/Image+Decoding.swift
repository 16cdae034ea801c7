import Foundation

extension Image {
    /// The picture in a file as it is to be seen: 8-bit RGB, turned as its EXIF orientation says.
    /// - Parameters:
    ///   - url: the file.
    ///   - limits: what is accepted; more is refused before anything is allocated for it.
    /// - Throws: `ImagingError`.
    /// - Complexity: as `EncodedImage.decode()`.
    public init(contentsOf url: URL, limits: ImageLimits = .standard) throws(ImagingError) {
        self = try EncodedImage(contentsOf: url, limits: limits).decode()
    }

    /// The picture in the bytes of a file.
    /// - Throws: `ImagingError`.
    public init(_ data: Data, limits: ImageLimits = .standard) throws(ImagingError) {
        self = try EncodedImage(data, limits: limits).decode()
    }

    /// The picture in the bytes of a file.
    /// - Throws: `ImagingError`.
    public init(_ bytes: [UInt8], limits: ImageLimits = .standard) throws(ImagingError) {
        self = try EncodedImage(bytes, limits: limits).decode()
    }

    /// The picture in the bytes of a file.
    /// - Throws: `ImagingError`.
    public init(_ bytes: Span<UInt8>, limits: ImageLimits = .standard) throws(ImagingError) {
        self = try EncodedImage(bytes.withUnsafeBufferPointer { [UInt8]($0) }, limits: limits).decode()
    }
}
