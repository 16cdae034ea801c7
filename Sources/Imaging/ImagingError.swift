import Foundation

/// What can go wrong between files and pixels, with what was found.
public enum ImagingError: Error, Hashable, Sendable, CustomStringConvertible, LocalizedError {
    /// The bytes begin like no format read here.
    case unknownFormat(ForeignFormat)
    /// A format this build was made without (WebP without the package's WebP trait).
    case notBuiltIn(ImageFormat)
    /// A legal file of a kind that is not read: an animation, 12 bits a sample, lossless JPEG.
    case unsupported(ImageFormat, variant: String)
    /// The bytes contradict their format or end early; `detail` is what the decoder said.
    case damaged(ImageFormat, detail: String)
    /// More pixels than `limit`; nothing was allocated.
    case tooLarge(width: Int, height: Int, limit: Int)
    /// A side longer than `limit`; nothing was allocated.
    case sideTooLong(width: Int, height: Int, limit: Int)
    /// A file of more bytes than `limit`; it was not read.
    case tooManyBytes(count: Int, limit: Int)
    /// The machine had no memory left for the decoder's own tables.
    case outOfMemory(ImageFormat)
    /// The picture does not fit the format (a JPEG's side is at most 65,500 pixels); `detail` is what the encoder said.
    case cannotEncode(ImageFormat, detail: String)
    /// No file is at `path`.
    case missingFile(path: String)
    /// What is at `path` cannot be read: a folder, a pipe, somebody else's file.
    case unreadableFile(path: String, reason: String)
    /// `EncodedImage.isCancelled` said that nobody waits for the pixels any more.
    case cancelled
    /// A parameter outside its range; `allowed` says the range.
    case invalidParameter(name: String, value: String, allowed: String)

    /// The answers a caller has to tell apart.
    public enum Category: Hashable, Sendable {
        /// No picture of a format and kind read here.
        case notReadable
        /// A picture of a known format whose bytes are broken.
        case damaged
        /// An intact header that asks for too much, or too many bytes.
        case tooLarge
        /// Nothing that the bytes have done.
        case failed
    }

    /// Which kind of answer the error is.
    public var category: Category {
        switch self {
        case .unknownFormat, .notBuiltIn, .unsupported: .notReadable
        case .damaged: .damaged
        case .tooLarge, .sideTooLong, .tooManyBytes: .tooLarge
        case .outOfMemory, .cannotEncode, .missingFile, .unreadableFile, .cancelled, .invalidParameter: .failed
        }
    }

    /// The variant of a PNG that Apple's tools write into apps.
    static let optimisedForIOS = "optimised for iOS, CgBI"

    /// What happened and what to do, in one line without a full stop.
    public var description: String {
        let readable = ImageFormat.builtIn.map(\.name).joined(separator: ", ")
        return switch self {
        case .unknownFormat(.empty): "the file is empty: send a picture (\(readable))"
        case .unknownFormat(.unknown): "the bytes are no picture format known here: send \(readable)"
        case .unknownFormat(let seen): "the bytes look like \(seen.rawValue), which is not read: send \(readable)"
        case .notBuiltIn(let format):
            "the bytes look like \(format.name), which this build does not read: send \(readable), or install lib\(format.rawValue)-dev and rebuild"
        case .unsupported(_, Self.optimisedForIOS):
            "this PNG was made for iOS apps (CgBI), which only Apple's software reads: save it as an ordinary PNG"
        case .unsupported(let format, let variant): "this kind of \(format.name) is not read (\(variant)): save it as a still 8-bit picture"
        case .damaged(let format, let detail): "the \(format.name) is damaged (\(detail)): get the original again"
        case .tooLarge(let width, let height, let limit):
            "\(width) x \(height) is more than the limit of \(limit) pixels: scale the picture down or raise the limit"
        case .sideTooLong(let width, let height, let limit):
            "a side of \(width) x \(height) is longer than \(limit) pixels: scale the picture down"
        case .tooManyBytes(let count, let limit):
            "the file has \(count) bytes, more than the limit of \(limit): save it smaller or raise the limit"
        case .outOfMemory(let format): "no memory left to process the \(format.name): free some, or scale the picture down"
        case .cannotEncode(let format, let detail):
            "the picture cannot be written as \(format.name) (\(detail)): choose another format or scale it down"
        case .missingFile(let path): "\(path): there is no such file"
        case .unreadableFile(let path, let reason): "\(path): it cannot be read (\(reason)): give a picture's file"
        case .cancelled: "the decoding was ended, as it was asked to"
        case .invalidParameter(let name, let value, let allowed): "\(name) is \(value), allowed: \(allowed)"
        }
    }

    /// The same, for alerts.
    public var errorDescription: String? { description }
}
