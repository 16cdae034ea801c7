import Foundation

/// The label of every pixel's ring of neighbours.
///
/// Interpolation follows scikit-image number for number, since a tie between a pixel and its neighbour is decided by rounding:
/// offsets rounded to five decimals, the fractions of row + offset and column + offset taken in Double at each place.
func patternLabels(_ gray: Gray, neighbours: Int, radius: Double, labels: [UInt16]) -> [UInt16] {
    let (width, height) = (gray.width, gray.height)
    var rings = [Int](repeating: 0, count: width * height)
    // A border of zeros as wide as the circle reaches, so that no read leaves the plane.
    let margin = Int(radius.rounded(.up)) + 1
    let pitch = width + 2 * margin
    var padded = [Double](repeating: 0, count: pitch * (height + 2 * margin))
    for y in 0..<height {
        for x in 0..<width { padded[(y + margin) * pitch + x + margin] = Double(gray.pixels[y * width + x]) }
    }
    var fractions = [Double](repeating: 0, count: width)
    var columns = [Int](repeating: 0, count: width)
    padded.withUnsafeBufferPointer { padded in
        rings.withUnsafeMutableBufferPointer { rings in
            for p in 0..<neighbours {
                let angle = 2 * Double.pi * Double(p) / Double(neighbours)
                let down = roundedToFiveDecimals(-radius * sine(angle))
                let along = roundedToFiveDecimals(radius * cosine(angle))
                for x in 0..<width {
                    let place = Double(x) + along
                    columns[x] = Int(place.rounded(.down))
                    fractions[x] = place - place.rounded(.down)
                }
                let isWholeColumn = along == along.rounded()
                for y in 0..<height {
                    let place = Double(y) + down
                    let row = Int(place.rounded(.down))
                    let part = place - Double(row)
                    let top = padded.baseAddress! + (row + margin) * pitch + margin
                    let bottom = part == 0 ? top : top + pitch
                    let centre = padded.baseAddress! + (y + margin) * pitch + margin
                    for x in 0..<width {
                        let (left, fraction) = (columns[x], fractions[x])
                        let right = isWholeColumn ? left : left + 1
                        let upper = (1 - fraction) * top[left] + fraction * top[right]
                        let lower = (1 - fraction) * bottom[left] + fraction * bottom[right]
                        let value = (1 - part) * upper + part * lower
                        if value - centre[x] >= 0 { rings[y * width + x] |= 1 << p }
                    }
                }
            }
        }
    }
    return rings.map { labels[$0] }
}

func sine(_ angle: Double) -> Double { sin(angle) }
func cosine(_ angle: Double) -> Double { cos(angle) }

private func roundedToFiveDecimals(_ value: Double) -> Double {
    (value * 1e5).rounded(.toNearestOrEven) / 1e5
}
