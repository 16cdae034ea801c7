import Imaging
import TestSupport
import Testing

@Suite struct WaveletStackTests {
    private let gray = Gray(width: 61, height: 47, pixels: Synthetic.pixels(61 * 47, seed: 11, step: 20))

    @Test(arguments: ["db1", "sym4", "bior2.2"]) func detailAndApproximationMakeUpThePixels(name: String) throws {
        let parameters = WaveletStackParameters(wavelet: name, levels: 2, sides: [24, 15])
        let stack = try WaveletStack(parameters)
        let features = stack.features(of: gray)
        #expect(features.count == stack.length(for: gray.size))
        #expect(features.count == 2 * (24 * 24 + 15 * 15))
        let transform = WaveletTransform2D(try Wavelet(named: name))
        var start = 0
        for side in parameters.sides {
            let pixels = Array(features[start..<start + side * side])
            #expect(pixels == (try PixelFeatures(side: side)).features(of: gray))
            let parts = try transform.decompose(NumberPlane<Float>(rows: side, columns: side, values: pixels), levels: 2)
            let coarse = try transform.reconstruct(
                PlaneDecomposition(
                    size: parts.size, approximation: parts.approximation,
                    details: parts.details.map { $0.map { NumberPlane<Float>(rows: $0.rows, columns: $0.columns, repeating: 0) } }))
            for i in 0..<side * side {
                // Float sums of two filters a level.
                #expect(abs(features[start + side * side + i] + coarse.values[i] - pixels[i]) < 1e-5)
            }
            start += 2 * side * side
        }
    }

    @Test func aFlatPictureHasNoDetail() throws {
        let flat = Gray(width: 20, height: 20, pixels: Array(repeating: 90, count: 400))
        let features = (try WaveletStack()).features(of: flat)
        #expect(features[1024..<2048].allSatisfy { abs($0) < 1e-6 })
    }

    @Test func parametersOutOfRangeAreRefused() {
        for parameters in [
            WaveletStackParameters(wavelet: "none"), WaveletStackParameters(levels: 0), WaveletStackParameters(levels: 17),
            WaveletStackParameters(sides: []), WaveletStackParameters(sides: [16, 1]), WaveletStackParameters(sides: [1025]),
            WaveletStackParameters(mode: .reflect, levels: 3, sides: [2]),
        ] {
            #expect(throws: DescriptorError.self) { try WaveletStack(parameters) }
        }
    }
}
