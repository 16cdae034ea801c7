/// How much smaller a picture is decoded: its sides are divided by the raw value.
public enum Reduction: Int, CaseIterable, Hashable, Sendable {
    /// Every pixel.
    case full = 1
    /// Half of each side.
    case half = 2
    /// A quarter of each side.
    case quarter = 4
    /// An eighth of each side.
    case eighth = 8

    /// The size of a reduced picture: each side divided by the raw value, rounded up.
    public func size(of full: Size) -> Size {
        Size(width: (full.width + rawValue - 1) / rawValue, height: (full.height + rawValue - 1) / rawValue)
    }

    /// The strongest reduction that leaves `pixels` or more, `.full` for a picture that has fewer.
    public static func strongest(of size: Size, leaving pixels: Int) -> Reduction {
        allCases.last { $0.size(of: size).area >= pixels } ?? .full
    }
}

extension Image {
    /// The mean of each block of `reduction.rawValue` pixels squared. The last column and row are repeated up to whole blocks, as a
    /// JPEG's encoder does it, so that every format is reduced on the same grid.
    /// - Complexity: O(pixels).
    func reduced(by reduction: Reduction) -> Image {
        guard reduction != .full else { return self }
        let target = reduction.size(of: size)
        let whole = Size(width: target.width * reduction.rawValue, height: target.height * reduction.rawValue)
        return extended(to: whole).resizedArea(to: target)
    }

    private func extended(to whole: Size) -> Image {
        if whole == size { return self }
        var result: [UInt8] = []
        result.reserveCapacity(3 * whole.area)
        for y in 0..<whole.height {
            let row = pixels[3 * width * min(y, height - 1)..<3 * width * (min(y, height - 1) + 1)]
            result += row
            for _ in width..<whole.width { result += row.suffix(3) }
        }
        return Image(width: whole.width, height: whole.height, pixels: result)
    }
}
