import Foundation

/// The plane convolved with a Gaussian of standard deviation `sigma` pixels and radius floor(4 sigma + 0.5), the border
/// mirrored with its last sample repeated: SciPy's `gaussian_filter`.
/// - Complexity: O(values x sigma).
func gaussianBlurred(_ plane: Grid<Double>, sigma: Double) -> Grid<Double> {
    let radius = Int(4 * sigma + 0.5)
    let weights = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = weights.reduce(0, +)
    let kernel = weights.map { $0 / sum }
    return convolved(convolved(plane, kernel).transposed(), kernel).transposed()
}

/// Each column of the plane convolved with a kernel of odd length, the border mirrored with its last sample repeated.
///
/// Whole rows are added at a time, so that the additions run over neighbouring numbers.
func convolved(_ plane: Grid<Double>, _ kernel: [Double]) -> Grid<Double> {
    let (rows, columns, radius) = (plane.rows, plane.columns, kernel.count / 2)
    var values = [Double](repeating: 0, count: rows * columns)
    values.withUnsafeMutableBufferPointer { target in
        plane.values.withUnsafeBufferPointer { source in
            for y in 0..<rows {
                let row = target.baseAddress! + y * columns
                for (k, weight) in kernel.enumerated() {
                    var place = (y + radius - k) % (2 * rows)
                    if place < 0 { place += 2 * rows }
                    let from = source.baseAddress! + min(place, 2 * rows - 1 - place) * columns
                    for x in 0..<columns { row[x] += weight * from[x] }
                }
            }
        }
    }
    return Grid(rows: rows, columns: columns, values: values)
}

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
