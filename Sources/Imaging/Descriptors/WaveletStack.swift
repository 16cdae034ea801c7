/// What a `WaveletStack` is made of.
public struct WaveletStackParameters: Hashable, Sendable, Codable {
    /// The wavelet's name, such as "db1".
    public var wavelet: String
    /// How the pictures continue beyond their borders.
    public var mode: BoundaryMode
    /// Levels of the transform; 1 to 16.
    public var levels: Int
    /// The sides of the small pictures in pixels, at least one; each 2 to 1024.
    public var sides: [Int]

    /// Parameters as they are; `WaveletStack` checks them.
    public init(wavelet: String = "db1", mode: BoundaryMode = .symmetric, levels: Int = 3, sides: [Int] = [32, 16]) {
        self.wavelet = wavelet
        self.mode = mode
        self.levels = levels
        self.sides = sides
    }
}

/// Pixels and wavelet detail of a picture at several sizes: what the classic pipeline learns from, at any size and with any wavelet.
///
/// For each side s the picture is area-resized to s x s. Its s² gray levels, divided by 255, are followed by s² numbers of detail: the
/// same picture decomposed and put together again with the approximation set to 0. 2 Σ s² features.
public struct WaveletStack: GrayDescriptor, Hashable {
    /// What the features are made of, checked.
    public let parameters: WaveletStackParameters
    private let transform: WaveletTransform2D

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(_ parameters: WaveletStackParameters = WaveletStackParameters()) throws(DescriptorError) {
        try DescriptorError.require(1...16 ~= parameters.levels, "levels", parameters.levels, "1 to 16")
        try DescriptorError.require(!parameters.sides.isEmpty, "sides", parameters.sides, "at least one")
        for side in parameters.sides { try DescriptorError.require(2...1024 ~= side, "side", side, "2 to 1024") }
        guard let wavelet = try? Wavelet(named: parameters.wavelet) else {
            throw .invalidParameter(name: "wavelet", value: parameters.wavelet, allowed: "the name of a discrete wavelet")
        }
        self.parameters = parameters
        transform = WaveletTransform2D(wavelet, mode: parameters.mode)
        for side in parameters.sides {
            do {
                _ = try detail(of: NumberPlane<Float>(rows: side, columns: side, repeating: 0))
            } catch {
                throw .invalidParameter(name: "side", value: "\(side)", allowed: "what \(parameters.levels) levels can split (\(error))")
            }
        }
    }

    /// 2 Σ s² features, whatever the size.
    public func length(for size: Size) -> Int { 2 * parameters.sides.reduce(0) { $0 + $1 * $1 } }

    /// - Complexity: O(pixels + features x filter length).
    public func features(of gray: Gray) -> [Float] {
        var features: [Float] = []
        features.reserveCapacity(length(for: gray.size))
        for side in parameters.sides {
            let small = gray.resizedArea(to: Size(width: side, height: side))
            let plane = NumberPlane<Float>(rows: side, columns: side, values: small.pixels.map { Float($0) / 255 })
            features += plane.values
            do {
                features += try detail(of: plane).values
            } catch {
                preconditionFailure("every side was split when the descriptor was made: \(error)")
            }
        }
        return features
    }

    /// The plane less its approximation.
    private func detail(of plane: NumberPlane<Float>) throws(WaveletError) -> NumberPlane<Float> {
        let parts = try transform.decompose(plane, levels: parameters.levels)
        let flat = NumberPlane<Float>(rows: parts.approximation.rows, columns: parts.approximation.columns, repeating: 0)
        return try transform.reconstruct(PlaneDecomposition(size: parts.size, approximation: flat, details: parts.details))
    }
}
