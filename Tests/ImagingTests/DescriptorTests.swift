import Foundation
import Imaging
import TestSupport
import Testing

/// The numbers of scikit-image 0.26, OpenCV 4.14 and SciPy, as `Fixtures/make_descriptors.py` stored them.
@Suite struct DescriptorTests {
    struct Row: Decodable {
        struct HOG: Decodable {
            var orientations, cell, block: Int
            var digest: [Double]
            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                (orientations, cell, block) = (try row.decode(Int.self), try row.decode(Int.self), try row.decode(Int.self))
                digest = try row.decode([Double].self)
            }
        }
        struct LBP: Decodable {
            var neighbours: Int
            var radius: Double
            var grid: Int
            var labels: UInt32
            var digest: [Double]
            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                (neighbours, radius, grid) = (try row.decode(Int.self), try row.decode(Double.self), try row.decode(Int.self))
                (labels, digest) = (try row.decode(UInt32.self), try row.decode([Double].self))
            }
        }
        struct Clahe: Decodable {
            var limit: Double
            var columns, rows: Int
            var hash: UInt32
            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                (limit, columns, rows) = (try row.decode(Double.self), try row.decode(Int.self), try row.decode(Int.self))
                hash = try row.decode(UInt32.self)
            }
        }
        struct Warp: Decodable {
            var a, b, x, y: Double
            var pixels: [UInt8]
        }
        var width, height: Int
        var seed, step: UInt32
        var hog: [HOG]
        var lbp: [LBP]
        var gabor, dct, waveletEnergy, tanTriggs: [Double]
        var equalised: UInt32
        var clahe: [Clahe]
        var warps: [Warp]

        var gray: Gray {
            Gray(width: width, height: height, pixels: Synthetic.pixels(width * height, seed: seed, step: step))
        }
    }

    private static let fixture = Result { try Synthetic.fixture("descriptors.json", as: [Row].self) }

    /// Whether features have a stored digest. Stored sums are of Doubles, ours of Floats: `tolerance` is relative to the
    /// largest feature, and n errors of random sign add to sqrt(n) of one.
    private func expect(_ features: [Float], have digest: [Double], tolerance: Double, _ what: String) {
        #expect(Double(features.count) == digest[0], "\(what) count")
        guard Double(features.count) == digest[0] else { return }
        for (i, seed) in [(2, 77), (3, 78)] as [(Int, UInt32)] {
            let sum = zip(features, WaveletTwin.numbers(features.count, seed: seed)).reduce(0) { $0 + Double($1.0) * $1.1 }
            #expect(abs(sum - digest[i]) <= tolerance * digest[1] * digest[0].squareRoot(), "\(what): \(sum) instead of \(digest[i])")
        }
    }

    @Test func theFixtureIsThere() throws { #expect(try Self.fixture.get().count == 5) }

    @Test func gradientsAreThoseOfScikitImage() throws {
        for row in try Self.fixture.get() {
            for item in row.hog {
                let hog = try HistogramOfGradients(
                    HOGParameters(orientations: item.orientations, cell: item.cell, block: item.block))
                let features = try hog.features(of: row.gray)
                #expect(features.count == (try hog.length(for: row.gray.size)))
                expect(features, have: item.digest, tolerance: 1e-5, "\(item.orientations) \(item.cell) \(row.gray.size)")
            }
        }
    }

    @Test func patternsAreThoseOfScikitImage() throws {
        for row in try Self.fixture.get() {
            for item in row.lbp {
                let lbp = try LocalBinaryPatterns(LBPParameters(neighbours: item.neighbours, radius: item.radius, grid: item.grid))
                let bytes = lbp.labels(of: row.gray).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
                #expect(Synthetic.fnv(bytes) == item.labels, "labels \(item.neighbours) \(item.radius) \(row.gray.size)")
                let features = try lbp.features(of: row.gray)
                #expect(features.count == (try lbp.length(for: row.gray.size)))
                expect(features, have: item.digest, tolerance: 1e-6, "\(item.neighbours) \(item.radius) \(row.gray.size)")
            }
        }
    }

    @Test func waveEnergiesAreThoseOfScikitImageAndPyWavelets() throws {
        for row in try Self.fixture.get() {
            let gabor = try GaborEnergy(GaborParameters(grid: 3))
            expect(try gabor.features(of: row.gray), have: row.gabor, tolerance: 1e-5, "gabor \(row.gray.size)")
            #expect(try gabor.length(for: row.gray.size) == 108)
            let energy = try WaveletEnergy(WaveletEnergyParameters(levels: 2, grid: 3))
            expect(try energy.features(of: row.gray), have: row.waveletEnergy, tolerance: 1e-5, "energy \(row.gray.size)")
            #expect(try energy.length(for: row.gray.size) == 54)
            let even = row.gray.cropped(to: Rect(x: 0, y: 0, width: row.width / 2 * 2, height: row.height / 2 * 2))
            expect(try CosineFeatures(count: 6).features(of: even), have: row.dct, tolerance: 1e-5, "dct \(even.size)")
        }
    }

    @Test func equalisationsAreThoseOfOpenCV() throws {
        for row in try Self.fixture.get() {
            #expect(Synthetic.fnv(row.gray.equalised().pixels) == row.equalised, "\(row.gray.size)")
            for item in row.clahe {
                let clahe = try CLAHE(CLAHEParameters(clipLimit: item.limit, columns: item.columns, rows: item.rows))
                #expect(Synthetic.fnv(clahe.applied(to: row.gray).pixels) == item.hash, "\(item) \(row.gray.size)")
            }
        }
    }

    @Test func illuminationNormalisationFollowsItsFormula() throws {
        for row in try Self.fixture.get() {
            expect(try TanTriggs().values(of: row.gray).values, have: row.tanTriggs, tolerance: 1e-5, "\(row.gray.size)")
        }
        let flat = Gray(width: 9, height: 9, pixels: [UInt8](repeating: 100, count: 81))
        #expect(try TanTriggs().values(of: flat).values.allSatisfy { $0 == 0 })
        #expect(try TanTriggs().applied(to: flat).pixels.allSatisfy { $0 == 128 })
        #expect(flat.equalised() == flat)
    }

    @Test func warpsAreThoseOfOpenCV() throws {
        for row in try Self.fixture.get() {
            let pixels = Synthetic.pixels(3 * row.width * row.height, seed: row.seed + 50, step: [8, 16][Int(row.seed) % 2])
            let image = Image(width: row.width, height: row.height, pixels: pixels)
            for warp in row.warps {
                let result = image.warped(
                    by: SimilarityWarp(a: warp.a, b: warp.b, shift: [warp.x, warp.y]), to: Size(width: 24, height: 24))
                // OpenCV rounds places to 1/32 pixel; neighbours here differ by up to 255 where the walk wraps around.
                let differences = zip(result.pixels, warp.pixels).map { abs(Int($0) - Int($1)) }
                #expect(differences.max() ?? 255 <= 16, "\(row.width)x\(row.height)")
                #expect(differences.reduce(0, +) < differences.count, "\(row.width)x\(row.height)")
            }
        }
    }

    @Test func eyesComeWhereTheyAreWanted() throws {
        let warp = try SimilarityWarp(bringing: ([30, 50], [70, 42]), to: ([20, 30], [60, 30]))
        for (from, to) in [([20, 30], [30, 50]), ([60, 30], [70, 42])] as [(Place, Place)] {
            let place = warp.source(of: from)
            #expect(abs(place.x - to.x) < 1e-12 && abs(place.y - to.y) < 1e-12)
        }
        #expect(throws: DescriptorError.placesCoincide) { try SimilarityWarp(bringing: ([3, 3], [3, 3]), to: ([0, 0], [1, 0])) }
        #expect(throws: DescriptorError.placesCoincide) { try SimilarityWarp(bringing: ([3, 3], [4, 3]), to: ([1, 0], [1, 0])) }
    }

    @Test func aWarpThatShrinksAveragesEveryPixel() {
        // Alternating black and white columns become gray, wherever the shrunken picture's pixels fall.
        let pixels = (0..<120 * 80).flatMap { i in [UInt8](repeating: i.isMultiple(of: 2) ? 0 : 255, count: 3) }
        let image = Image(width: 120, height: 80, pixels: pixels)
        let warp = SimilarityWarp(spreading: Rect(x: 20, y: 10, width: 60, height: 60), over: Size(width: 10, height: 10))
        #expect(image.warped(by: warp, to: Size(width: 10, height: 10)).pixels.allSatisfy { 126...129 ~= $0 })
        // A whole rectangle at its own size is a plain crop.
        let rect = Rect(x: 7, y: 5, width: 40, height: 40)
        let copy = image.warped(by: SimilarityWarp(spreading: rect, over: rect.size), to: rect.size)
        #expect(copy == image.cropped(to: rect))
    }

    @Test func smallPicturesAreRefused() throws {
        let small = Gray(width: 7, height: 7, pixels: [UInt8](repeating: 0, count: 49))
        #expect(throws: DescriptorError.tooSmall(found: small.size, needed: Size(width: 16, height: 16))) {
            try HistogramOfGradients().features(of: small)
        }
        #expect(throws: DescriptorError.tooSmall(found: small.size, needed: Size(width: 8, height: 8))) {
            try LocalBinaryPatterns(LBPParameters(grid: 8)).features(of: small)
        }
        #expect(throws: DescriptorError.self) { try CosineFeatures(count: 8).length(for: small.size) }
        #expect(throws: DescriptorError.self) { try WaveletEnergy(WaveletEnergyParameters(grid: 64)).features(of: small) }
        #expect(try PixelFeatures(side: 3).features(of: small).count == 9)
    }
}
