import Foundation
import Imaging

/// Normalisations, cosine features and Gabor filters as their definitions say, one pixel at a time.
enum NormalisationTwin {
    static func equalised(_ gray: Gray) -> [UInt8] {
        let darkest = gray.pixels.min() ?? 0
        let dark = gray.pixels.count { $0 == darkest }
        guard dark < gray.pixels.count else { return gray.pixels }
        let scale = Float(255) / Float(gray.pixels.count - dark)
        let table = (0..<256).map { level in
            let below = gray.pixels.count { Int($0) <= level } - dark
            return UInt8(min(max((Float(below) * scale).rounded(.toNearestOrEven), 0), 255))
        }
        return gray.pixels.map { table[Int($0)] }
    }

    /// Place i of a line of n, mirrored about its last sample and its first.
    private static func mirrored(_ i: Int, _ n: Int) -> Int {
        var i = i
        while n > 1 && !(0..<n).contains(i) { i = i < 0 ? -i : 2 * (n - 1) - i }
        return n > 1 ? i : 0
    }

    static func adapted(_ gray: Gray, _ p: CLAHEParameters) -> [UInt8] {
        // Both sides grow when either does, by a whole tile where one is whole already.
        let grows = !gray.width.isMultiple(of: p.columns) || !gray.height.isMultiple(of: p.rows)
        let width = grows ? (gray.width / p.columns + 1) * p.columns : gray.width
        let height = grows ? (gray.height / p.rows + 1) * p.rows : gray.height
        let tile = Size(width: width / p.columns, height: height / p.rows)
        func table(_ column: Int, _ row: Int) -> [Float] {
            var counts = [Int](repeating: 0, count: 256)
            for y in row * tile.height..<(row + 1) * tile.height {
                for x in column * tile.width..<(column + 1) * tile.width {
                    counts[Int(gray.pixels[mirrored(y, gray.height) * gray.width + mirrored(x, gray.width)])] += 1
                }
            }
            if p.clipLimit > 0 {
                let limit = max(Int(p.clipLimit * Double(tile.area) / 256), 1)
                var clipped = 0
                for level in 0..<256 where counts[level] > limit {
                    clipped += counts[level] - limit
                    counts[level] = limit
                }
                for level in 0..<256 { counts[level] += clipped / 256 }
                var (rest, level) = (clipped % 256, 0)
                let step = max(256 / max(rest, 1), 1)
                while level < 256 && rest > 0 {
                    counts[level] += 1
                    level += step
                    rest -= 1
                }
            }
            var sum = 0
            return counts.map { count in
                sum += count
                return min(max((Float(sum) * (Float(255) / Float(tile.area))).rounded(.toNearestOrEven), 0), 255)
            }
        }
        let tables = (0..<p.rows).map { row in (0..<p.columns).map { table($0, row) } }
        func neighbours(_ i: Int, _ side: Int, _ count: Int) -> (first: Int, second: Int, weight: Float) {
            let place = Float(i) * (1 / Float(side)) - 0.5
            return (max(Int(place.rounded(.down)), 0), min(Int(place.rounded(.down)) + 1, count - 1), place - place.rounded(.down))
        }
        var result: [UInt8] = []
        for y in 0..<gray.height {
            let row = neighbours(y, tile.height, p.rows)
            for x in 0..<gray.width {
                let column = neighbours(x, tile.width, p.columns)
                let level = Int(gray.pixels[y * gray.width + x])
                let (upper, lower) = (tables[row.first], tables[row.second])
                let top = upper[column.first][level] * (1 - column.weight) + upper[column.second][level] * column.weight
                let bottom = lower[column.first][level] * (1 - column.weight) + lower[column.second][level] * column.weight
                let value = top * (1 - row.weight) + bottom * row.weight
                result.append(UInt8(min(max(value.rounded(.toNearestOrEven), 0), 255)))
            }
        }
        return result
    }

    /// A convolution of the plane with weights of odd width and height, the border mirrored with its last sample repeated.
    private static func convolved(_ gray: Gray, _ values: [Double], radius: Int, _ weight: (Int, Int) -> Double) -> [Double] {
        func place(_ i: Int, _ n: Int) -> Int {
            let r = ((i % (2 * n)) + 2 * n) % (2 * n)
            return min(r, 2 * n - 1 - r)
        }
        return (0..<values.count).map { i in
            var sum = 0.0
            for r in -radius...radius {
                for c in -radius...radius {
                    let (x, y) = (place(i % gray.width - c, gray.width), place(i / gray.width - r, gray.height))
                    sum += weight(c, r) * values[y * gray.width + x]
                }
            }
            return sum
        }
    }

    static func tanTriggs(_ gray: Gray, _ p: TanTriggsParameters) -> [Double] {
        let lifted = gray.pixels.map { pow(Double($0) / 255, p.gamma) }
        func blurred(_ sigma: Double) -> [Double] {
            let radius = Int(4 * sigma + 0.5)
            func weight(_ x: Int, _ y: Int) -> Double { exp(-0.5 * Double(x * x + y * y) / (sigma * sigma)) }
            let row = (-radius...radius).reduce(0) { $0 + weight($1, 0) }
            return convolved(gray, lifted, radius: radius) { weight($0, $1) / (row * row) }
        }
        var x = zip(blurred(p.fine), blurred(p.coarse)).map { $0 - $1 }
        func contrast(_ sizes: [Double]) -> Double {
            pow(sizes.reduce(0) { $0 + pow($1, p.alpha) } / Double(sizes.count), 1 / p.alpha)
        }
        let first = contrast(x.map { abs($0) })
        guard first > 0 else { return x.map { _ in 0 } }
        x = x.map { $0 / first }
        let second = contrast(x.map { min(p.limit, abs($0)) })
        return x.map { p.limit * tanh($0 / second / p.limit) }
    }

    static func gabor(_ gray: Gray, bandwidth: Double, frequency: Double, angle: Double) -> (real: [Double], imaginary: [Double]) {
        let spread = exp2(bandwidth)
        let sigma = (log(2.0) / 2).squareRoot() / Double.pi * (spread + 1) / (spread - 1) / frequency
        let radius = Int(max(abs(3 * sigma * cos(angle)), abs(3 * sigma * sin(angle)), 1).rounded(.up))
        let pixels = gray.pixels.map { Double($0) / 255 }
        func part(_ wave: (Double) -> Double) -> [Double] {
            convolved(gray, pixels, radius: radius) { x, y in
                let turn = 2 * Double.pi * frequency * (Double(x) * cos(angle) + Double(y) * sin(angle))
                return exp(-Double(x * x + y * y) / (2 * sigma * sigma)) * wave(turn) / (2 * Double.pi * sigma * sigma)
            }
        }
        return (part(cos), part(sin))
    }

    static func cosines(_ gray: Gray, count: Int) -> [Double] {
        func wave(_ k: Int, _ i: Int, _ n: Int) -> Double {
            (Double(k == 0 ? 1 : 2) / Double(n)).squareRoot() * cos(Double.pi * Double(k * (2 * i + 1)) / Double(2 * n))
        }
        return (0..<count * count).map { i in
            gray.pixels.indices.reduce(0) { sum, j in
                let (x, y) = (j % gray.width, j / gray.width)
                return sum + Double(gray.pixels[j]) / 255 * wave(i / count, y, gray.height) * wave(i % count, x, gray.width)
            }
        }
    }
}
