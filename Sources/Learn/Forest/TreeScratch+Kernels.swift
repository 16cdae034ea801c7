import Support

/// What one tree is grown in: as many places as there are rows.
final class TreeScratch {
    private let places: KernelMemory<Int32>
    private let words: KernelMemory<UInt64>
    /// Row numbers, each once, those of a node being neighbours.
    let members: UnsafeMutablePointer<Int32>
    /// class << 16 | multiplicity of each row: the lower part of its sorting key.
    let marks: UnsafeMutablePointer<UInt64>
    let keys: UnsafeMutablePointer<UInt64>
    let spare: UnsafeMutablePointer<UInt64>

    init(rows: Int) {
        places = KernelMemory(repeating: 0, count: rows)
        words = KernelMemory(repeating: 0, count: 3 * rows)
        members = places.start
        marks = words.start
        keys = words.start + rows
        spare = words.start + 2 * rows
    }
}
