import Imaging
import Support

/// Groups of pictures that show the same thing: near-duplicates must stay on one side of every split, or the score flatters.
public enum NearDuplicates {
    /// Photos whose hashes differ in at most this many of 256 bits show the same picture.
    public static let photoBits = 26
    /// The same for crops, whose hashes are noisier.
    public static let cropBits = 40
    /// Crops within so many bits are copies of one, whatever their labels.
    public static let copyBits = 8

    /// What a picture is compared by.
    public struct Hashes: Sendable {
        /// The number of its label.
        public var label: Int
        /// Of the whole photo; nil where it is not known.
        public var photo: DifferenceHash?
        /// Of the face.
        public var crop: DifferenceHash

        /// Hashes of one picture.
        public init(label: Int, photo: DifferenceHash?, crop: DifferenceHash) {
            self.label = label
            self.photo = photo
            self.crop = crop
        }
    }

    /// A group number for each item: the connected components of "photos within 26 bits, crops of one label within 40, or crops within 8",
    /// numbered by first member.
    ///
    /// Crops of two labels have to be copies: among many people the one or the other pair of faces is within 40 bits by chance, and where each
    /// crop has such a neighbour, chains of them would make one group of nearly all.
    /// - Complexity: near O(n) for pictures that differ, at most O(n²) comparisons of 256 bits: see `NearHashes`.
    public static func groups(of items: [Hashes], threads: Int = availableCores) -> [Int] {
        var groups = UnionFind(count: items.count)
        for edge in NearHashes(items.map(\.crop)).edges(within: copyBits, threads: threads) { groups.join(edge.first, edge.second) }
        for (_, places) in Dictionary(grouping: items.indices, by: { items[$0].label }).sorted(by: { $0.key < $1.key }) {
            let crops = NearHashes(places.map { items[$0].crop })
            for edge in crops.edges(within: cropBits, threads: threads) { groups.join(places[edge.first], places[edge.second]) }
        }
        let photos = items.indices.compactMap { index in items[index].photo.map { (index: index, hash: $0) } }
        for edge in NearHashes(photos.map(\.hash)).edges(within: photoBits, threads: threads) {
            groups.join(photos[edge.first].index, photos[edge.second].index)
        }
        return groups.groups()
    }

    /// Whether two pictures show the same: photos within 26 bits, crops of one label within 40, or crops within 8.
    public static func areNear(_ a: Hashes, _ b: Hashes) -> Bool {
        if a.crop.distance(to: b.crop) <= (a.label == b.label ? cropBits : copyBits) { return true }
        guard let photoA = a.photo, let photoB = b.photo else { return false }
        return photoA.distance(to: photoB) <= photoBits
    }
}
