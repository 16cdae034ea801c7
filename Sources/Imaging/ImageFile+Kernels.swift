import CCodecs

extension ImageFile {
    /// Scans of a progressive JPEG; encoders write about ten, and each costs a walk over the whole picture.
    static let maximumScans: Int32 = 100

    /// The stored pixels, decoded straight into the array that is returned.
    static func pixels(_ bytes: [UInt8], header: ImageHeader) throws(ImagingError) -> [UInt8] {
        let size = header.storedSize
        let width = UInt32(size.width), height = UInt32(size.height)
        var message = lineup_message()
        var status = LINEUP_DAMAGED
        let pixels = [UInt8](unsafeUninitializedCapacity: 3 * size.area) { target, count in
            let rgb = target.baseAddress!
            switch header.format {
            case .jpeg: status = lineup_jpeg_decode(bytes, bytes.count, width, height, maximumScans, rgb, &message)
            case .png: status = lineup_png_decode(bytes, bytes.count, width, height, rgb, &message)
            case .webp: status = lineup_webp_decode(bytes, bytes.count, width, height, rgb, &message)
            }
            // A decoder that fails may have left bytes unwritten: none of them is handed on.
            count = status == LINEUP_OK ? 3 * size.area : 0
        }
        try check(status, header.format, message)
        return pixels
    }

    /// Throws what a status of the C side means.
    static func check(_ status: lineup_status, _ format: ImageFormat, _ message: lineup_message) throws(ImagingError) {
        switch status {
        case LINEUP_OK: return
        case LINEUP_UNSUPPORTED: throw .unsupported(format, variant: text(message))
        case LINEUP_NOT_BUILT_IN: throw .notBuiltIn(format)
        case LINEUP_OUT_OF_MEMORY: throw .outOfMemory(format)
        default: throw .damaged(format, detail: text(message))
        }
    }

    static func text(_ message: lineup_message) -> String {
        withUnsafeBytes(of: message.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
