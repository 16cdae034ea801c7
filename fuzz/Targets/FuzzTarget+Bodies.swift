import Foundation
import Serve

extension FuzzTarget {
    /// Bodies of requests: the first line is the Content-Type, the rest the body. Base64 is read as Foundation reads it, where that does.
    static let body = FuzzTarget(name: "body") { bytes in
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let body = Array(bytes.dropFirst(line.count + 1))
        let limits = RequestLimits(bytes: 1 << 16, photos: 4, parts: 8)
        for acceptsForm in [false, true] {
            guard let kind = try? PhotoBody(contentType: String(decoding: line, as: UTF8.self), acceptsForm: acceptsForm),
                let photos = try? kind.photos(in: body, fields: ["image", "file"], limits: limits)
            else { continue }
            try require((1...limits.photos).contains(photos.count), "\(photos.count) photos")
            try require(photos.allSatisfy { (1...limits.bytes).contains($0.bytes.count) }, "\(photos.map(\.bytes.count)) bytes")
        }
        _ = try? DataURL.photo(in: body)
        if let expected = Data(base64Encoded: Data(body)), let found = try? Base64.decode(body) {
            try require(found == [UInt8](expected), "base64 is read otherwise than by Foundation")
        }
    }

    /// Multipart bodies with the boundary `XX`: parts lie in the body, one behind the other.
    static let multipart = FuzzTarget(name: "multipart") { bytes in
        guard let parts = try? MultipartReader(body: bytes, boundary: "XX", maximumParts: 8).parts() else { return }
        try require(parts.count <= 8, "\(parts.count) parts")
        var end = 0
        for part in parts {
            try require(part.content.lowerBound >= end && part.content.upperBound <= bytes.count, "a part at \(part.content)")
            end = part.content.upperBound
        }
    }
}
