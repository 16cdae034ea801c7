import Foundation
import Imaging
import TestSupport
import Testing

/// Local phase quantisation, oriented edge patterns and even light against their formulas, one pixel at a time in Double.
@Suite struct PhaseAndEdgeTests {
    private static let pictures = DescriptorTwinTests.pictures

    private static func pixel(_ gray: Gray, _ x: Int, _ y: Int) -> Double {
        Double(gray.pixels[min(max(y, 0), gray.height - 1) * gray.width + min(max(x, 0), gray.width - 1)])
    }

    @Test(arguments: [3, 7, 11]) func phasesAreThoseOfTheFormula(window: Int) throws {
        let descriptor = try LocalPhaseQuantisation(LPQParameters(window: window, grid: 1))
        let radius = window / 2
        // Float sums of window² values below 256 are off by far less.
        let rounding = 256 * Double(window * window) * 1e-5
        for gray in Self.pictures where gray.width < 100 {
            let labels = descriptor.labels(of: gray)
            for y in 0..<gray.height {
                for x in 0..<gray.width {
                    for (k, wave) in [(1.0, 0.0), (0, 1), (1, 1), (1, -1)].enumerated() {
                        var sum = (real: 0.0, imaginary: 0.0)
                        for r in -radius...radius {
                            for c in -radius...radius {
                                let angle = -2 * Double.pi * (wave.0 * Double(c) + wave.1 * Double(r)) / Double(window)
                                let value = Self.pixel(gray, x + c, y + r)
                                sum.real += value * cos(angle)
                                sum.imaginary += value * sin(angle)
                            }
                        }
                        let label = labels[y * gray.width + x]
                        if abs(sum.real) > rounding {
                            #expect((label >> (2 * k) & 1 == 1) == (sum.real > 0), "\(gray.size) \(x) \(y) \(k)")
                        }
                        if abs(sum.imaginary) > rounding {
                            #expect((label >> (2 * k + 1) & 1 == 1) == (sum.imaginary > 0), "\(gray.size) \(x) \(y) \(k)")
                        }
                    }
                }
            }
        }
    }

    @Test func aSymmetricBlurHardlyChangesPhases() throws {
        let gray = Gray(width: 96, height: 96, pixels: Synthetic.pixels(96 * 96, seed: 3, step: 30))
        // Weights 1 2 1 both ways.
        let blurred = Gray(
            width: 96, height: 96,
            pixels: (0..<96 * 96).map { i in
                var sum = 8.0
                for r in -1...1 {
                    for c in -1...1 { sum += Self.pixel(gray, i % 96 + c, i / 96 + r) * Double((2 - abs(r)) * (2 - abs(c))) }
                }
                return UInt8(sum / 16)
            })
        let descriptor = try LocalPhaseQuantisation(LPQParameters(window: 11, grid: 2))
        let patterns = try LocalBinaryPatterns(LBPParameters(radius: 2, grid: 2))
        func kept(_ a: [UInt16], _ b: [UInt16]) -> Double { Double(zip(a, b).count { $0 == $1 }) / Double(a.count) }
        let phases = kept(descriptor.labels(of: gray), descriptor.labels(of: blurred))
        let textures = kept(patterns.labels(of: gray), patterns.labels(of: blurred))
        #expect(phases > 0.6)
        #expect(phases > 1.5 * textures)
    }

    @Test func edgeEnergiesAreThoseOfTheFormula() throws {
        for parameters in [EdgePatternParameters(grid: 1), EdgePatternParameters(orientations: 4, cell: 3, radius: 2, grid: 1)] {
            let descriptor = try OrientedEdgePatterns(parameters)
            let radius = parameters.cell / 2
            for gray in Self.pictures {
                let planes = descriptor.energies(of: gray)
                #expect(planes.count == parameters.orientations)
                for k in 0..<parameters.orientations {
                    let angle = 2 * Double.pi * Double(k) / Double(parameters.orientations)
                    var energies = [Double](repeating: 0, count: gray.pixels.count)
                    for y in 0..<gray.height {
                        for x in 0..<gray.width {
                            let gx = Self.pixel(gray, x + 1, y) - Self.pixel(gray, x - 1, y)
                            let gy = Self.pixel(gray, x, y + 1) - Self.pixel(gray, x, y - 1)
                            let length = (gx * gx + gy * gy).squareRoot()
                            let turned = (gx * gx - gy * gy) * cos(angle) + 2 * gx * gy * sin(angle)
                            energies[y * gray.width + x] = length > 0 ? (length + turned / length) / 2 : 0
                        }
                    }
                    for y in 0..<gray.height {
                        for x in 0..<gray.width {
                            var sum = 0.0
                            for r in -radius...radius {
                                for c in -radius...radius {
                                    let (row, column) = (min(max(y + r, 0), gray.height - 1), min(max(x + c, 0), gray.width - 1))
                                    sum += energies[row * gray.width + column]
                                }
                            }
                            let level = min(16 * (max(sum, 0) / Double(parameters.cell * parameters.cell)).squareRoot(), 255)
                            // Half a level of rounding; near 0 the root makes more of the last bits.
                            #expect(abs(Double(planes[k].pixels[y * gray.width + x]) - level) < 0.6, "\(gray.size) \(x) \(y) \(k)")
                        }
                    }
                }
            }
        }
    }

    @Test func edgePatternsAreBinaryPatternsOfTheEnergies() throws {
        let gray = Self.pictures[12]
        let parameters = EdgePatternParameters(grid: 3)
        let descriptor = try OrientedEdgePatterns(parameters)
        let plain = descriptor.energies(of: gray).flatMap {
            DescriptorTwin.histograms($0, LBPParameters(neighbours: 8, radius: 5, grid: 3, squareRoots: true))
        }
        #expect(try descriptor.features(of: gray) == plain)
        #expect(try descriptor.length(for: gray.size) == plain.count)
    }

    @Test func evenLightIsThatOfTheFormula() {
        for gray in Self.pictures where Set(gray.pixels).count > 1 {
            func blurred(_ order: Int) -> [Double] {
                var weights = [1.0]
                for _ in 0..<order { weights = zip(weights + [0], [0] + weights).map { ($0 + $1) / 2 } }
                return (0..<gray.pixels.count).map { i in
                    var sum = 0.0
                    for (r, down) in weights.enumerated() {
                        for (c, across) in weights.enumerated() {
                            let value = Self.pixel(gray, i % gray.width + c - order / 2, i / gray.width + r - order / 2)
                            sum += down * across * pow(value / 255, 0.25)
                        }
                    }
                    return sum
                }
            }
            let difference = zip(blurred(4), blurred(16)).map { $0 - $1 }
            let mean = difference.map { abs($0) }.reduce(0, +) / Double(difference.count)
            let even = EvenLight.applied(to: gray)
            for (i, value) in difference.enumerated() {
                let x = value / (2 * mean)
                #expect(abs(Double(even.pixels[i]) - 127.5 * (1 + x / (1 + abs(x)))) < 0.51, "\(gray.size) \(i)")
            }
        }
    }

    @Test func evenLightOfAFlatPictureIsFlat() {
        for level in [UInt8(0), 7, 255] {
            let flat = Gray(width: 20, height: 13, pixels: Array(repeating: level, count: 260))
            #expect(EvenLight.applied(to: flat).pixels.allSatisfy { $0 == 128 })
        }
    }

    @Test func parametersOutOfRangeAreRefused() throws {
        for (window, grid) in [(1, 4), (4, 4), (33, 4), (7, 0), (7, 5000), (-3, 4)] {
            #expect(throws: DescriptorError.self) { try LocalPhaseQuantisation(LPQParameters(window: window, grid: grid)) }
        }
        for (orientations, cell, radius) in [(1, 7, 5.0), (17, 7, 5), (3, 6, 5), (3, 65, 5), (3, 7, 0), (3, 7, .nan), (3, -1, 5)] {
            let parameters = EdgePatternParameters(orientations: orientations, cell: cell, radius: radius)
            #expect(throws: DescriptorError.self) { try OrientedEdgePatterns(parameters) }
        }
        let small = Gray(width: 3, height: 9, pixels: Array(repeating: 1, count: 27))
        let needed = DescriptorError.tooSmall(found: small.size, needed: Size(width: 4, height: 4))
        #expect(throws: needed) { try LocalPhaseQuantisation().features(of: small) }
        #expect(throws: needed) { try OrientedEdgePatterns().features(of: small) }
    }
}
