extension Tensor {
    /// The bytes of words, as they stand in memory.
    package static func bytes<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
        words.withUnsafeBytes { Array($0) }
    }

    /// The bytes as words; what does not fill a word at the end is left out.
    func words<Word: FixedWidthInteger>(_ type: Word.Type) -> [Word] {
        bytes.withUnsafeBytes { raw in
            (0..<raw.count / MemoryLayout<Word>.size).map {
                raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Word>.size, as: Word.self)
            }
        }
    }
}
