/// The summed-area table for rectangles turned by 45 degrees.
///
/// T(X, Y) is the sum of the pixels with y < Y and |x - X + 1| <= Y - 1 - y: a triangle standing on its tip, which is the pixel
/// (X - 1, Y - 1), one pixel wider to each side with every row upwards, clipped at the plane's borders. Column 0 is not zero.
/// Sums are Int32 and wrap, as in `IntegralImage`.
public struct TiltedIntegral: Sendable, Equatable {
    /// Of the plane; the table has one more of each.
    public let size: Size
    /// (width + 1) x (height + 1) sums, row-major.
    public let sums: [Int32]

    /// Follows T(X, Y) = T(X-1, Y-1) + T(X+1, Y-1) - T(X, Y-2) + p(X-1, Y-1) + p(X-1, Y-2) (Lienhart and Maydt, 2002). A tip one
    /// pixel outside the plane cuts the same triangle as its inner neighbour one row up: T(-1, Y) = T(0, Y-1) and
    /// T(w+1, Y) = T(w, Y-1), which gives the first and the last column.
    /// - Complexity: O(pixels).
    public init(_ gray: Gray) {
        size = gray.size
        let w = gray.width, h = gray.height, columns = w + 1
        sums = [Int32](unsafeUninitializedCapacity: columns * (h + 1)) { t, count in
            gray.pixels.withUnsafeBufferPointer { p in
                for x in 0..<columns { t[x] = 0 }
                for y in 1...h {
                    let row = y * columns, above = row - columns
                    t[row] = t[above + 1]
                    for x in 1...w {
                        var sum = t[above + x - 1] &+ Int32(p[(y - 1) * w + x - 1])
                        if y > 1 {
                            sum &+= Int32(p[(y - 2) * w + x - 1])
                            if x < w { sum &+= t[above + x + 1] &- t[above - columns + x] }
                        }
                        t[row + x] = sum
                    }
                }
            }
            count = columns * (h + 1)
        }
    }

    /// The sum inside the tilted rectangle with its top at (x, y), w pixels along its right and h along its left side:
    /// T(x, y) - T(x - h, y + h) - T(x + w, y + w) + T(x + w - h, y + w + h).
    /// - Precondition: 0 <= x - h, x + w <= width, y + w + h <= height.
    /// - Complexity: O(1).
    public func sum(tilted rect: Rect) -> Int {
        let columns = size.width + 1
        let (x, y, w, h) = (rect.x, rect.y, rect.width, rect.height)
        return Int(
            sums[y * columns + x] &- sums[(y + h) * columns + x - h] &- sums[(y + w) * columns + x + w]
                &+ sums[(y + w + h) * columns + x + w - h])
    }
}
