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

    /// Every byte of a photo. Of a file that starts as no photo does, or is longer than `limits.maximumBytes`, only the start is read.
    /// - Throws: `RecognitionError.missing` or `.inputOutput`; `ImagingError.unknownFormat` or `.tooManyBytes`.
    package static func readPhoto(_ path: FilePath, within limits: ImageLimits = .standard) throws -> [UInt8] {
        let file = try OpenFile(path)
        try limits.check(start: try file.bytes(ImageLimits.startLength), of: file.size)
        return try file.bytes()
    }

    /// The same for a URL.
    package static func readPhoto(_ url: URL, within limits: ImageLimits = .standard) throws -> [UInt8] {
        try readPhoto(FilePath(url.path), within: limits)
    }

    /// SHA-256 as 64 hexadecimal digits.
    package static func sha256(_ bytes: [UInt8]) -> String {
        Hexadecimal.string(SHA256.hash(data: bytes))
    }
}
