import CCodecs

/// Which stored pixels are decoded, and as what.
struct DecodedPart {
    /// In the pixels of the reduced picture.
    var region: Rect
    var reduction = Reduction.full
    /// 3 for R, G, B, 1 for luma.
    var channels = 3

    /// The whole of a picture that has `size` after its reduction.
    init(_ size: Size, reduction: Reduction = .full, channels: Int = 3) {
        region = Rect(x: 0, y: 0, width: size.width, height: size.height)
        self.reduction = reduction
        self.channels = channels
    }

    /// A part of the unreduced picture.
    init(_ region: Rect) { self.region = region }
}

/// Scans of a progressive JPEG; encoders write about ten, and each costs a walk over the whole picture.
private let maximumScans: Int32 = 100

/// The stored pixels of a part, decoded straight into the array that is returned.
/// - Precondition: of a PNG or a WebP, the whole picture in R, G, B.
func storedPixels(_ bytes: ByteReader, header: ImageHeader, part: DecodedPart, isCancelled: (@Sendable () -> Bool)?) throws(ImagingError)
    -> [UInt8]
{
    if isCancelled?() == true { throw .cancelled }
    let (stored, region) = (header.storedSize, part.region)
    precondition(
        header.format == .jpeg || region.size == stored && part.channels == 3, "only JPEG is decoded in parts")
    let width = UInt32(stored.width), height = UInt32(stored.height)
    let jpegPart = lineup_part(
        denominator: UInt32(part.reduction.rawValue), channels: UInt32(part.channels), left: UInt32(region.x), top: UInt32(region.y),
        width: UInt32(region.width), height: UInt32(region.height))
    let file = bytes.bytes.bindMemory(to: UInt8.self)
    var message = lineup_message()
    var status = LINEUP_DAMAGED
    let asked = isCancelled.map(Question.init)
    let watch = asked.map(\.watch) ?? lineup_watch()
    defer { withExtendedLifetime(asked) {} }
    let pixels = [UInt8](unsafeUninitializedCapacity: part.channels * region.area) { target, count in
        let start = target.baseAddress!
        switch header.format {
        case .jpeg:
            status = lineup_jpeg_decode(file.baseAddress, file.count, width, height, jpegPart, maximumScans, watch, start, &message)
        case .png: status = lineup_png_decode(file.baseAddress, file.count, width, height, watch, start, &message)
        case .webp: status = lineup_webp_decode(file.baseAddress, file.count, width, height, start, &message)
        }
        // A decoder that fails may have left bytes unwritten: none of them is handed on.
        count = status == LINEUP_OK ? part.channels * region.area : 0
    }
    try check(status, header.format, message)
    return pixels
}

/// A question that C code asks while its owner lives.
private final class Question {
    private let isCancelled: @Sendable () -> Bool

    init(_ isCancelled: @escaping @Sendable () -> Bool) { self.isCancelled = isCancelled }

    /// For one decoder, which asks it from the calling thread alone.
    var watch: lineup_watch {
        lineup_watch(
            goes_on: { !Unmanaged<Question>.fromOpaque($0!).takeUnretainedValue().isCancelled() },
            context: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()))
    }
}

/// The size of a WebP's canvas, and whether it is an animation.
func webpCanvas(_ bytes: ByteReader) throws(ImagingError) -> (Size, isAnimation: Bool) {
    var width: UInt32 = 0
    var height: UInt32 = 0
    var animated = false
    var message = lineup_message()
    let file = bytes.bytes.bindMemory(to: UInt8.self)
    let status = lineup_webp_header(file.baseAddress, file.count, &width, &height, &animated, &message)
    try check(status, .webp, message)
    return (Size(width: Int(width), height: Int(height)), animated)
}

/// Throws what a status of the C side means.
private func check(_ status: lineup_status, _ format: ImageFormat, _ message: lineup_message) throws(ImagingError) {
    switch status {
    case LINEUP_OK: return
    case LINEUP_UNSUPPORTED: throw .unsupported(format, variant: message.string)
    case LINEUP_NOT_BUILT_IN: throw .notBuiltIn(format)
    case LINEUP_OUT_OF_MEMORY: throw .outOfMemory(format)
    case LINEUP_STOPPED: throw .cancelled
    default: throw .damaged(format, detail: message.string)
    }
}

extension lineup_message {
    var string: String {
        withUnsafeBytes(of: text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
