import Imaging
import Support

/// Groups of pictures that show the same thing: near-duplicates must stay on one side of every split, or the score flatters.
public enum NearDuplicates {
    /// Photos whose hashes differ in at most this many of 256 bits show the same picture.
    public static let photoBits = 26
    /// The same for crops, whose hashes are noisier.
    public static let cropBits = 40

    /// What a picture is compared by.
    public struct Hashes: Sendable {
        /// Of the whole photo; nil where it is not known.
        public var photo: DifferenceHash?
        /// Of the face.
        public var crop: DifferenceHash

        /// Hashes of one picture.
        public init(photo: DifferenceHash?, crop: DifferenceHash) {
            self.photo = photo
            self.crop = crop
        }
    }

    /// A group number for each item: the connected components of "photos within 26 bits or crops within 40", numbered by first member.
    /// - Complexity: near O(n) for pictures that differ, at most O(n²) comparisons of 256 bits: see `NearHashes`.
    public static func groups(of items: [Hashes], threads: Int = availableCores) -> [Int] {
        var groups = UnionFind(count: items.count)
        for edge in NearHashes(items.map(\.crop)).edges(within: cropBits, threads: threads) { groups.join(edge.first, edge.second) }
        let photos = items.indices.compactMap { index in items[index].photo.map { (index: index, hash: $0) } }
        for edge in NearHashes(photos.map(\.hash)).edges(within: photoBits, threads: threads) {
            groups.join(photos[edge.first].index, photos[edge.second].index)
        }
        return groups.groups()
    }

    /// Whether two pictures show the same: photos within 26 bits or crops within 40.
    public static func areNear(_ a: Hashes, _ b: Hashes) -> Bool {
        if a.crop.distance(to: b.crop) <= cropBits { return true }
        guard let photoA = a.photo, let photoB = b.photo else { return false }
        return photoA.distance(to: photoB) <= photoBits
    }
}
