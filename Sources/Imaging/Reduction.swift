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
