import Foundation

/// The pictures of `ImagingTests/Fixtures/make_resize.py`, and the hash it stores of results.
package enum Synthetic {
    /// A random walk of `count` bytes.
    package static func pixels(_ count: Int, seed: UInt32, step: UInt32) -> [UInt8] {
        var state = seed
        var value: UInt32 = 128
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            value = (value &+ (state >> 16) % step &- step / 2) & 255
            return UInt8(value)
        }
    }

    /// FNV-1a in 32 bits.
    package static func fnv(_ bytes: [UInt8]) -> UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    /// A JSON file of `ImagingTests/Fixtures`.
    package static func fixture<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T {
        let url = SharedData.root.appendingPathComponent("Tests/ImagingTests/Fixtures/\(name)")
        return try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }
}
