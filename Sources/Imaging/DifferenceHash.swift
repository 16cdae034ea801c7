/// A 256-bit perceptual hash: near-duplicate pictures differ in few of its bits.
///
/// The gray picture is area-resized to 17x16; bit (row, column) is set when a pixel is darker than its right neighbour, so
/// each row gives 16 bits. Brightness, contrast, size and compression change little of it. Sources smaller than 17x16 are
/// enlarged by the same resize, which is defined for them too.
///
/// Bits stand in row-major order, the top left one first (most significant in the hexadecimal form).
public struct DifferenceHash: Hashable, Sendable, Codable, CustomStringConvertible, LosslessStringConvertible {
    /// The 256 bits, 64 in each word.
    public let words: [UInt64]

    /// The hash of a gray plane.
    /// - Complexity: O(pixels).
    public init(of gray: Gray) {
        let small = gray.resizedArea(to: Size(width: 17, height: 16)).pixels
        var words = [UInt64](repeating: 0, count: 4)
        for row in 0..<16 {
            for column in 0..<16 where small[17 * row + column] < small[17 * row + column + 1] {
                let bit = 16 * row + column
                words[bit / 64] |= 1 << UInt64(63 - bit % 64)
            }
        }
        self.words = words
    }

    /// The hash of an image's luma plane.
    public init(of image: Image) {
        self.init(of: image.grayscale())
    }

    /// The hash written as 64 hexadecimal digits; nil for any other text.
    public init?(_ description: String) {
        let digits = Array(description.utf8)
        guard digits.count == 64 else { return nil }
        var words = [UInt64](repeating: 0, count: 4)
        for (i, digit) in digits.enumerated() {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
            default: return nil
            }
            words[i / 16] = words[i / 16] << 4 | UInt64(value)
        }
        self.words = words
    }

    /// How many of the 256 bits differ.
    public func distance(to other: DifferenceHash) -> Int {
        zip(words, other.words).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
    }

    /// 64 lowercase hexadecimal digits.
    public var description: String {
        words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Reads what `encode(to:)` writes.
    /// - Throws: `DecodingError` for anything but 64 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = DifferenceHash(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected 64 hexadecimal digits, found \"\(text)\"")
        }
        self = hash
    }

    /// Written as the text of `description`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
