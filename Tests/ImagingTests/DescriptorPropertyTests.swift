import Foundation
import Imaging
import Testing

/// What holds for every picture and every parameter.
@Suite struct DescriptorPropertyTests {
    /// Numbers of a fixed seed.
    struct Draw {
        var state: UInt32

        mutating func below(_ count: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % count
        }

        mutating func one<T>(of values: [T]) -> T { values[below(values.count)] }

        /// Noise, a flat plane, or one point on black or white, of any shape.
        mutating func picture(levels: Int = 256, most: Int = 40) -> Gray {
            let (width, height) = (1 + below(most), 1 + below(most))
            let kind = below(5)
            let flat = UInt8(below(2) * (levels - 1))
            var pixels = (0..<width * height).map { _ in kind == 0 ? flat : UInt8(below(levels)) }
            if kind == 1 {
                pixels = [UInt8](repeating: flat, count: pixels.count)
                pixels[below(pixels.count)] = UInt8(levels - 1) - flat
            }
            return Gray(width: width, height: height, pixels: pixels)
        }
    }

    private static let whole = [Int.min, -1, 0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 16, 17, 31, 36, 37, 64, 257, 4096, 4097, Int.max]
    private static let small = [1, 1, 2, 3, 4, 5, 7, 8]
    private static let real = [
        -Double.infinity, -1, 0, Double.leastNonzeroMagnitude, 1e-300, 0.004, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 1.7, 2, 4, 8, 10, 32, 64, 1000,
        1001, 1e300, .infinity, .nan,
    ]

    @Test func patternsDependOnTheOrderOfLevelsOnly() throws {
        var draw = Draw(state: 7)
        let patterns = try LocalBinaryPatterns(LBPParameters(neighbours: 4, radius: 1, grid: 1))
        for _ in 0..<100 {
            let gray = draw.picture(levels: 40)
            // Black stays black: pixels outside the picture count as 0.
            var table: [UInt8] = [0]
            for _ in 1..<40 { table.append(table[table.count - 1] + 1 + UInt8(draw.below(6))) }
            let changed = Gray(width: gray.width, height: gray.height, pixels: gray.pixels.map { table[Int($0)] })
            #expect(patterns.labels(of: changed) == patterns.labels(of: gray), "\(gray.size)")
            // Falling changes do not leave them as they are.
            let inverse = Gray(width: gray.width, height: gray.height, pixels: gray.pixels.map { 255 - $0 })
            if Set(gray.pixels).count > 3 { #expect(patterns.labels(of: inverse) != patterns.labels(of: gray), "\(gray.size)") }
        }
    }

    @Test func gradientsDoNotSeeAConstant() throws {
        var draw = Draw(state: 8)
        for _ in 0..<100 {
            let gray = draw.picture(levels: 200)
            let offset = UInt8(1 + draw.below(55))
            let brighter = Gray(width: gray.width, height: gray.height, pixels: gray.pixels.map { $0 + offset })
            let hog = try HistogramOfGradients(HOGParameters(orientations: 1 + draw.below(12), cell: 2 + draw.below(5), block: 1))
            guard (try? hog.length(for: gray.size)) != nil else { continue }
            #expect(try hog.features(of: brighter) == hog.features(of: gray), "\(gray.size)")
            let edges = try OrientedEdgePatterns(EdgePatternParameters(cell: 3, radius: 1, grid: 1))
            #expect(try edges.features(of: brighter) == edges.features(of: gray), "\(gray.size)")
        }
    }

    @Test func aMirrorImageOfAMirrorImageIsThePicture() {
        var draw = Draw(state: 9)
        for _ in 0..<100 {
            let gray = draw.picture()
            let mirror = gray.mirrored()
            #expect(mirror.mirrored() == gray)
            for y in 0..<gray.height {
                #expect(mirror.pixels[y * gray.width] == gray.pixels[(y + 1) * gray.width - 1])
            }
        }
    }

    /// Descriptors with drawn parameters, most of them in range, made or refused.
    private static var makers: [(String, (inout Draw) throws -> any GrayDescriptor)] {
        func whole(_ draw: inout Draw) -> Int { draw.below(4) == 0 ? draw.one(of: Self.whole) : draw.one(of: small) }
        return [
            (
                "gradients",
                { try HistogramOfGradients(HOGParameters(orientations: whole(&$0), cell: whole(&$0), block: whole(&$0))) }
            ),
            (
                "patterns",
                { try LocalBinaryPatterns(LBPParameters(neighbours: whole(&$0), radius: $0.one(of: real), grid: whole(&$0))) }
            ),
            ("phases", { try LocalPhaseQuantisation(LPQParameters(window: whole(&$0), grid: whole(&$0))) }),
            (
                "edge patterns",
                {
                    try OrientedEdgePatterns(
                        EdgePatternParameters(
                            orientations: whole(&$0), cell: whole(&$0), radius: $0.one(of: real), neighbours: 4 + $0.below(6),
                            grid: whole(&$0)))
                }
            ),
            (
                "gabor",
                {
                    try GaborEnergy(
                        GaborParameters(
                            frequencies: $0.below(3) == 0 ? [] : [$0.one(of: real), 0.3], orientations: whole(&$0),
                            bandwidth: $0.one(of: [0.5, 1, 2, 8, .nan, 0, 9]), grid: whole(&$0)))
                }
            ),
            (
                "wavelet energy",
                {
                    let name = $0.one(of: ["haar", "db2", "sym20", "bior4.4", "dmey", "db99", ""])
                    return try WaveletEnergy(
                        WaveletEnergyParameters(
                            wavelet: name, mode: $0.one(of: BoundaryMode.allCases), levels: whole(&$0), grid: whole(&$0)))
                }
            ),
            ("cosines", { try CosineFeatures(count: whole(&$0)) }),
            ("pixels", { try PixelFeatures(side: $0.one(of: small + [-1, 0, 33, 4097, Int.max])) }),
        ]
    }

    @Test(arguments: makers.indices) func anyParametersWorkOrAreRefused(maker: Int) {
        var draw = Draw(state: UInt32(maker))
        let (name, make) = Self.makers[maker]
        var (worked, refused) = (0, 0)
        for _ in 0..<150 {
            let gray = draw.picture()
            do {
                let descriptor = try make(&draw)
                let count = try descriptor.length(for: gray.size)
                let features = try descriptor.features(of: gray)
                #expect(features.count == count, "\(name) \(descriptor) \(gray.size)")
                #expect(features.allSatisfy { $0.isFinite }, "\(name) \(descriptor) \(gray.size)")
                worked += 1
            } catch {
                #expect(error is DescriptorError, "\(name): \(error)")
                refused += 1
            }
        }
        #expect(worked > 5 && refused > 5, "\(name): \(worked) worked, \(refused) were refused")
    }

    @Test func anyNormalisationWorksOrIsRefused() {
        var draw = Draw(state: 10)
        var (worked, refused) = (0, 0)
        for _ in 0..<300 {
            let gray = draw.picture()
            #expect(gray.equalised().size == gray.size)
            #expect(EvenLight.applied(to: gray).size == gray.size)
            do {
                let clahe = try CLAHE(
                    CLAHEParameters(clipLimit: draw.one(of: Self.real), columns: draw.one(of: Self.small), rows: draw.one(of: Self.whole)))
                #expect(clahe.applied(to: gray).size == gray.size)
                worked += 1
            } catch {
                refused += 1
            }
            do {
                let fine = draw.one(of: [0.05, 0.1, 0.5, 1, 2, .nan])
                let normalisation = try TanTriggs(
                    TanTriggsParameters(
                        gamma: draw.one(of: Self.real), fine: fine, coarse: draw.one(of: [0.5, 1, 2, 64, 65, .nan]),
                        alpha: draw.one(of: Self.real), limit: draw.one(of: Self.real)))
                #expect(normalisation.values(of: gray).values.allSatisfy { $0.isFinite }, "\(normalisation) \(gray.size)")
                #expect(normalisation.applied(to: gray).size == gray.size)
                worked += 1
            } catch {
                refused += 1
            }
        }
        #expect(worked > 50 && refused > 50, "\(worked) worked, \(refused) were refused")
    }
}
