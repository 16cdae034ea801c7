import Imaging
import Testing

@Suite struct WaveletTransform2DTests {
    private func plane(_ rows: Int, _ columns: Int, seed: UInt32 = 1) -> NumberPlane<Double> {
        NumberPlane(rows: rows, columns: columns, values: WaveletTwin.numbers(rows * columns, seed: seed))
    }

    @Test(arguments: BoundaryMode.allCases)
    func oneLevelEqualsItsDefinition(mode: BoundaryMode) throws {
        for (i, name) in ["haar", "db3", "bior4.4", "rbio3.1"].enumerated() {
            for (rows, columns) in [(2, 2), (3, 5), (9, 4), (16, 35), (21, 70)] {
                let wavelet = try Wavelet(named: name)
                let source = plane(rows, columns, seed: UInt32(i + 1))
                let transform = WaveletTransform2D(wavelet, mode: mode)
                let bands = try transform.forward(source)
                let (low, high) = (wavelet.analysisLow, wavelet.analysisHigh)
                for (band, down, along) in [
                    (bands.approximation, low, low), (bands.horizontal, high, low), (bands.vertical, low, high),
                    (bands.diagonal, high, high),
                ] {
                    let expected = WaveletTwin.analyse(source, down: down, along: along, mode)
                    #expect(band.size == expected.size)
                    let size = WaveletTwin.analyse(source, down: low, along: low, mode).values.reduce(0.1) { max($0, abs($1)) }
                    let error = zip(band.values, expected.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
                    #expect(error < 1e-13 * size, "\(name) \(source.size)")
                }
                let back = try transform.inverse(bands).trimmed(to: source.size)
                #expect(WaveletTwin.error(back.values, source.values) < 1e-10, "\(name) \(source.size) back")
                let single = try transform.forward(source.map { Float($0) })
                let error = zip(single.diagonal.values, bands.diagonal.values).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
                #expect(error < 1e-4, "\(name) \(source.size) Float")
            }
        }
    }

    @Test func eachAxisCanHaveItsOwnWavelet() throws {
        let (down, along) = (try Wavelet(named: "db2"), try Wavelet(named: "bior2.4"))
        let transform = WaveletTransform2D(vertical: .init(down, mode: .zero), horizontal: .init(along, mode: .zero))
        let source = plane(19, 24)
        let expected = WaveletTwin.analyse(source, down: down.analysisHigh, along: along.analysisLow, .zero)
        #expect(WaveletTwin.error(try transform.forward(source).horizontal.values, expected.values) < 1e-13)
        let back = try transform.reconstruct(transform.decompose(source, levels: 3))
        #expect(WaveletTwin.error(back.values, source.values) < 1e-12)
    }

    @Test(arguments: BoundaryMode.allCases)
    func manyLevelsReconstructPerfectly(mode: BoundaryMode) throws {
        for (i, wavelet) in SharedSample.of(Wavelet.all).enumerated() where wavelet.name != "dmey" {
            let transform = WaveletTransform2D(wavelet, mode: mode)
            let source = plane(2 + (7 * i) % 40, 2 + (11 * i) % 37, seed: UInt32(i + 1))
            let parts = try transform.decompose(source, levels: 1 + i % 3)
            #expect(WaveletTwin.error(try transform.reconstruct(parts).values, source.values) < 1e-10, "\(wavelet.name) \(source.size)")
            let mosaic = parts.mosaic(padding: .nan)
            #expect(try parts.replacing(mosaic: mosaic) == parts, "\(wavelet.name) \(source.size)")
        }
    }

    @Test func theMosaicPutsBandsWhereTheyBelong() throws {
        let parts = try WaveletTransform2D(.haar).decompose(plane(8, 8), levels: 2)
        let mosaic = parts.mosaic(padding: 0)
        #expect(mosaic.size == Size(width: 8, height: 8))
        #expect(mosaic[0, 0] == parts.approximation[0, 0])
        #expect(mosaic[0, 4] == parts.details[1].vertical[0, 0])
        #expect(mosaic[4, 0] == parts.details[1].horizontal[0, 0])
        #expect(mosaic[5, 6] == parts.details[1].diagonal[1, 2])
        #expect(mosaic[2, 3] == parts.details[0].diagonal[0, 1])
        #expect(throws: WaveletError.mismatchedBands(expected: Size(width: 8, height: 8), found: Size(width: 7, height: 8))) {
            try parts.replacing(mosaic: plane(8, 7))
        }
    }

    @Test func oddSidesComeBackOneLargerOnlyWhenAskedFor() throws {
        let transform = WaveletTransform2D(.haar)
        let parts = try transform.decompose(plane(13, 10), levels: 3)
        #expect(try transform.reconstruct(parts).size == Size(width: 10, height: 13))
        #expect(try transform.reconstructPadded(parts).size == Size(width: 10, height: 14))
    }

    @Test func bandsThatDoNotBelongTogetherAreRefused() throws {
        let transform = WaveletTransform2D(try Wavelet(named: "db2"))
        var bands = try transform.forward(plane(12, 12))
        bands.vertical = plane(7, 6)
        #expect(throws: WaveletError.mismatchedBands(expected: Size(width: 7, height: 7), found: Size(width: 6, height: 7))) {
            try transform.inverse(bands)
        }
        var parts = try transform.decompose(plane(12, 12), levels: 2)
        parts.approximation = plane(9, 9)
        #expect(throws: WaveletError.mismatchedBands(expected: Size(width: 9, height: 9), found: Size(width: 5, height: 5))) {
            try transform.reconstruct(parts)
        }
        #expect(throws: WaveletError.emptyInput) { try transform.decompose(NumberPlane<Float>(rows: 0, columns: 3, values: [])) }
        #expect(throws: WaveletError.invalidParameter(name: "levels", value: "-2", allowed: "0 or more")) {
            try transform.decompose(plane(4, 4), levels: -2)
        }
    }
}

/// All wavelets in an optimised build, every seventh in a debug build, whose numeric code is 50 to 100 times slower.
enum SharedSample {
    static func of<T>(_ items: [T]) -> [T] {
        #if DEBUG
            return items.enumerated().filter { $0.offset % 7 == 0 }.map(\.element)
        #else
            return items
        #endif
    }
}
