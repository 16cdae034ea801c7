/// A rotation, uniform scaling and shift from places in a new picture to places in a source:
/// x = a u - b v + shift.x, y = b u + a v + shift.y.
public struct SimilarityWarp: Hashable, Sendable {
    /// Scale times the cosine of the turn.
    public let a: Double
    /// Scale times the sine of the turn.
    public let b: Double
    /// Where the new picture's place (0, 0) lies in the source.
    public let shift: Place

    /// Source pixels for one pixel of the new picture.
    public var scale: Double { (a * a + b * b).squareRoot() }

    /// The warp x = a u - b v + shift.x, y = b u + a v + shift.y.
    public init(a: Double, b: Double, shift: Place) {
        self.a = a
        self.b = b
        self.shift = shift
    }

    /// The warp that brings two places of the source, such as the centres of the eyes, to two places of the new picture.
    /// - Throws: `DescriptorError.placesCoincide` when either pair is one place.
    public init(bringing source: (Place, Place), to target: (Place, Place)) throws(DescriptorError) {
        let (s, t) = (source.1 - source.0, target.1 - target.0)
        let square = t.x * t.x + t.y * t.y
        guard square > 0, s.x * s.x + s.y * s.y > 0 else { throw .placesCoincide }
        a = (s.x * t.x + s.y * t.y) / square
        b = (s.y * t.x - s.x * t.y) / square
        shift = [source.0.x - a * target.0.x + b * target.0.y, source.0.y - b * target.0.x - a * target.0.y]
    }

    /// The warp that spreads a rectangle over a new picture of `size`, edge to edge.
    /// - Precondition: the rectangle is not empty and `size` has the same proportions.
    public init(spreading rect: Rect, over size: Size) {
        a = Double(rect.width) / Double(size.width)
        b = 0
        // Pixel centres lie half a pixel inside the edges.
        shift = [Double(rect.x) + 0.5 * a - 0.5, Double(rect.y) + 0.5 * a - 0.5]
    }

    /// Where a place of the new picture lies in the source.
    public func source(of place: Place) -> Place {
        [a * place.x - b * place.y + shift.x, b * place.x + a * place.y + shift.y]
    }
}
