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
        precondition(size.width > 0 && size.height > 0, "a warped picture has at least one pixel")
        let factor = max(1, Int(min(warp.scale, Double(max(width, height)))))
        let region = warpRegion(warp, size, factor: factor)
        var source = self
        var reduced = warp
        if factor > 1 || region != bounds {
            source = cropped(to: region)
            if factor > 1 { source = source.resizedArea(to: Size(width: region.width / factor, height: region.height / factor)) }
            // Block i covers pixels i * factor ..< (i + 1) * factor: its centre lies (factor - 1) / 2 behind its first pixel.
            let f = Double(factor)
            let corner = Place(Double(region.x), Double(region.y)) + (f - 1) / 2
            reduced = SimilarityWarp(a: warp.a / f, b: warp.b / f, shift: (warp.shift - corner) / f)
        }
        return Image(width: size.width, height: size.height, pixels: interpolated(source, reduced, size))
    }

    /// The part of the source a warp reads, as whole blocks of `factor` pixels, inside the picture.
    private func warpRegion(_ warp: SimilarityWarp, _ size: Size, factor: Int) -> Rect {
        let right = Double(size.width - 1)
        let bottom = Double(size.height - 1)
        let corners = [Place(0, 0), Place(right, 0), Place(0, bottom), Place(right, bottom)].map { warp.source(of: $0) }
        func range(_ values: [Double], _ limit: Int) -> (start: Int, count: Int) {
            let margin = Double(2 * factor)
            let low = min(max((values.min() ?? 0) - margin, 0), Double(limit - 1))
            let high = min(max((values.max() ?? 0) + margin, 0), Double(limit - 1))
            let blocks = limit / factor
            let first = min(Int(low) / factor, blocks - 1)
            let last = min(Int(high) / factor, blocks - 1)
            return (first * factor, (last - first + 1) * factor)
        }
        if width < factor || height < factor { return bounds }
        let (columns, rows) = (range(corners.map(\.x), width), range(corners.map(\.y), height))
        return Rect(x: columns.start, y: rows.start, width: columns.count, height: rows.count)
    }
}

/// Every pixel of a new picture, interpolated in Float between four source pixels and rounded to even.
private func interpolated(_ source: Image, _ warp: SimilarityWarp, _ size: Size) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(3 * size.area)
    let (lastX, lastY) = (Double(source.width - 1), Double(source.height - 1))
    source.pixels.withUnsafeBufferPointer { pixels in
        for v in 0..<size.height {
            for u in 0..<size.width {
                let place = warp.source(of: Place(Double(u), Double(v)))
                let (x, y) = (min(max(place.x, 0), lastX), min(max(place.y, 0), lastY))
                let (left, top) = (Int(x), Int(y))
                let (right, bottom) = (min(left + 1, source.width - 1), min(top + 1, source.height - 1))
                let (fx, fy) = (Float(x - Double(left)), Float(y - Double(top)))
                for channel in 0..<3 {
                    func pixel(_ column: Int, _ row: Int) -> Float { Float(pixels[3 * (row * source.width + column) + channel]) }
                    let upper = pixel(left, top) * (1 - fx) + pixel(right, top) * fx
                    let lower = pixel(left, bottom) * (1 - fx) + pixel(right, bottom) * fx
                    result.append(UInt8((upper * (1 - fy) + lower * fy).rounded(.toNearestOrEven)))
                }
            }
        }
    }
    return result
}
