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

/// The summed-area table of the squares of a gray plane's pixels, modulo 2^32.
///
/// A rectangle's own sum of squares is exact up to 66,051 white pixels: it is read as an unsigned number.
public struct SquaredIntegral: Sendable, Equatable {
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

private func corners(of rect: Rect, in sums: [Int32], columns: Int) -> Int32 {
    let top = rect.y * columns, bottom = rect.maxY * columns
    return sums[top + rect.x] &- sums[top + rect.maxX] &- sums[bottom + rect.x] &+ sums[bottom + rect.maxX]
}

@inline(__always)
private func summedArea(_ gray: Gray, _ value: (UInt8) -> Int32) -> [Int32] {
    let columns = gray.width + 1
    return [Int32](unsafeUninitializedCapacity: columns * (gray.height + 1)) { sums, count in
        gray.pixels.withUnsafeBufferPointer { pixels in
            for x in 0..<columns { sums[x] = 0 }
            for y in 0..<gray.height {
                let row = (y + 1) * columns
                var running: Int32 = 0
                sums[row] = 0
                for x in 0..<gray.width {
                    running &+= value(pixels[y * gray.width + x])
                    sums[row + x + 1] = running &+ sums[row - columns + x + 1]
                }
            }
        }
        count = columns * (gray.height + 1)
    }
}
