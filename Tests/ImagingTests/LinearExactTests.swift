import Imaging
import Testing

@Suite struct LinearExactTests {
    /// One pixel at a time, horizontally first, as OpenCV's documentation of the arithmetic has it.
    static func plain(_ gray: Gray, _ target: Size) -> [UInt8] {
        func axis(_ n: Int, _ m: Int) -> [(Int, Int, Int)] {
            let scale = 1 / (Double(m) / Double(n))
            return (0..<m).map { d in
                let f = scale * (Double(d) + 0.5) - 0.5
                let i = Int(f.rounded(.down))
                if i < 0 || n == 1 { return (0, 0, 0) }
                if i >= n - 1 { return (n - 1, n - 1, 0) }
                return (i, i + 1, Int(((f - Double(i)) * 256).rounded(.toNearestOrEven)))
            }
        }
        let columns = axis(gray.width, target.width), rows = axis(gray.height, target.height)
        return rows.flatMap { top, bottom, v in
            columns.map { left, right, w in
                func across(_ y: Int) -> Int {
                    (256 - w) * Int(gray.pixels[y * gray.width + left]) + w * Int(gray.pixels[y * gray.width + right])
                }
                return UInt8(((256 - v) * across(top) + v * across(bottom) + 32768) >> 16)
            }
        }
    }

    @Test func resizedPlanesEqualThePlainOnes() {
        for (width, height) in [(1, 1), (1, 9), (7, 1), (16, 16), (33, 21), (90, 61)] {
            let gray = IntegralTests.noise(width, height)
            for (w, h) in [(1, 1), (3, 2), (8, 8), (width, height), (width * 2, height * 2), (45, 31), (29, 20), (71, 1)] {
                let target = Size(width: w, height: h)
                #expect(gray.resizedLinearExact(to: target).pixels == Self.plain(gray, target), "\(gray.size) to \(target)")
            }
        }
    }

    @Test func halfSizeIsTheRoundedMeanOfFour() {
        let gray = Gray(width: 4, height: 2, pixels: [1, 2, 200, 255, 3, 4, 100, 0])
        #expect(gray.resizedLinearExact(to: Size(width: 2, height: 1)).pixels == [3, 139])
    }
}
