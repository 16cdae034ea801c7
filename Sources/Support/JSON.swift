import Foundation

/// The one way JSON is written: keys in order and slashes as they are, so that equal values are equal bytes.
package enum JSON {
    /// - Throws: `EncodingError` for numbers that are not finite, and what `value` itself throws.
    package static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// A line of a JSON Lines file, its line feed included.
    package static func line(_ value: some Encodable) throws -> Data {
        try encode(value) + [UInt8(ascii: "\n")]
    }
}
