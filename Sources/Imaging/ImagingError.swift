/// What can go wrong between bytes and pixels, with what was found.
public enum ImagingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes begin like no format read here.
    case unknownFormat(ForeignFormat)
    /// A format this build was made without (WebP without the package's WebP trait).
    case notBuiltIn(ImageFormat)
    /// A legal file of a kind that is not read: an animation, 12 bits a sample, lossless JPEG.
    case unsupported(ImageFormat, variant: String)
    /// The bytes contradict their format or end early; `detail` is what the decoder said.
    case damaged(ImageFormat, detail: String)
    /// More pixels than the limit; nothing was allocated.
    case tooLarge(width: Int, height: Int, limit: Int)
    /// The machine had no memory left for the decoder's own tables.
    case outOfMemory(ImageFormat)
    /// The picture does not fit the format (a JPEG's side is at most 65,500 pixels); `detail` is what the encoder said.
    case cannotEncode(ImageFormat, detail: String)

    /// The answers a caller has to tell apart.
    public enum Category: Hashable, Sendable {
        /// No picture of a format and kind read here. (HTTP 415)
        case notReadable
        /// A picture of a known format whose bytes are broken. (HTTP 422)
        case damaged
        /// An intact header that asks for too much. (HTTP 413)
        case tooLarge
        /// Nothing the sender of the bytes did. (HTTP 500)
        case failed
    }

    public var category: Category {
        switch self {
        case .unknownFormat, .notBuiltIn, .unsupported: .notReadable
        case .damaged: .damaged
        case .tooLarge: .tooLarge
        case .outOfMemory, .cannotEncode: .failed
        }
    }

    /// What happened and what to do, in one line without a full stop.
    public var description: String {
        let readable = ImageFormat.builtIn.map(\.name).joined(separator: ", ")
        return switch self {
        case .unknownFormat(.empty): "the file is empty: send a picture (\(readable))"
        case .unknownFormat(.unknown): "the bytes are no picture format known here: send \(readable)"
        case .unknownFormat(let seen): "the bytes look like \(seen.rawValue), which is not read: send \(readable)"
        case .notBuiltIn(let format):
            "the bytes look like \(format.name), which this build does not read: send \(readable), or install lib\(format.rawValue)-dev and rebuild"
        case .unsupported(let format, let variant): "this kind of \(format.name) is not read (\(variant)): save it as a still 8-bit picture"
        case .damaged(let format, let detail): "the \(format.name) is damaged (\(detail)): get the original again"
        case .tooLarge(let width, let height, let limit):
            "\(width) x \(height) is more than the limit of \(limit) pixels: scale the picture down or raise the limit"
        case .outOfMemory(let format): "no memory left to process the \(format.name): free some, or scale the picture down"
        case .cannotEncode(let format, let detail):
            "the picture cannot be written as \(format.name) (\(detail)): choose another format or scale it down"
        }
    }
}
