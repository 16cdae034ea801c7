import Foundation

/// What `TanTriggs` is made of.
public struct TanTriggsParameters: Hashable, Sendable, Codable {
    /// The exponent that lifts shadows; above 0, at most 4.
    public var gamma: Double
    /// Standard deviation, in pixels, of the finer of the two blurs whose difference is kept; 0.1 to 64.
    public var fine: Double
    /// Standard deviation of the coarser one; above `fine`, at most 64.
    public var coarse: Double
    /// The exponent of the contrast mean; 0.01 to 4.
    public var alpha: Double
    /// Where large values level off; 0.001 to 1000.
    public var limit: Double

    /// Parameters as they are; `TanTriggs` checks them.
    public init(gamma: Double = 0.2, fine: Double = 1, coarse: Double = 2, alpha: Double = 0.1, limit: Double = 10) {
        self.gamma = gamma
        self.fine = fine
        self.coarse = coarse
        self.alpha = alpha
        self.limit = limit
    }
}

/// Illumination normalisation for faces: gamma, difference of Gaussians, contrast equalisation.
///
/// 1. x = (v / 255)^gamma. 2. x = blur(x, fine) - blur(x, coarse); Gaussian kernels of radius floor(4 sigma + 0.5), the
/// border mirrored with its last pixel repeated. 3. x = x / mean(|x|^alpha)^(1 / alpha), then
/// x = x / mean(min(limit, |x|)^alpha)^(1 / alpha), then x = limit tanh(x / limit).
///
/// Source: X. Tan, B. Triggs, "Enhanced local texture feature sets for face recognition under difficult lighting conditions",
/// IEEE Transactions on Image Processing 19(6), 2010.
public struct TanTriggs: Hashable, Sendable {
    /// Exponents, blurs and limit, checked.
    public let parameters: TanTriggsParameters

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(_ parameters: TanTriggsParameters = TanTriggsParameters()) throws(DescriptorError) {
        let p = parameters
        try DescriptorError.require(p.gamma > 0 && p.gamma <= 4, "gamma", p.gamma, "above 0, at most 4")
        try DescriptorError.require(0.1...64 ~= p.fine, "fine", p.fine, "0.1 to 64")
        try DescriptorError.require(p.coarse > p.fine && p.coarse <= 64, "coarse", p.coarse, "above fine, at most 64")
        try DescriptorError.require(0.01...4 ~= p.alpha, "alpha", p.alpha, "0.01 to 4")
        try DescriptorError.require(0.001...1000 ~= p.limit, "limit", p.limit, "0.001 to 1000")
        self.parameters = p
    }

    /// The normalised plane: numbers from -limit to limit, 0 where the picture is flat.
    /// - Complexity: O(pixels x (fine + coarse)).
    public func values(of gray: Gray) -> NumberPlane<Float> {
        let p = parameters
        let lifted = (0...255).map { pow(Double($0) / 255, p.gamma) }
        let plane = NumberPlane(rows: gray.height, columns: gray.width, values: gray.pixels.map { lifted[Int($0)] })
        let (fine, coarse) = (gaussianBlurred(plane, sigma: p.fine), gaussianBlurred(plane, sigma: p.coarse))
        let x = zip(fine.values, coarse.values).map { $0 - $1 }
        // Powers of quotients are quotients of powers: one power for each pixel serves both means.
        let sizes = powers(ofSizes: x, exponent: p.alpha)
        let first = sizes.reduce(0, +) / Double(sizes.count)
        // A flat picture has no contrast to equalise: what the blurs' rounding leaves is none.
        guard first > 0, gray.pixels.contains(where: { $0 != gray.pixels[0] }) else {
            return NumberPlane(rows: gray.height, columns: gray.width, repeating: 0)
        }
        let most = pow(p.limit, p.alpha)
        let second = sizes.reduce(0) { $0 + min(most, $1 / first) } / Double(sizes.count)
        // A mean of few points and a small exponent can be below every number: 0 stays 0 then, all else is at the limit.
        let scale = max(p.limit * pow(first, 1 / p.alpha) * pow(second, 1 / p.alpha), .leastNormalMagnitude)
        let values = hyperbolicTangents(x, scale: scale, limit: p.limit).map { Float($0) }
        return NumberPlane(rows: gray.height, columns: gray.width, values: values)
    }

    /// The normalised plane as gray levels: -limit is 0, 0 is 128, limit is 255.
    public func applied(to gray: Gray) -> Gray {
        let half = 127.5 / Float(parameters.limit)
        let pixels = values(of: gray).values.map { UInt8(min(max(($0 * half + 127.5).rounded(.toNearestOrEven), 0), 255)) }
        return Gray(width: gray.width, height: gray.height, pixels: pixels)
    }
}
