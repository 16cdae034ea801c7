import Foundation

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
/// 256 bytes decide that, then the file's size is checked, then it is read once. It is not mapped: a mapped file that somebody cuts short
/// meanwhile would end the process.
/// - Throws: `ImagingError.missingFile`, `.unreadableFile`, `.unknownFormat`, `.tooManyBytes`.
func imageFileContents(_ path: String, limits: ImageLimits) throws(ImagingError) -> [UInt8] {
    // Without waiting for a writer, where it is a pipe.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
        if errno == ENOENT || errno == ENOTDIR { throw .missingFile(path: path) }
        throw .unreadableFile(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
        throw .unreadableFile(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unreadableFile(path: path, reason: "it is a folder")
    default: throw .unreadableFile(path: path, reason: "it is not a plain file")
    }
    let start = try read(descriptor, from: 0, count: 256, path: path)
    guard ImageFormat(signatureOf: start) != nil else { throw .unknownFormat(ForeignFormat(of: start)) }
    let count = Int(status.st_size)
    guard count <= limits.maximumBytes else { throw .tooManyBytes(count: count, limit: limits.maximumBytes) }
    return try read(descriptor, from: 0, count: count, path: path)
}

/// Up to `count` bytes from `offset` on; fewer where the file ends.
private func read(_ descriptor: Int32, from offset: Int, count: Int, path: String) throws(ImagingError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
        while initialized < count {
            let got = pread(descriptor, target.baseAddress! + initialized, count - initialized, off_t(offset + initialized))
            if got > 0 {
                initialized += got
            } else if got == 0 {
                return
            } else if errno != EINTR {
                failure = errno
                return
            }
        }
    }
    guard failure == 0 else { throw .unreadableFile(path: path, reason: String(cString: strerror(failure)).lowercased()) }
    return bytes
}
