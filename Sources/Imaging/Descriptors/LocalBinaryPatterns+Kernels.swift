import Foundation

/// The label of every pixel's ring of neighbours.
///
/// Interpolation follows scikit-image number for number, since a tie between a pixel and its neighbour is decided by rounding:
/// offsets rounded to five decimals, the fractions of row + offset and column + offset taken in Double at each place.
func patternLabels(_ gray: Gray, neighbours: Int, radius: Double, labels: [UInt16]) -> [UInt16] {
    let (width, height) = (gray.width, gray.height)
    // Rings are collected as sums of powers of two in Double, which SIMD lanes add without changing type.
    var rings = [Double](repeating: 0, count: width * height)
    // A border of zeros as wide as the circle reaches, so that no read leaves the plane.
    let margin = Int(radius.rounded(.up)) + 1
    let pitch = width + 2 * margin
    var padded = [Double](repeating: 0, count: pitch * (height + 2 * margin))
    for y in 0..<height {
        for x in 0..<width { padded[(y + margin) * pitch + x + margin] = Double(gray.pixels[y * width + x]) }
    }
    var fractions = [Double](repeating: 0, count: width)
    padded.withUnsafeBufferPointer { padded in
        rings.withUnsafeMutableBufferPointer { rings in
            fractions.withUnsafeMutableBufferPointer { fractions in
                for p in 0..<neighbours {
                    let angle = 2 * Double.pi * Double(p) / Double(neighbours)
                    let down = roundedToFiveDecimals(-radius * sine(angle))
                    let along = roundedToFiveDecimals(radius * cosine(angle))
                    // Whole columns and rows need no second neighbour; five decimals keep all others off the whole numbers.
                    let left = Int(along.rounded(.down))
                    let right = along == along.rounded() ? left : left + 1
                    for x in 0..<width {
                        let place = Double(x) + along
                        fractions[x] = place - place.rounded(.down)
                    }
                    let bit = Double(1 << p)
                    for y in 0..<height {
                        let place = Double(y) + down
                        let row = Int(place.rounded(.down))
                        let part = place - Double(row)
                        let top = padded.baseAddress! + (row + margin) * pitch + margin
                        let bottom = part == 0 ? top : top + pitch
                        let centre = padded.baseAddress! + (y + margin) * pitch + margin
                        let ring = rings.baseAddress! + y * width
                        let (topLeft, topRight) = (top + left, top + right)
                        let (bottomLeft, bottomRight) = (bottom + left, bottom + right)
                        for x in 0..<width {
                            let fraction = fractions[x]
                            let upper = (1 - fraction) * topLeft[x] + fraction * topRight[x]
                            let lower = (1 - fraction) * bottomLeft[x] + fraction * bottomRight[x]
                            let value = (1 - part) * upper + part * lower
                            ring[x] += value >= centre[x] ? bit : 0
                        }
                    }
                }
            }
        }
    }
    return rings.map { labels[Int($0)] }
}

func sine(_ angle: Double) -> Double { sin(angle) }
func cosine(_ angle: Double) -> Double { cos(angle) }

private func roundedToFiveDecimals(_ value: Double) -> Double {
    (value * 1e5).rounded(.toNearestOrEven) / 1e5
}
