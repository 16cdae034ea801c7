import Crypto
import Foundation
import Imaging
import Support
import SystemPackage

/// Whole files as bytes, and their digests.
package enum FileBytes {
    /// Every byte of a plain file.
    /// - Throws: `RecognitionError.missing` or `.inputOutput` naming the file.
    package static func read(_ path: FilePath) throws(RecognitionError) -> [UInt8] {
        try OpenFile(path).bytes()
    }

    /// The same for a URL.
    package static func read(_ url: URL) throws(RecognitionError) -> [UInt8] { try read(FilePath(url.path)) }

    /// Every byte of a photo. Of a file that starts as no photo does only the start is read, and of one that is too large nothing
    /// but its size.
    /// - Throws: `RecognitionError.missing` or `.inputOutput`; `ImagingError.unknownFormat`; `PhotoTooLong`.
    package static func readPhoto(_ path: FilePath, atMost limit: Int = standardPhotoLimit) throws -> [UInt8] {
        let file = try OpenFile(path)
        let start = try file.start(256)
        guard ImageFormat(signatureOf: start) != nil else { throw ImagingError.unknownFormat(ForeignFormat(of: start)) }
        guard file.size <= limit else { throw PhotoTooLong(bytes: file.size, limit: limit) }
        return try file.bytes()
    }

    /// 256 MiB: more than any photo takes.
    package static let standardPhotoLimit = 1 << 28

    /// A photo's file is longer than it may be.
    package struct PhotoTooLong: Error, CustomStringConvertible {
        package var bytes: Int
        package var limit: Int
        package var description: String { "it has \(bytes) bytes; at most \(limit) are read" }
    }

    /// SHA-256 as 64 hexadecimal digits.
    package static func sha256(_ bytes: [UInt8]) -> String {
        Hexadecimal.string(SHA256.hash(data: bytes))
    }
}
