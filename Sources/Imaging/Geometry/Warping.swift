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
        warped(by: [(warp, size)])[0]
    }

    /// The plane seen through several warps, equal to one after the other; block means of one factor are made once for all of
    /// them.
    package func warped(by views: [(warp: SimilarityWarp, size: Size)]) -> [Gray] {
        let plans = views.map { WarpPlan($0.warp, from: size, to: $0.size) }
        var sources: [Int: (region: Rect, plane: Gray)] = [1: (bounds, self)]
        for factor in Set(plans.map(\.factor)) where factor > 1 {
            let regions = plans.filter { $0.factor == factor }.map(\.region)
            let region = regions.dropFirst().reduce(regions[0]) { $0.union($1) }
            let reduced = Size(width: region.width / factor, height: region.height / factor)
            let part = region == bounds ? self : cropped(to: region)
            sources[factor] = (region, part.resizedArea(to: reduced))
        }
        return zip(plans, views).map { plan, view in
            let (region, plane) = sources[plan.factor]!
            let part = plan.part(of: region)
            let source = part == plane.bounds ? plane : plane.cropped(to: part)
            let pixels = warpedPixels(source.pixels, source.size, channels: 1, plan.warp, view.size)
            return Gray(width: view.size.width, height: view.size.height, pixels: pixels)
        }
    }

    /// The plane with left and right exchanged.
    public func mirrored() -> Gray {
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count)
        for y in 0..<height { result.append(contentsOf: pixels[y * width..<(y + 1) * width].reversed()) }
        return Gray(width: width, height: height, pixels: result)
    }
}
