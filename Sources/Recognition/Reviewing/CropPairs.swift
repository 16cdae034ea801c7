import Imaging

/// Crops that show the same face.
enum CropPairs {
    /// The pairs of crops of different classes whose hashes differ in at most `NearDuplicates.cropBits` bits and which are near-duplicates by their
    /// photos, or copies, the earlier crop first. Two people in one photo are no such pair: their crops differ.
    /// - Parameter groups: the crops' near-duplicate groups; a pair lies in one.
    /// - Complexity: O(n + Σ g²) for groups of g crops.
    static func underTwoLabels(classes: [Int], groups: [Int], hashes: [DifferenceHash]) -> [(Int, Int)] {
        let members = Dictionary(grouping: classes.indices) { groups[$0] }
        return members.values.filter { $0.count > 1 }.flatMap { group in
            group.enumerated().flatMap { place, b in
                group[..<place].filter { a in
                    classes[a] != classes[b] && hashes[a].distance(to: hashes[b]) <= NearDuplicates.cropBits
                }.map { ($0, b) }
            }
        }.sorted { $0 < $1 }
    }
}
