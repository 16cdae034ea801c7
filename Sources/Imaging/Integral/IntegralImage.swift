/// The summed-area table of a gray plane: S(X, Y) is the sum of all pixels with x < X and y < Y.
///
/// It has one column and one row more than the plane; row 0 and column 0 are zero. For the plane
///
///     1 2 3        0 0 0  0
///     4 5 6   S =  0 1 3  6
///                  0 5 12 21
///
/// the right four pixels sum to S(3, 2) - S(1, 2) - S(3, 0) + S(1, 0) = 21 - 5 - 0 + 0 = 16.
/// - Note: Sums are Int32 and wrap past 8,421,504 white pixels. A rectangle's own sum is the wrapping difference of corners, so
///   it stays exact as long as the rectangle itself holds no more than that.
public struct IntegralImage: Sendable, Equatable {
    /// Of the plane; the table has one more of each.
    public let size: Size
    /// (width + 1) x (height + 1) sums, row-major.
    public let sums: [Int32]

    /// - Complexity: O(pixels).
    public init(_ gray: Gray) {
        size = gray.size
        sums = summedArea(gray) { Int32($0) }
    }

    /// The sum of the pixels inside `rect`: S(maxX, maxY) - S(x, maxY) - S(maxX, y) + S(x, y).
    /// - Precondition: `rect` lies inside the plane.
    /// - Complexity: O(1).
    public func sum(in rect: Rect) -> Int {
        Int(corners(of: rect, in: sums, columns: size.width + 1))
    }
}
