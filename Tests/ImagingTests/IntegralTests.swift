import Imaging
import Testing

@Suite struct IntegralTests {
    static func noise(_ width: Int, _ height: Int) -> Gray {
        var state = UInt64(width * 1000 + height)
        return Gray(
            width: width, height: height,
            pixels: (0..<width * height).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            })
    }

    static let sizes = [(1, 1), (1, 7), (8, 1), (2, 2), (13, 9), (17, 16)]

    @Test(arguments: sizes) func sumsEqualTheirDefinition(width: Int, height: Int) {
        let gray = Self.noise(width, height)
        let sums = IntegralImage(gray), squares = SquaredIntegral(gray)
        for y in 0...height {
            for x in 0...width {
                var sum = 0, square = 0
                for v in 0..<y {
                    for u in 0..<x {
                        let p = Int(gray.pixels[v * width + u])
                        sum += p
                        square += p * p
                    }
                }
                #expect(sums.sums[y * (width + 1) + x] == sum && squares.sums[y * (width + 1) + x] == square)
            }
        }
        #expect(sums.sum(in: gray.bounds) == gray.pixels.reduce(0) { $0 + Int($1) })
        #expect(squares.sum(in: gray.bounds) == gray.pixels.reduce(0) { $0 + Int($1) * Int($1) })
    }

    @Test(arguments: sizes) func tiltedSumsEqualTheirDefinition(width: Int, height: Int) {
        let gray = Self.noise(width, height)
        let tilted = TiltedIntegral(gray)
        for tipY in 0...height {
            for tipX in 0...width {
                var sum = 0
                for y in 0..<tipY {
                    for x in 0..<width where abs(x - tipX + 1) <= tipY - 1 - y { sum += Int(gray.pixels[y * width + x]) }
                }
                #expect(tilted.sums[tipY * (width + 1) + tipX] == sum, "(\(tipX), \(tipY))")
            }
        }
    }

    @Test func aTiltedRectangleHoldsTwoPixelsAUnitOfArea() {
        let white = Gray(width: 12, height: 12, pixels: [UInt8](repeating: 1, count: 144))
        #expect(TiltedIntegral(white).sum(tilted: Rect(x: 5, y: 0, width: 3, height: 4)) == 2 * 3 * 4)
    }

    /// Corner differences survive sums that have wrapped.
    @Test func rectanglesStayExactBeyondTheirTablesCapacity() {
        let white = Gray(width: 4200, height: 2100, pixels: [UInt8](repeating: 255, count: 4200 * 2100))
        let corner = Rect(x: 4100, y: 2000, width: 100, height: 100)
        #expect(IntegralImage(white).sums.last! < 0)
        #expect(IntegralImage(white).sum(in: corner) == 255 * 10000)
        #expect(SquaredIntegral(white).sum(in: corner) == 65025 * 10000)
    }
}
