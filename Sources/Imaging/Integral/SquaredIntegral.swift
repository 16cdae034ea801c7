/// The summed-area table of the squares of a gray plane's pixels, modulo 2^32.
///
/// A rectangle's own sum of squares is exact up to 66,051 white pixels: it is read as an unsigned number.
public struct SquaredIntegral: Sendable, Equatable {
    /// Of the plane; the table has one more of each.
    public let size: Size
    /// (width + 1) x (height + 1) sums, row-major.
    public let sums: [Int32]

    /// - Complexity: O(pixels).
    public init(_ gray: Gray) {
        size = gray.size
        sums = summedArea(gray) { Int32($0) &* Int32($0) }
    }

    /// - Precondition: `rect` lies inside the plane.
    /// - Complexity: O(1).
    public func sum(in rect: Rect) -> Int {
        Int(UInt32(bitPattern: corners(of: rect, in: sums, columns: size.width + 1)))
    }
}
