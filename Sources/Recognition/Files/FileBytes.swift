import Crypto
import Foundation

/// Whole files as bytes, and their digests.
public enum FileBytes {
    /// - Throws: `RecognitionError.missing` or `.inputOutput` naming the file.
    public static func read(_ url: URL) throws -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: url))
        } catch {
            guard FileManager.default.fileExists(atPath: url.path) else {
                throw RecognitionError.missing(path: url.path, what: "file")
            }
            throw RecognitionError.inputOutput(path: url.path, reason: (error as NSError).localizedDescription)
        }
    }

    /// SHA-256 as 64 hexadecimal digits.
    public static func sha256(_ bytes: [UInt8]) -> String {
        hexadecimal(SHA256.hash(data: bytes))
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
