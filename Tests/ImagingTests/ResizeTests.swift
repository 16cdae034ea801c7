import Imaging
import TestSupport
import Testing

@Suite struct ResizeTests {
    struct Fixture: Decodable {
        struct Resize: Decodable {
            var width, height, toWidth, toHeight: Int
            var seed, step: UInt32
            var linearGray, linearColor, areaGray, areaColor: UInt32
        }
        var resizes: [Resize]
    }

    @Test func everyResizeGivesTheBytesOfOpenCV() throws {
        for row in try Synthetic.fixture("resize.json", as: Fixture.self).resizes {
            let area = row.width * row.height
            let target = Size(width: row.toWidth, height: row.toHeight)
            let gray = Gray(width: row.width, height: row.height, pixels: Synthetic.pixels(area, seed: row.seed, step: row.step))
            let color = Image(width: row.width, height: row.height, pixels: Synthetic.pixels(3 * area, seed: row.seed, step: row.step))
            #expect(Synthetic.fnv(gray.resizedLinear(to: target).pixels) == row.linearGray, "linear gray \(gray.size) to \(target)")
            #expect(Synthetic.fnv(color.resizedLinear(to: target).pixels) == row.linearColor, "linear color \(gray.size) to \(target)")
            #expect(Synthetic.fnv(gray.resizedArea(to: target).pixels) == row.areaGray, "area gray \(gray.size) to \(target)")
            #expect(Synthetic.fnv(color.resizedArea(to: target).pixels) == row.areaColor, "area color \(gray.size) to \(target)")
        }
    }

    @Test func linearEqualsItsFormulaPixelByPixel() {
        for (w, h, dw, dh) in [(9, 7, 4, 11), (1, 5, 3, 2), (20, 20, 10, 10), (13, 1, 1, 4), (40, 31, 32, 32)] {
            let gray = Gray(width: w, height: h, pixels: Synthetic.pixels(w * h, seed: 5, step: 256))
            let result = gray.resizedLinear(to: Size(width: dw, height: dh))
            for y in 0..<dh {
                for x in 0..<dw {
                    #expect(result.pixels[y * dw + x] == Self.linear(gray, x, y, dw, dh), "(\(x), \(y)) of \(w)x\(h) to \(dw)x\(dh)")
                }
            }
        }
    }

    @Test func areaEqualsItsFormulaPixelByPixel() {
        for (w, h, dw, dh) in [(9, 7, 4, 5), (30, 20, 17, 16), (12, 9, 4, 3), (8, 8, 4, 4), (50, 16, 17, 16), (33, 35, 11, 16)] {
            let gray = Gray(width: w, height: h, pixels: Synthetic.pixels(w * h, seed: 6, step: 256))
            let result = gray.resizedArea(to: Size(width: dw, height: dh))
            for y in 0..<dh {
                for x in 0..<dw {
                    let exact = Self.areaMean(gray, x, y, dw, dh)
                    // Float sums of at most 255 and shares dropped below 0.001 sample: far under half a level plus this.
                    #expect(abs(Double(result.pixels[y * dw + x]) - exact) <= 0.5 + 0.13, "(\(x), \(y)) of \(w)x\(h) to \(dw)x\(dh)")
                }
            }
        }
    }

    /// The fast kernel, eight rows a time with a row of targets open at once, against sums one at a time.
    @Test func areaEqualsItsPlainSumsToTheBit() {
        for (w, h, dw, dh) in [
            (7, 9, 5, 9), (9, 7, 9, 4), (61, 8, 17, 7), (8, 61, 3, 60), (33, 65, 32, 2), (100, 17, 7, 16), (5, 200, 4, 3),
            (129, 63, 100, 49),
        ] {
            let image = Image(width: w, height: h, pixels: Synthetic.pixels(3 * w * h, seed: UInt32(w), step: 256))
            let gray = Gray(width: w, height: h, pixels: Array(image.pixels.prefix(w * h)))
            let size = Size(width: dw, height: dh)
            let (colour, luma) = (Self.plainMeans(image.pixels, 3, image.size, size), Self.plainMeans(gray.pixels, 1, gray.size, size))
            #expect(image.resizedArea(to: size).pixels == colour, "colour \(image.size) to \(size)")
            #expect(gray.resizedArea(to: size).pixels == luma, "gray \(gray.size) to \(size)")
        }
    }

    @Test(arguments: 1...9, [1, 2, 3, 5, 8]) func wholeBlocksAreReplacedByTheirMeans(blockWidth: Int, blockHeight: Int) {
        for (w, h) in [(1, 1), (7, 3), (33, 4)] where blockWidth * blockHeight > 1 {
            let (source, size) = (Size(width: w * blockWidth, height: h * blockHeight), Size(width: w, height: h))
            let pixels = Synthetic.pixels(3 * source.width * source.height, seed: UInt32(w), step: 256)
            for channels in [1, 3] {
                let part = Array(pixels.prefix(channels * source.width * source.height))
                let expected = Self.blockMeans(part, channels, sourceWidth: source.width, size, blockWidth, blockHeight)
                let reduced =
                    channels == 1
                    ? Gray(width: source.width, height: source.height, pixels: part).resizedArea(to: size).pixels
                    : Image(width: source.width, height: source.height, pixels: part).resizedArea(to: size).pixels
                #expect(reduced == expected, "\(source) to \(size), \(channels) channels")
            }
        }
    }

    @Test func theSameSizeIsACopy() {
        let gray = Gray(width: 5, height: 4, pixels: Synthetic.pixels(20, seed: 1, step: 256))
        #expect(gray.resizedLinear(to: gray.size) == gray)
        #expect(gray.resizedArea(to: gray.size) == gray)
    }

    @Test func aPlainColourStaysItself() {
        let image = Image(width: 37, height: 23, pixels: [UInt8](repeating: 255, count: 37 * 23 * 3))
        for size in [Size(width: 11, height: 50), Size(width: 100, height: 3), Size(width: 18, height: 11)] {
            #expect(image.resizedArea(to: size).pixels.allSatisfy { $0 == 255 })
        }
    }

    /// The formula of `resizedLinear`, one pixel at a time.
    private static func linear(_ gray: Gray, _ x: Int, _ y: Int, _ dw: Int, _ dh: Int) -> UInt8 {
        func position(_ d: Int, _ n: Int, _ m: Int) -> (Int, Float) {
            let f = Float((Double(d) + 0.5) * (1 / (Double(m) / Double(n))) - 0.5)
            return (Int(f.rounded(.down)), f - f.rounded(.down))
        }
        func round(_ value: Float) -> Int { Int((value * 2048).rounded(.toNearestOrEven)) }
        var (ix, fx) = position(x, gray.width, dw)
        if ix < 0 { (ix, fx) = (0, 0) }
        if ix >= gray.width - 1 { (ix, fx) = (gray.width - 1, 0) }
        let (iy, fy) = position(y, gray.height, dh)
        func blended(_ row: Int) -> Int {
            let base = min(max(row, 0), gray.height - 1) * gray.width
            return round(1 - fx) * Int(gray.pixels[base + ix]) + round(fx) * Int(gray.pixels[base + min(ix + 1, gray.width - 1)])
        }
        let sum = ((round(1 - fy) * (blended(iy) >> 4)) >> 16) + ((round(fy) * (blended(iy + 1) >> 4)) >> 16)
        return UInt8((sum + 2) >> 2)
    }

    /// The slow twin of shrinking by whole factors: each block's sum, halves of 2 x 2 blocks up and others to even.
    private static func blockMeans(
        _ pixels: [UInt8], _ channels: Int, sourceWidth: Int, _ target: Size, _ blockWidth: Int, _ blockHeight: Int
    ) -> [UInt8] {
        (0..<target.height * target.width * channels).map { i in
            let (y, x, channel) = (i / channels / target.width, i / channels % target.width, i % channels)
            var sum = 0
            for row in 0..<blockHeight {
                for column in 0..<blockWidth {
                    sum += Int(pixels[((y * blockHeight + row) * sourceWidth + x * blockWidth + column) * channels + channel])
                }
            }
            if blockWidth == 2, blockHeight == 2 { return UInt8((sum + 2) >> 2) }
            return UInt8((Float(sum) * (1 / Float(blockWidth * blockHeight))).rounded(.toNearestOrEven))
        }
    }

    /// The slow twin of shrinking by what is no whole factor: in Float, columns first, each sum in order.
    private static func plainMeans(_ pixels: [UInt8], _ channels: Int, _ source: Size, _ target: Size) -> [UInt8] {
        let columns = shares(from: source.width, to: target.width)
        return shares(from: source.height, to: target.height).flatMap { row in
            (0..<columns.count * channels).map { i in
                var sum: Float = 0
                for (y, rowWeight) in row {
                    var inRow: Float = 0
                    for (x, weight) in columns[i / channels] {
                        inRow += Float(pixels[(y * source.width + x) * channels + i % channels]) * weight
                    }
                    sum += inRow * rowWeight
                }
                return UInt8(min(max(sum.rounded(.toNearestOrEven), 0), 255))
            }
        }
    }

    /// The source samples under each target sample, with the share that each has; shares of at most 0.001 sample at the ends are dropped.
    private static func shares(from n: Int, to m: Int) -> [[(Int, Float)]] {
        let scale = 1 / (Double(m) / Double(n))
        return (0..<m).map { d in
            let (begin, end) = (Double(d) * scale, Double(d) * scale + scale)
            let width = min(scale, Double(n) - begin)
            let last = min(Int(end), n - 1)
            let first = min(Int(begin.rounded(.up)), last)
            var list = (first..<last).map { ($0, Float(1 / width)) }
            if Double(first) - begin > 1e-3 { list.insert((first - 1, Float((Double(first) - begin) / width)), at: 0) }
            if end - Double(last) > 1e-3 { list.append((last, Float(min(min(end - Double(last), 1), width) / width))) }
            return list
        }
    }

    /// The exact mean of the source area under a destination pixel.
    private static func areaMean(_ gray: Gray, _ x: Int, _ y: Int, _ dw: Int, _ dh: Int) -> Double {
        let (sx, sy) = (Double(gray.width) / Double(dw), Double(gray.height) / Double(dh))
        func share(_ i: Int, _ d: Int, _ s: Double) -> Double {
            max(0, min(Double(i + 1), Double(d + 1) * s) - max(Double(i), Double(d) * s))
        }
        var sum = 0.0
        for row in 0..<gray.height {
            for column in 0..<gray.width {
                sum += share(row, y, sy) * share(column, x, sx) * Double(gray.pixels[row * gray.width + column])
            }
        }
        return sum / (sx * sy)
    }
}
