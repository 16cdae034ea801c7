/// A place in a picture in pixels, the centre of the top left pixel being (0, 0).
public typealias Place = SIMD2<Double>

/// A rotation, uniform scaling and shift from places in a new picture to places in a source:
/// x = a u - b v + shift.x, y = b u + a v + shift.y.
public struct SimilarityWarp: Hashable, Sendable {
    public let a: Double
    public let b: Double
    public let shift: Place

    /// Source pixels for one pixel of the new picture.
    public var scale: Double { (a * a + b * b).squareRoot() }

    public init(a: Double, b: Double, shift: Place) {
        self.a = a
        self.b = b
        self.shift = shift
    }

    /// The warp that brings two places of the source, such as the centres of the eyes, to two places of the new picture.
    /// - Throws: `DescriptorError.eyesCoincide` when either pair is one place.
    public init(bringing source: (Place, Place), to target: (Place, Place)) throws(DescriptorError) {
        let (s, t) = (source.1 - source.0, target.1 - target.0)
        let square = t.x * t.x + t.y * t.y
        guard square > 0, s.x * s.x + s.y * s.y > 0 else { throw .eyesCoincide }
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

extension Image {
    /// The picture seen through a warp: `size` pixels, each interpolated between its four neighbours in the source, which
    /// continues its border pixels outside.
    ///
    /// Where the warp shrinks by 2 or more, the source is first reduced by the whole part of the factor with block means, so
    /// that every source pixel counts.
    /// - Complexity: O(new pixels x scale^2).
    public func warped(by warp: SimilarityWarp, to size: Size) -> Image {
        let plan = WarpPlan(warp, from: self.size, to: size)
        let source = plan.region == bounds ? self : cropped(to: plan.region)
        let reduced = plan.factor == 1 ? source : source.resizedArea(to: plan.reducedSize)
        let pixels = warpedPixels(reduced.pixels, reduced.size, channels: 3, plan.warp, size)
        return Image(width: size.width, height: size.height, pixels: pixels)
    }
}

extension Gray {
    /// As `Image.warped(by:to:)`.
    public func warped(by warp: SimilarityWarp, to size: Size) -> Gray {
        let plan = WarpPlan(warp, from: self.size, to: size)
        let source = plan.region == bounds ? self : cropped(to: plan.region)
        let reduced = plan.factor == 1 ? source : source.resizedArea(to: plan.reducedSize)
        let pixels = warpedPixels(reduced.pixels, reduced.size, channels: 1, plan.warp, size)
        return Gray(width: size.width, height: size.height, pixels: pixels)
    }

    /// The plane with left and right exchanged.
    public func mirrored() -> Gray {
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count)
        for y in 0..<height { result.append(contentsOf: pixels[y * width..<(y + 1) * width].reversed()) }
        return Gray(width: width, height: height, pixels: result)
    }
}

/// Which part of a source a warp reads, by how much that is reduced first, and the warp from the reduced part.
private struct WarpPlan {
    let factor: Int
    let region: Rect
    let warp: SimilarityWarp

    var reducedSize: Size { Size(width: region.width / factor, height: region.height / factor) }

    init(_ warp: SimilarityWarp, from source: Size, to size: Size) {
        precondition(size.width > 0 && size.height > 0, "a warped picture has at least one pixel")
        let factor = max(1, Int(min(warp.scale, Double(min(source.width, source.height)))))
        let right = Double(size.width - 1)
        let bottom = Double(size.height - 1)
        let corners = [Place(0, 0), Place(right, 0), Place(0, bottom), Place(right, bottom)].map { warp.source(of: $0) }
        /// Whole blocks of `factor` pixels, one block wider than what is read.
        func range(_ values: [Double], _ limit: Int) -> (start: Int, count: Int) {
            let margin = Double(2 * factor)
            let low = min(max((values.min() ?? 0) - margin, 0), Double(limit - 1))
            let high = min(max((values.max() ?? 0) + margin, 0), Double(limit - 1))
            let blocks = limit / factor
            let first = min(Int(low) / factor, blocks - 1)
            let last = min(Int(high) / factor, blocks - 1)
            return (first * factor, (last - first + 1) * factor)
        }
        let (columns, rows) = (range(corners.map(\.x), source.width), range(corners.map(\.y), source.height))
        self.factor = factor
        region = Rect(x: columns.start, y: rows.start, width: columns.count, height: rows.count)
        // Block i covers pixels i * factor ..< (i + 1) * factor: its centre lies (factor - 1) / 2 behind its first pixel.
        let f = Double(factor)
        let corner = Place(Double(columns.start), Double(rows.start)) + (f - 1) / 2
        self.warp = SimilarityWarp(a: warp.a / f, b: warp.b / f, shift: (warp.shift - corner) / f)
    }
}
