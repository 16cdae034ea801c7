import Foundation

/// What `GaborEnergy` is made of.
public struct GaborParameters: Hashable, Sendable, Codable {
    /// Cycles per pixel of each scale; above 0, at most 0.5.
    public var frequencies: [Double]
    /// Directions of half a turn; 1 to 64.
    public var orientations: Int
    /// Octaves between the frequencies of half response; above 0, at most 8.
    public var bandwidth: Double
    /// Blocks along each side of the grid; at least 1.
    public var grid: Int

    /// Parameters as they are; `GaborEnergy` checks them.
    public init(frequencies: [Double] = [0.35, 0.2, 0.1], orientations: Int = 4, bandwidth: Double = 1, grid: Int = 6) {
        self.frequencies = frequencies
        self.orientations = orientations
        self.bandwidth = bandwidth
        self.grid = grid
    }
}

/// How strongly each block of a picture carries waves of each length and direction.
///
/// A Gabor filter is a complex wave under a round Gaussian:
/// g(x, y) = exp(-(x^2 + y^2) / 2 s^2) exp(2 pi i f (x cos t + y sin t)) / (2 pi s^2), with
/// s = sqrt(ln 2 / 2) / pi (2^b + 1) / (2^b - 1) / f for bandwidth b, cut to ceil(max(|3 s cos t|, |3 s sin t|, 1)) pixels on
/// each axis. Such a filter is a product of one along the rows and one down the columns, and is computed so. Gray divided by
/// 255 is convolved with it (border mirrored with its last pixel repeated); a block's feature is the root mean square of the
/// response's size. Responses are those of scikit-image 0.26's `gabor`.
/// Features: frequencies x orientations (t = 0, pi / orientations, …) x grid^2, in this nesting.
public struct GaborEnergy: GrayDescriptor, Hashable {
    /// What the filters were made from, checked.
    public let parameters: GaborParameters

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(_ parameters: GaborParameters = GaborParameters()) throws(DescriptorError) {
        let p = parameters
        for f in p.frequencies { try DescriptorError.require(f >= 0.005 && f <= 0.5, "frequency", f, "0.005 to 0.5") }
        try DescriptorError.require(1...64 ~= p.orientations, "orientations", p.orientations, "1 to 64")
        try DescriptorError.require(p.bandwidth >= 0.1 && p.bandwidth <= 8, "bandwidth", p.bandwidth, "0.1 to 8")
        try DescriptorError.require(1...4096 ~= p.grid, "grid", p.grid, "1 to 4096")
        self.parameters = p
    }

    /// Frequencies x orientations x grid² features.
    /// - Throws: `DescriptorError.tooSmall` for a picture with fewer pixels than blocks along a side.
    public func length(for size: Size) throws(DescriptorError) -> Int {
        guard size.width >= parameters.grid, size.height >= parameters.grid else {
            throw .tooSmall(found: size, needed: Size(width: parameters.grid, height: parameters.grid))
        }
        return parameters.frequencies.count * parameters.orientations * parameters.grid * parameters.grid
    }

    /// - Complexity: O(pixels x orientations x sum of 1 / frequency).
    public func features(of gray: Gray) throws(DescriptorError) -> [Float] {
        _ = try length(for: gray.size)
        return parameters.frequencies.flatMap { frequency in
            (0..<parameters.orientations).flatMap { index in
                let response = response(of: gray, frequency: frequency, angle: Double.pi * Double(index) / Double(parameters.orientations))
                let sizes = waveSizes(response.real.values, response.imaginary.values)
                return blockEnergies(NumberPlane(rows: gray.height, columns: gray.width, values: sizes), grid: parameters.grid)
            }
        }
    }

    /// The filtered plane: real and imaginary part.
    public func response(of gray: Gray, frequency: Double, angle: Double) -> (real: NumberPlane<Double>, imaginary: NumberPlane<Double>) {
        let spread = exp2(parameters.bandwidth)
        let sigma = (log(2.0) / 2).squareRoot() / Double.pi * (spread + 1) / (spread - 1) / frequency
        let (down, along) = (sin(angle), cos(angle))
        // Both radii, as scikit-image cuts its kernels.
        let columns = wave(radius: Int(max(abs(3 * sigma * along), abs(3 * sigma * down), 1).rounded(.up)), sigma, frequency * along)
        let rows = wave(radius: Int(max(abs(3 * sigma * along), abs(3 * sigma * down), 1).rounded(.up)), sigma, frequency * down)
        let plane = NumberPlane(rows: gray.height, columns: gray.width, values: gray.pixels.map { Double($0) / 255 })
        let filtered = Convolution.along(plane, columns.real).values + Convolution.along(plane, columns.imaginary).values
        return (
            Convolution.down(filtered, size: gray.size, [rows.real, rows.imaginary.map { -$0 }]),
            Convolution.down(filtered, size: gray.size, [rows.imaginary, rows.real])
        )
    }

    /// A wave under a Gaussian of sum 1, along one axis.
    private func wave(radius: Int, _ sigma: Double, _ frequency: Double) -> (real: [Double], imaginary: [Double]) {
        let places = (-radius...radius).map { Double($0) }
        let sizes = places.map { exp(-0.5 * $0 * $0 / (sigma * sigma)) / ((2 * Double.pi).squareRoot() * sigma) }
        return (
            zip(places, sizes).map { cos(2 * Double.pi * frequency * $0) * $1 },
            zip(places, sizes).map { sin(2 * Double.pi * frequency * $0) * $1 }
        )
    }
}
