import Foundation
import Imaging

/// The descriptors as their definitions say, one pixel at a time.
enum DescriptorTwin {
    /// The ring of bits of each pixel: bit p is set where neighbour p is at least as bright.
    static func rings(_ gray: Gray, neighbours: Int, radius: Double) -> [Int] {
        func pixel(_ x: Int, _ y: Int) -> Double {
            0..<gray.width ~= x && 0..<gray.height ~= y ? Double(gray.pixels[y * gray.width + x]) : 0
        }
        func fiveDecimals(_ v: Double) -> Double { (v * 1e5).rounded(.toNearestOrEven) / 1e5 }
        var rings = [Int](repeating: 0, count: gray.pixels.count)
        for p in 0..<neighbours {
            let angle = 2 * Double.pi * Double(p) / Double(neighbours)
            let (down, along) = (fiveDecimals(-radius * sin(angle)), fiveDecimals(radius * cos(angle)))
            for y in 0..<gray.height {
                for x in 0..<gray.width {
                    let (row, column) = (Double(y) + down, Double(x) + along)
                    let (top, left) = (Int(row.rounded(.down)), Int(column.rounded(.down)))
                    let (fy, fx) = (row - Double(top), column - Double(left))
                    // A whole place has no second neighbour, whatever lies there.
                    let (bottom, right) = (fy == 0 ? top : top + 1, fx == 0 ? left : left + 1)
                    let upper = (1 - fx) * pixel(left, top) + fx * pixel(right, top)
                    let lower = (1 - fx) * pixel(left, bottom) + fx * pixel(right, bottom)
                    if (1 - fy) * upper + fy * lower >= pixel(x, y) { rings[y * gray.width + x] |= 1 << p }
                }
            }
        }
        return rings
    }

    /// The label of a ring: that of its number of set bits and of the turn that brings them to the front.
    static func label(_ ring: Int, count: Int) -> UInt16 {
        let whole = (1 << count) - 1
        for ones in 0...count {
            for turn in 0..<count {
                let bits = (1 << ones) - 1
                // `bits` moved `count - turn` places up, around the ring's end.
                let up = count - turn
                let turned = (bits << up | bits >> turn) & whole
                guard turned == ring else { continue }
                return UInt16(ones == 0 ? 0 : ones == count ? count * (count - 1) + 1 : 1 + (ones - 1) * count + turn)
            }
        }
        return UInt16(count * (count - 1) + 2)
    }

    static func labels(_ gray: Gray, neighbours: Int, radius: Double) -> [UInt16] {
        rings(gray, neighbours: neighbours, radius: radius).map { label($0, count: neighbours) }
    }

    /// Shares of each label in each block, or their square roots.
    static func histograms(_ gray: Gray, _ parameters: LBPParameters) -> [Float] {
        let labels = labels(gray, neighbours: parameters.neighbours, radius: parameters.radius)
        let (grid, count) = (parameters.grid, parameters.neighbours * (parameters.neighbours - 1) + 3)
        let (width, height) = (gray.width / grid, gray.height / grid)
        var counts = [Float](repeating: 0, count: grid * grid * count)
        for y in 0..<height * grid {
            for x in 0..<width * grid {
                counts[(y / height * grid + x / width) * count + Int(labels[y * gray.width + x])] += 1
            }
        }
        let shares = counts.map { $0 / Float(width * height) }
        return parameters.squareRoots ? shares.map { $0.squareRoot() } : shares
    }

    /// Directions by arc tangent in Double, sums in Double.
    static func gradients(_ gray: Gray, _ p: HOGParameters) -> [Float] {
        let (columns, rows, bins) = (gray.width / p.cell, gray.height / p.cell, p.orientations)
        func pixel(_ x: Int, _ y: Int) -> Double { Double(gray.pixels[y * gray.width + x]) }
        var cells = [Double](repeating: 0, count: columns * rows * bins)
        for y in 0..<rows * p.cell {
            for x in 0..<columns * p.cell {
                let gx = x > 0 && x < gray.width - 1 ? pixel(x + 1, y) - pixel(x - 1, y) : 0
                let gy = y > 0 && y < gray.height - 1 ? pixel(x, y + 1) - pixel(x, y - 1) : 0
                var angle = atan2(gy, gx) / Double.pi
                if angle < 0 { angle += 1 }
                if angle >= 1 { angle -= 1 }
                // Directions on a boundary belong above it, in spite of the arc tangent's last bit.
                let bin = min(Int((angle * Double(bins) + 1e-9).rounded(.down)), bins - 1)
                cells[(y / p.cell * columns + x / p.cell) * bins + bin] += Double(Float((gx * gx + gy * gy).squareRoot()))
            }
        }
        func unit(_ values: [Float]) -> [Float] {
            let length = (values.reduce(Float(0)) { $0 + $1 * $1 } + 1e-10).squareRoot()
            return values.map { $0 / length }
        }
        let means = cells.map { Float($0 / Double(p.cell * p.cell)) }
        var features: [Float] = []
        for row in 0...rows - p.block {
            for column in 0...columns - p.block {
                var block: [Float] = []
                for y in row..<row + p.block {
                    let start = (y * columns + column) * bins
                    block += means[start..<start + p.block * bins]
                }
                features += unit(unit(block).map { min($0, 0.2) })
            }
        }
        return features
    }

    /// Each pixel by itself.
    static func warped(_ pixels: [UInt8], _ source: Size, channels: Int, _ warp: SimilarityWarp, _ size: Size) -> [UInt8] {
        func pixel(_ x: Int, _ y: Int, _ channel: Int) -> Float {
            let (x, y) = (min(x, source.width - 1), min(y, source.height - 1))
            return Float(pixels[(y * source.width + x) * channels + channel])
        }
        var result: [UInt8] = []
        for v in 0..<size.height {
            for u in 0..<size.width {
                let place = warp.source(of: Place(Double(u), Double(v)))
                let x = min(max(place.x, 0), Double(source.width - 1))
                let y = min(max(place.y, 0), Double(source.height - 1))
                let (left, top) = (Int(x), Int(y))
                let (fx, fy) = (Float(x - Double(left)), Float(y - Double(top)))
                for c in 0..<channels {
                    let upper = pixel(left, top, c) * (1 - fx) + pixel(left + 1, top, c) * fx
                    let lower = pixel(left, top + 1, c) * (1 - fx) + pixel(left + 1, top + 1, c) * fx
                    result.append(UInt8((upper * (1 - fy) + lower * fy).rounded(.toNearestOrEven)))
                }
            }
        }
        return result
    }
}
