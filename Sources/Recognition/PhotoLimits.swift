import Cascade
import Imaging

/// What the naming of one photo may take, in every stage of its way.
public struct PhotoLimits: Sendable {
    /// What the decoder accepts.
    public var image: ImageLimits
    /// The most faces that are named, the largest first.
    public var faces: Int
    /// What the searches may take; a budget in them is checked in all stages, decoding included.
    public var search: SearchLimits

    /// - Parameters:
    ///   - image: What the decoder accepts.
    ///   - faces: The most faces that are named, the largest first.
    ///   - search: What the searches may take.
    public init(image: ImageLimits = .standard, faces: Int = .max, search: SearchLimits = .none) {
        self.image = image
        self.faces = faces
        self.search = search
    }

    /// The decoder's standard limits, and none besides.
    public static let standard = PhotoLimits()

    /// A photo whose pixels can be decoded until the budget is spent.
    /// - Throws: `ImagingError`.
    public func open(_ bytes: [UInt8]) throws(ImagingError) -> EncodedImage {
        var photo = try EncodedImage(bytes, limits: image)
        if let budget = search.budget { photo.isCancelled = { budget.isSpent } }
        return photo
    }

    /// The `faces` largest of `found` in their order, and the others in theirs.
    /// - Complexity: O(n log n).
    package func parted(_ found: [FoundFace]) -> (named: [FoundFace], others: [FoundFace]) {
        let bySize = found.indices.sorted { (found[$1].box.area, $0) < (found[$0].box.area, $1) }
        let chosen = Set(bySize.prefix(faces))
        return (
            found.indices.filter(chosen.contains).map { found[$0] }, found.indices.filter { !chosen.contains($0) }.map { found[$0] }
        )
    }
}
