import Foundation
import Imaging
import TestSupport
import Testing

/// The fast kernels against the plain definitions, number for number.
@Suite struct DescriptorTwinTests {
    /// Walks of several steepness, with flat stretches and saturated parts, of odd and even sides.
    static let pictures: [Gray] = [(1, 1), (2, 3), (5, 9), (16, 16), (33, 20), (64, 67), (96, 96), (131, 40)].enumerated()
        .flatMap { i, size in
            let (width, height) = size
            return [UInt32(4), 40].map { step in
                let walk = Synthetic.pixels(width * height, seed: UInt32(i) + 1, step: step)
                let pixels = walk.enumerated().map { j, v in j / 7 % 3 == 0 ? 80 : j / 50 % 5 == 4 ? 255 : v }
                return Gray(width: width, height: height, pixels: pixels)
            }
        }

    @Test(arguments: [4, 5, 8, 12, 16]) func labelsAreThoseOfThePlainDefinition(neighbours: Int) throws {
        for radius in [0.5, 1, 1.5, 2, 3, 5.3, 32] {
            let patterns = try LocalBinaryPatterns(LBPParameters(neighbours: neighbours, radius: radius))
            for gray in Self.pictures where radius < 32 || gray.width < 40 {
                let plain = DescriptorTwin.labels(gray, neighbours: neighbours, radius: radius)
                #expect(patterns.labels(of: gray) == plain, "\(neighbours) \(radius) \(gray.size)")
            }
        }
    }

    @Test func histogramsAreThoseOfThePlainDefinition() throws {
        for gray in Self.pictures {
            for grid in [1, 2, 3, 5] where grid <= min(gray.width, gray.height) {
                for roots in [false, true] {
                    let parameters = LBPParameters(radius: 2, grid: grid, squareRoots: roots)
                    let fast = try LocalBinaryPatterns(parameters).features(of: gray)
                    #expect(fast == DescriptorTwin.histograms(gray, parameters), "\(grid) \(gray.size)")
                }
            }
        }
    }

    @Test func gradientsAreThoseOfThePlainDefinition() throws {
        for gray in Self.pictures {
            for p in [(9, 8, 2), (9, 6, 3), (8, 5, 1), (1, 2, 2), (36, 7, 2), (12, 3, 4)].map(HOGParameters.init) {
                guard min(gray.width, gray.height) >= p.cell * p.block else { continue }
                let fast = try HistogramOfGradients(p).features(of: gray)
                #expect(fast == DescriptorTwin.gradients(gray, p), "\(p) \(gray.size)")
            }
        }
    }

    @Test func warpsAreThoseOfThePlainDefinition() {
        for (i, gray) in Self.pictures.enumerated() {
            for channels in [1, 3] {
                let pixels = channels == 1 ? gray.pixels : Synthetic.pixels(3 * gray.pixels.count, seed: UInt32(i), step: 60)
                for (a, b) in [(1, 0), (0.5, 0), (0.8, -0.6), (-1.3, 0.9), (0, 1.7)] as [(Double, Double)] {
                    let warp = SimilarityWarp(a: a, b: b, shift: [Double(gray.width) * 0.3 - 2, Double(gray.height) * 0.6])
                    for size in [Size(width: 1, height: 1), Size(width: 13, height: 7), Size(width: 40, height: 33)] {
                        let fast = warpedPixels(pixels, gray.size, channels: channels, warp, size)
                        let plain = DescriptorTwin.warped(pixels, gray.size, channels: channels, warp, size)
                        #expect(fast == plain, "\(gray.size) \(channels) \(warp) \(size)")
                    }
                }
            }
        }
    }

    @Test func manyWarpsAtOnceAreThoseOneByOne() {
        let gray = Gray(width: 211, height: 190, pixels: Synthetic.pixels(211 * 190, seed: 5, step: 30))
        let views = [(1.2, 0.3, 40), (2.2, 0.1, 50), (2.1, -0.4, 64), (3.5, 0, 60), (3.1, 0.9, 20), (2.9, 0, 70)].map { a, b, side in
            (warp: SimilarityWarp(a: a, b: b, shift: [30.3 + 10 * b, 11.7]), size: Size(width: side, height: side))
        }
        #expect(gray.warped(by: views) == views.map { gray.warped(by: $0.warp, to: $0.size) })
    }
}
