/// Crops that show the same face.
package enum CropPairs {
    /// The pairs of crops of two labels that are near-duplicates of each other (`NearDuplicates.areNear`) and within `NearDuplicates.cropBits` bits,
    /// the earlier crop first: one face of one photo, or a copy of its crop. Two people in one photo are no such pair, since their crops differ, nor
    /// are two who look alike in two photos.
    /// - Parameter groups: the crops' near-duplicate groups; a pair lies in one.
    /// - Complexity: O(n + Σ g²) for groups of g crops.
    package static func underTwoLabels(_ crops: [NearDuplicates.Hashes], groups: [Int]) -> [(Int, Int)] {
        let members = Dictionary(grouping: crops.indices) { groups[$0] }
        return members.values.filter { $0.count > 1 }.flatMap { group in
            group.enumerated().flatMap { place, b in
                group[..<place].filter { a in
                    crops[a].label != crops[b].label && crops[a].crop.distance(to: crops[b].crop) <= NearDuplicates.cropBits
                        && NearDuplicates.areNear(crops[a], crops[b])
                }.map { ($0, b) }
            }
        }.sorted { $0 < $1 }
    }
}
