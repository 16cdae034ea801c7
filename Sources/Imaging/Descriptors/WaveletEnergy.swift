/// What `WaveletEnergy` is made of.
public struct WaveletEnergyParameters: Hashable, Sendable, Codable {
    /// The wavelet's name, such as "db2".
    public var wavelet: String
    /// How the picture continues beyond its border.
    public var mode: BoundaryMode
    /// Levels of the transform; 1 to 16.
    public var levels: Int
    /// Blocks along each side of every band; at least 1.
    public var grid: Int

    /// Parameters as they are; `WaveletEnergy` checks them.
    public init(wavelet: String = "db2", mode: BoundaryMode = .symmetric, levels: Int = 3, grid: Int = 4) {
        self.wavelet = wavelet
        self.mode = mode
        self.levels = levels
        self.grid = grid
    }
}

/// How much detail of each size and direction each block of a picture holds.
///
/// Gray divided by 255 is decomposed. Each detail band (coarsest level first; horizontal, vertical, diagonal) is cut into
/// grid x grid blocks, block (i, j) holding rows i h / grid ..< (i + 1) h / grid and columns likewise; its feature is the root
/// of the mean square of its coefficients. 3 levels grid^2 features.
public struct WaveletEnergy: GrayDescriptor, Hashable {
    /// What the energies are made of, checked.
    public let parameters: WaveletEnergyParameters
    private let transform: WaveletTransform2D

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(_ parameters: WaveletEnergyParameters = WaveletEnergyParameters()) throws(DescriptorError) {
        try DescriptorError.require(1...16 ~= parameters.levels, "levels", parameters.levels, "1 to 16")
        try DescriptorError.require(1...4096 ~= parameters.grid, "grid", parameters.grid, "1 to 4096")
        guard let wavelet = try? Wavelet(named: parameters.wavelet) else {
            throw .invalidParameter(name: "wavelet", value: parameters.wavelet, allowed: "the name of a discrete wavelet")
        }
        self.parameters = parameters
        transform = WaveletTransform2D(wavelet, mode: parameters.mode)
    }

    /// 3 levels grid² features.
    /// - Throws: `DescriptorError.tooSmall` where a block of a band would have no coefficient.
    public func length(for size: Size) throws(DescriptorError) -> Int {
        // Every block of every band needs a coefficient. The coarsest band is not always the smallest: those of a picture shorter
        // than the filter grow.
        var (width, height) = (size.width, size.height)
        var smallest = Int.max
        for _ in 0..<parameters.levels {
            width = parameters.mode.outputLength(of: width, filterLength: transform.horizontal.wavelet.filterLength)
            height = parameters.mode.outputLength(of: height, filterLength: transform.vertical.wavelet.filterLength)
            smallest = min(smallest, width, height)
        }
        let side = parameters.grid << parameters.levels
        guard smallest >= parameters.grid, min(size.width, size.height) > 1 else {
            throw .tooSmall(found: size, needed: Size(width: side, height: side))
        }
        return 3 * parameters.levels * parameters.grid * parameters.grid
    }

    /// - Complexity: O(pixels x filter length).
    public func features(of gray: Gray) throws(DescriptorError) -> [Float] {
        let count = try length(for: gray.size)
        let plane = NumberPlane<Float>(rows: gray.height, columns: gray.width, values: gray.pixels.map { Float($0) / 255 })
        let parts: PlaneDecomposition<Float>
        do {
            parts = try transform.decompose(plane, levels: parameters.levels)
        } catch {
            throw .tooSmall(
                found: gray.size, needed: Size(width: parameters.grid << parameters.levels, height: parameters.grid << parameters.levels))
        }
        var features: [Float] = []
        features.reserveCapacity(count)
        for detail in parts.details {
            for band in [detail.horizontal, detail.vertical, detail.diagonal] {
                features.append(contentsOf: blockEnergies(band, grid: parameters.grid))
            }
        }
        return features
    }
}

/// The root mean square of each block of a grid over a band, row by row.
func blockEnergies(_ band: NumberPlane<Float>, grid: Int) -> [Float] {
    var energies: [Float] = []
    for i in 0..<grid {
        for j in 0..<grid {
            let rows = i * band.rows / grid..<(i + 1) * band.rows / grid
            let columns = j * band.columns / grid..<(j + 1) * band.columns / grid
            var sum = 0.0
            for y in rows {
                for x in columns { sum += Double(band[y, x]) * Double(band[y, x]) }
            }
            energies.append(Float((sum / Double(rows.count * columns.count)).squareRoot()))
        }
    }
    return energies
}
