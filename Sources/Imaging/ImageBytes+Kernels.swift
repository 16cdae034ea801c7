import Foundation
import Support

/// The bytes of a file in memory, as they were handed over.
enum ImageBytes: Sendable {
    case array([UInt8])
    case data(Data)

    /// Lends the bytes to `body`.
    func withReader<R, E: Error>(_ body: (ByteReader) throws(E) -> R) throws(E) -> R {
        switch self {
        case .array(let bytes):
            return try bytes.withUnsafeBufferPointer { (bytes) throws(E) -> R in try body(ByteReader(UnsafeRawBufferPointer(bytes))) }
        case .data(let data):
            let result = data.withUnsafeBytes { bytes in
                Result { () throws(E) -> R in try body(ByteReader(bytes)) }
            }
            return try result.get()
        }
    }
}

/// The contents of a file that begins like a picture.
///
/// 256 bytes decide that, then the file's size is checked, then it is read once.
/// - Throws: `ImagingError.missingFile`, `.unreadableFile`, `.unknownFormat`, `.tooManyBytes`.
func imageFileContents(_ path: String, limits: ImageLimits) throws(ImagingError) -> [UInt8] {
    func failure(_ fault: PlainFile.Fault) -> ImagingError {
        fault == .missing ? .missingFile(path: path) : .unreadableFile(path: path, reason: fault.reason)
    }
    let file: PlainFile
    do { file = try PlainFile(path) } catch { throw failure(error) }
    let start: [UInt8]
    do { start = try file.bytes(ImageLimits.startLength) } catch { throw failure(error) }
    try limits.check(start: start, of: file.size)
    do { return try file.bytes() } catch { throw failure(error) }
}
