import Foundation

/// The plane convolved with a Gaussian of standard deviation `sigma` pixels and radius floor(4 sigma + 0.5), the border
/// mirrored with its last sample repeated: SciPy's `gaussian_filter`.
/// - Complexity: O(values x sigma).
func gaussianBlurred(_ plane: NumberPlane<Double>, sigma: Double) -> NumberPlane<Double> {
    let radius = Int(4 * sigma + 0.5)
    let weights = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = weights.reduce(0, +)
    let kernel = weights.map { $0 / sum }
    return Convolution.along(Convolution.down(plane.values, size: plane.size, [kernel]), kernel)
}
