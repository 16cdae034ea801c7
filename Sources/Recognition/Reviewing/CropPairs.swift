import Imaging

/// Crops that show the same face.
enum CropPairs {
    /// Pairs of crops of different classes whose hashes differ in at most `NearDuplicates.cropBits` bits, the earlier crop first: not every such
    /// pair, but of crops that chains of near ones connect enough to connect them all. Two people in one photo are no such pair: their crops
    /// differ.
    /// - Complexity: as `NearHashes.edges(within:threads:comparing:)`.
    static func underTwoLabels(classes: [Int], hashes: [DifferenceHash], threads: Int) -> [(Int, Int)] {
        NearHashes(hashes).edges(within: NearDuplicates.cropBits, threads: threads)
            .filter { classes[$0.first] != classes[$0.second] }
            .map { (min($0.first, $0.second), max($0.first, $0.second)) }
            .sorted { $0 < $1 }
    }
}
