import Imaging

/// Groups of pictures that show the same thing: near-duplicates must stay on one side of every split, or the score flatters.
public enum NearDuplicates {
    /// Photos whose hashes differ in at most this many of 256 bits show the same picture.
    public static let photoBits = 26
    /// The same for crops, whose hashes are noisier.
    public static let cropBits = 40

    public struct Hashes: Sendable {
        public var photo: DifferenceHash?
        public var crop: DifferenceHash

        public init(photo: DifferenceHash?, crop: DifferenceHash) {
            self.photo = photo
            self.crop = crop
        }
    }

    /// A group number for each item: the connected components of "photos within 26 bits or crops within 40", numbered by first member.
    /// - Complexity: O(n²) distances of 256 bits.
    public static func groups(of items: [Hashes]) -> [Int] {
        var parent = Array(items.indices)
        func root(_ i: Int) -> Int {
            var node = i
            while parent[node] != node {
                parent[node] = parent[parent[node]]
                node = parent[node]
            }
            return node
        }
        for i in items.indices {
            for j in 0..<i where areNear(items[i], items[j]) {
                let (a, b) = (root(i), root(j))
                parent[max(a, b)] = min(a, b)
            }
        }
        var numbers: [Int: Int] = [:]
        return items.indices.map { i in
            let r = root(i)
            if let known = numbers[r] { return known }
            let number = numbers.count
            numbers[r] = number
            return number
        }
    }

    public static func areNear(_ a: Hashes, _ b: Hashes) -> Bool {
        if a.crop.distance(to: b.crop) <= cropBits { return true }
        guard let photoA = a.photo, let photoB = b.photo else { return false }
        return photoA.distance(to: photoB) <= photoBits
    }
}
