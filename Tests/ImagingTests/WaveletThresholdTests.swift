import Imaging
import Testing

@Suite struct WaveletThresholdTests {
    @Test func eachRuleFollowsItsFormula() {
        let values: [Double] = [-4, -2, -1, 0, 1, 2, 4]
        #expect(WaveletThreshold.hard.apply(values, threshold: 2) == [-4, -2, 0, 0, 0, 2, 4])
        #expect(WaveletThreshold.soft.apply(values, threshold: 2) == [-2, 0, 0, 0, 0, 0, 2])
        #expect(WaveletThreshold.garrote.apply(values, threshold: 2) == [-3, 0, 0, 0, 0, 0, 3])
        for rule in WaveletThreshold.allCases { #expect(rule.apply(values.map { Float($0) }, threshold: 0) == values.map { Float($0) }) }
    }

    @Test func noiseIsEstimatedFromTheMedian() {
        let band = NumberPlane<Double>(rows: 1, columns: 5, values: [0, -1, 2, -3, 4])
        #expect(abs(BayesShrink.noise(in: band) - 2.5 / 0.6744897501960817) < 1e-15)
        #expect(BayesShrink.noise(in: NumberPlane<Float>(rows: 1, columns: 2, repeating: 0)) == 0)
        // Mean square 6, noise 1: 1 / sqrt(5).
        #expect(abs(BayesShrink.threshold(of: band, noise: 1) - 1 / 5.0.squareRoot()) < 1e-15)
    }

    @Test func shrinkingBringsANoisyPlaneCloserToTheCleanOne() throws {
        let clean = (0..<64 * 64).map { i -> Double in (i / 64 / 16 + i % 64 / 16).isMultiple(of: 2) ? 1 : 0 }
        let noise = WaveletTwin.numbers(64 * 64, seed: 11)
        let noisy = NumberPlane(rows: 64, columns: 64, values: zip(clean, noise).map { $0 + 0.5 * $1 })
        let better = try BayesShrink(WaveletTransform2D(try Wavelet(named: "db1")), levels: 3).denoised(noisy)
        func distance(_ values: [Double]) -> Double { zip(values, clean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        #expect(distance(better.values) < 0.4 * distance(noisy.values))
    }
}
