import Imaging
import Testing

/// The filters satisfy the equations that define them, to the precision of a double.
@Suite struct WaveletFamilyTests {
    /// A sum of terms, allowed to miss its value by rounding: every term carries half a unit of its filter numbers' last place
    /// (products twice that), and so does every addition.
    private func expectSum(_ terms: [Double], is value: Double, _ what: @autoclosure () -> String) {
        let magnitude = terms.reduce(abs(value)) { $0 + abs($1) }
        let tolerance = (2 + Double(terms.count).squareRoot()) * magnitude * .ulpOfOne
        let sum = terms.reduce(0, +)
        #expect(abs(sum - value) <= tolerance, "\(what()): \(sum) instead of \(value), tolerance \(tolerance)")
    }

    @Test func allFamiliesAreThere() throws {
        #expect(WaveletFamily.allNames.count == 106)
        #expect(Wavelet.all.map(\.name) == WaveletFamily.allNames)
        #expect(Wavelet.all.allSatisfy { $0.filterLength.isMultiple(of: 2) && $0.supportWidth == $0.filterLength - 1 })
        #expect(try Wavelet(named: "haar").analysisLow == Wavelet(named: "db1").analysisLow)
        #expect(throws: WaveletError.unknownWavelet(name: "db39")) { try Wavelet(named: "db39") }
        #expect(throws: WaveletError.unknownWavelet(name: "")) { try Wavelet(named: "") }
    }

    @Test func lengthsAndMomentsFollowTheOrder() throws {
        for (name, length, moments, scaling) in [
            ("db38", 76, 38, 0), ("sym20", 40, 20, 0), ("coif17", 102, 34, 33), ("bior6.8", 18, 6, 8), ("rbio3.1", 4, 3, 1),
            ("db1", 2, 1, 0),
        ] {
            let wavelet = try Wavelet(named: name)
            #expect(wavelet.filterLength == length)
            #expect(wavelet.vanishingMoments == moments)
            #expect(wavelet.scalingVanishingMoments == scaling)
        }
    }

    @Test(arguments: Wavelet.all.filter { $0.name != "dmey" })
    func synthesisUndoesAnalysis(wavelet: Wavelet) {
        // Both low-pass filters sum to the square root of 2, and are biorthogonal at even shifts.
        let (analysis, synthesis) = (wavelet.analysisLow, wavelet.synthesisLow)
        let length = wavelet.filterLength
        expectSum(analysis, is: 2.0.squareRoot(), "\(wavelet.name) analysis sum")
        expectSum(synthesis, is: 2.0.squareRoot(), "\(wavelet.name) synthesis sum")
        for shift in stride(from: -length + 2, to: length, by: 2) {
            let terms = (0..<length).compactMap { k in
                let other = length - 1 - k + shift
                return 0..<length ~= other ? analysis[k] * synthesis[other] : nil
            }
            expectSum(terms, is: shift == 0 ? 1 : 0, "\(wavelet.name) shift \(shift)")
        }
        for k in 0..<length {
            let sign: Double = k.isMultiple(of: 2) ? 1 : -1
            #expect(wavelet.synthesisHigh[k] == sign * analysis[k])
            #expect(wavelet.analysisHigh[k] == -sign * synthesis[k])
        }
    }

    @Test(arguments: Wavelet.all.filter { $0.name != "dmey" })
    func momentsVanish(wavelet: Wavelet) {
        let length = wavelet.filterLength
        // The nominal orders of bior5.5 are 5 and 5; symmetric filters of odd length have even orders: 6 and 4.
        let special = ["bior5.5": (6, 4), "rbio5.5": (4, 6)][wavelet.name]
        let analysis = special?.0 ?? wavelet.vanishingMoments ?? 0
        let isPair = wavelet.family == .biorthogonal || wavelet.family == .reverseBiorthogonal
        let dual = special?.1 ?? (isPair ? wavelet.scalingVanishingMoments ?? 0 : analysis)
        let half = Double(length - 1) / 2
        func expectMoments(_ filter: [Double], _ count: Int, about center: Double, _ what: String, from first: Int = 0) {
            for order in first..<max(count, first) {
                let terms = filter.enumerated().map { k, value in
                    (0..<order).reduce(value) { power, _ in power * (Double(k) - center) / half }
                }
                // The powers add a rounding each.
                let magnitude = terms.reduce(0) { $0 + abs($1) }
                let tolerance = (2 + Double(length).squareRoot() + Double(2 * order)) * magnitude * .ulpOfOne
                #expect(abs(terms.reduce(0, +)) <= tolerance, "\(wavelet.name) \(what) moment \(order)")
            }
        }
        if isPair && wavelet.family == .reverseBiorthogonal {
            // Analysis and synthesis are exchanged, the nominal orders are not.
            expectMoments(wavelet.analysisHigh, special?.0 ?? dual, about: half, "analysis")
            expectMoments(wavelet.synthesisHigh, special?.1 ?? analysis, about: half, "synthesis")
        } else {
            expectMoments(wavelet.analysisHigh, analysis, about: half, "analysis")
            expectMoments(wavelet.synthesisHigh, dual, about: half, "synthesis")
        }
        if wavelet.family == .coiflet, let scaling = wavelet.scalingVanishingMoments {
            expectMoments(wavelet.synthesisLow, scaling + 1, about: Double(length / 3), "scaling", from: 1)
        }
    }

    @Test func orthogonalityIsWhatIsClaimed() {
        for wavelet in Wavelet.all {
            let isReversed = wavelet.analysisLow.elementsEqual(wavelet.synthesisLow.reversed())
            if wavelet.isOrthogonal { #expect(isReversed, "\(wavelet.name)") }
        }
    }

    @Test func aBankOfMisfitsIsRefused() throws {
        #expect(throws: WaveletError.unusableFilterBank(analysisLow: 0, analysisHigh: 0, synthesisLow: 0, synthesisHigh: 0)) {
            try Wavelet(name: "x", analysisLow: [], analysisHigh: [], synthesisLow: [], synthesisHigh: [])
        }
        #expect(throws: WaveletError.unusableFilterBank(analysisLow: 3, analysisHigh: 3, synthesisLow: 3, synthesisHigh: 3)) {
            try Wavelet(name: "x", analysisLow: [1, 2, 3], analysisHigh: [1, 2, 3], synthesisLow: [1, 2, 3], synthesisHigh: [1, 2, 3])
        }
        #expect(throws: WaveletError.unusableFilterBank(analysisLow: 2, analysisHigh: 4, synthesisLow: 2, synthesisHigh: 2)) {
            try Wavelet(name: "x", analysisLow: [1, 2], analysisHigh: [1, 2, 3, 4], synthesisLow: [1, 2], synthesisHigh: [1, 2])
        }
        let db2 = try Wavelet(named: "db2")
        let own = try Wavelet(
            name: "mine", analysisLow: db2.analysisLow, analysisHigh: db2.analysisHigh, synthesisLow: db2.synthesisLow,
            synthesisHigh: db2.synthesisHigh)
        #expect(own.isOrthogonal && own.family == nil && own.vanishingMoments == nil)
    }

    @Test func maximumLevelIsTheLogarithmOfLengthOverSupport() throws {
        for (name, length, level) in [("db1", 233, 7), ("db1", 1, 0), ("db4", 233, 5), ("db4", 7, 0), ("db4", 14, 1), ("dmey", 70, 0)] {
            #expect(try Wavelet(named: name).maximumLevel(length: length) == level, "\(name) \(length)")
        }
    }
}
