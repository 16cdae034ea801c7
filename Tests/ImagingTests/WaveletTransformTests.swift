import Imaging
import Testing

@Suite struct WaveletTransformTests {
    static let some = ["haar", "db2", "db4", "db9", "sym5", "coif2", "bior2.2", "bior3.5", "bior4.4", "rbio3.3", "rbio1.5"]
    #if DEBUG
        static let lengths = [1, 2, 3, 8, 17]
    #else
        static let lengths = Array(1...40) + [64, 69, 70]
    #endif

    @Test(arguments: BoundaryMode.allCases)
    func oneLevelEqualsItsDefinition(mode: BoundaryMode) throws {
        for name in Self.some {
            let wavelet = try Wavelet(named: name)
            let transform = WaveletTransform(wavelet, mode: mode)
            for length in Self.lengths where length > 1 || (mode != .reflect && mode != .antireflect) {
                let signal = WaveletTwin.numbers(length, seed: UInt32(length))
                let expected =
                    WaveletTwin.analyse(signal, wavelet.analysisLow, mode) + WaveletTwin.analyse(signal, wavelet.analysisHigh, mode)
                let bands = try transform.forward(signal)
                // Sums of up to 20 products of extended samples, which smooth and antireflect let grow to some 20 times.
                #expect(WaveletTwin.error(bands.approximation + bands.detail, expected) < 1e-13, "\(name) \(length)")
                let single = try transform.forward(signal.map { Float($0) })
                #expect(WaveletTwin.error((single.approximation + single.detail).map { Double($0) }, expected) < 1e-5, "\(name) \(length)")
                let back = try transform.inverse(approximation: bands.approximation, detail: bands.detail)
                #expect(WaveletTwin.error(Array(back[..<length]), signal) < 1e-10, "\(name) \(length) back")
            }
        }
    }

    @Test(arguments: BoundaryMode.allCases)
    func allWaveletsReconstructPerfectly(mode: BoundaryMode) throws {
        for (i, wavelet) in SharedSample.of(Wavelet.all).enumerated() {
            let transform = WaveletTransform(wavelet, mode: mode)
            for length in [3 + i % 7, 33 + i % 20, 70] {
                let signal = WaveletTwin.numbers(length, seed: UInt32(i + 1))
                let parts = try transform.decompose(signal, levels: 2)
                let size = parts.flattened.reduce(0.5) { max($0, abs($1)) }
                let back = try transform.reconstruct(parts).map { $0 / size }
                // The Meyer filter is a truncation and reconstructs to about 2e-2 only.
                #expect(
                    zip(back, signal).allSatisfy { abs($0 - $1 / size) < (wavelet.name == "dmey" ? 2e-2 : 1e-10) },
                    "\(wavelet.name) \(length)")
            }
        }
    }

    @Test func levelsChainAndFlattenAndComeBack() throws {
        let transform = WaveletTransform(try Wavelet(named: "db3"), mode: .reflect)
        let signal = WaveletTwin.numbers(61, seed: 3)
        let parts = try transform.decompose(signal, levels: 3)
        #expect(parts.details.map(\.count) == [12, 19, 33])
        #expect(parts.approximation.count == 12)
        #expect(try transform.decompose(signal).levels == transform.wavelet.maximumLevel(length: 61))
        let first = try transform.forward(signal)
        #expect(parts.details[2] == first.detail)
        #expect(try parts.replacing(flattened: parts.flattened) == parts)
        #expect(try transform.reconstruct(parts).count == 61)
        #expect(try transform.reconstructPadded(parts).count == 62)
        #expect(try transform.decompose(signal, levels: 0).approximation == signal)
    }

    @Test func whatCannotBeTransformedIsRefused() throws {
        let db2 = try Wavelet(named: "db2")
        for mode in BoundaryMode.allCases {
            #expect(throws: WaveletError.emptyInput) { try WaveletTransform(db2, mode: mode).forward([Double]()) }
        }
        for mode in [BoundaryMode.reflect, .antireflect] {
            #expect(throws: WaveletError.tooShort(length: 1, mode: mode)) { try WaveletTransform(db2, mode: mode).forward([1.0]) }
        }
        let transform = WaveletTransform(db2)
        #expect(throws: WaveletError.invalidParameter(name: "levels", value: "-1", allowed: "0 or more")) {
            try transform.decompose([1.0, 2], levels: -1)
        }
        #expect(throws: WaveletError.tooFewCoefficients(found: 1, needed: 2)) {
            try transform.inverse(approximation: [1.0], detail: [1.0])
        }
        #expect(throws: WaveletError.mismatchedBands(expected: Size(width: 3, height: 1), found: Size(width: 2, height: 1))) {
            try transform.inverse(approximation: [1.0, 2, 3], detail: [1.0, 2])
        }
        let parts = try transform.decompose([1.0, 2, 3, 4], levels: 1)
        #expect(throws: WaveletError.mismatchedBands(expected: Size(width: 6, height: 1), found: Size(width: 5, height: 1))) {
            try parts.replacing(flattened: [1, 2, 3, 4, 5])
        }
    }

    @Test func aPolynomialLeavesNoDetail() throws {
        // db4 annihilates cubics: away from the ends no detail remains.
        let transform = WaveletTransform(try Wavelet(named: "db4"))
        let signal = (0..<64).map { i -> Double in
            let t = Double(i) / 64
            return 1 + t - 2 * t * t + t * t * t
        }
        let detail = try transform.forward(signal).detail
        #expect(detail[4..<31].allSatisfy { abs($0) < 1e-13 })
        #expect(detail.contains { abs($0) > 1e-3 })
    }
}
