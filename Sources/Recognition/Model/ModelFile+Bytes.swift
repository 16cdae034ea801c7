import Foundation
import Imaging
import Learn
import SystemPackage

extension ModelFile {
    /// 2 GiB: more than any model takes.
    static let maximumBytes = 1 << 31

    /// Every byte of a model's file. Of a file that does not begin as one, or is too long, only the start is read.
    /// - Throws: `RecognitionError.missing` or `.inputOutput`; `.damagedModel` that says what the file looks like.
    static func bytes(of url: URL) throws -> [UInt8] {
        let path = FilePath(url.path)
        let file = try OpenFile(path)
        if let reason = foreignness(of: try file.bytes(ImageLimits.startLength), byteCount: file.size) {
            throw RecognitionError.damagedModel(path: path.string, reason: reason)
        }
        return try file.bytes()
    }

    /// Why a file that begins like this is no model's; nil where it may be one.
    private static func foreignness(of start: [UInt8], byteCount: Int) -> String? {
        if let format = ImageFormat(signatureOf: start) { return "it is a \(format.name), not a model: name the model's file first" }
        guard byteCount <= maximumBytes else { return "it has \(byteCount) bytes, a model has at most \(maximumBytes)" }
        // What a model's file begins with is Safetensors' matter; anything else is named here.
        if Safetensors.canBegin(with: start, byteCount: byteCount) { return nil }
        let seen = ForeignFormat(of: start)
        return seen == .unknown ? "it does not begin like a model's file" : "it looks like \(seen.rawValue)"
    }
}
