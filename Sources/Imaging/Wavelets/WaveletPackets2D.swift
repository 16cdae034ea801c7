/// Wavelet packets of a plane: every band is split again, not only the approximation.
///
/// A node is named by its path from the root, one letter per level: `a` approximation, `h` horizontal, `v` vertical, `d`
/// diagonal detail. Level n has 4^n nodes. Complexity: O(pixels L levels).
public struct WaveletPackets2D<Scalar: WaveletScalar>: Sendable {
    /// The transform that splits each node.
    public let transform: WaveletTransform2D
    /// Size of the plane.
    public let size: Size
    /// How often the plane was split.
    public let levels: Int
    /// The leaves: every path of `levels` letters.
    public var leaves: [String: NumberPlane<Scalar>]
    /// The size of a node at each level, that of the plane first.
    private let sizes: [Size]

    /// All packets of a plane down to `levels` (by default the largest useful level).
    /// - Throws: `WaveletError.invalidParameter` for a negative number, `.emptyInput`, `.tooShort`.
    public init(_ plane: NumberPlane<Scalar>, transform: WaveletTransform2D, levels: Int? = nil) throws(WaveletError) {
        guard !plane.values.isEmpty else { throw .emptyInput }
        let levels = levels ?? transform.maximumLevel(of: plane.size)
        try WaveletError.checkLevels(levels, least: 0)
        self.transform = transform
        self.levels = levels
        size = plane.size
        var nodes = ["": plane]
        var sizes = [plane.size]
        for _ in 0..<levels {
            var next: [String: NumberPlane<Scalar>] = [:]
            for (path, node) in nodes {
                let bands = try transform.forward(node)
                next[path + "a"] = bands.approximation
                next[path + "h"] = bands.horizontal
                next[path + "v"] = bands.vertical
                next[path + "d"] = bands.diagonal
                if next.count == 4 { sizes.append(bands.diagonal.size) }
            }
            nodes = next
        }
        self.sizes = sizes
        leaves = nodes
    }

    /// The paths of one level in natural order: a, h, v, d at each letter.
    public static func paths(level: Int) -> [String] {
        (0..<level).reduce([""]) { paths, _ in paths.flatMap { path in ["a", "h", "v", "d"].map { path + $0 } } }
    }

    /// The paths of one level as a square of growing frequency: rows from low to high vertical frequency, columns from low to
    /// high horizontal frequency.
    ///
    /// Splitting a high band turns its frequencies around, so along each axis the l-th letter's bit is the l-th bit of the
    /// Gray code of the frequency number.
    public static func pathsByFrequency(level: Int) -> [[String]] {
        (0..<1 << level).map { row in
            (0..<1 << level).map { column in
                let (down, along) = (row ^ row >> 1, column ^ column >> 1)
                return String(
                    (0..<level).reversed().map { bit in
                        switch (down >> bit & 1, along >> bit & 1) {
                        case (0, 0): "a" as Character
                        case (1, 0): "h"
                        case (0, _): "v"
                        default: "d"
                        }
                    })
            }
        }
    }

    /// The node at a path of at most `levels` letters: a leaf, or put together from the leaves below it.
    /// - Throws: `WaveletError.badPacketPath`, and as `WaveletTransform2D.inverse` after leaves were replaced by misfits.
    public func node(_ path: String) throws(WaveletError) -> NumberPlane<Scalar> {
        guard path.count <= levels, path.allSatisfy({ "ahvd".contains($0) }) else { throw .badPacketPath(path, letters: "ahvd") }
        if let leaf = leaves[path] { return leaf }
        let bands = WaveletBands(
            approximation: try node(path + "a"), horizontal: try node(path + "h"), vertical: try node(path + "v"),
            diagonal: try node(path + "d"))
        let inner = try transform.inverse(bands)
        let fits = sizes[path.count]
        return inner.trimmed(to: Size(width: min(inner.columns, fits.width), height: min(inner.rows, fits.height)))
    }

    /// The plane of these packets, changed or not.
    /// - Throws: as `node`.
    public func reconstruct() throws(WaveletError) -> NumberPlane<Scalar> {
        try node("")
    }
}
