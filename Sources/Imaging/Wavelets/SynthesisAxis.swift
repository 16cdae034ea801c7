/// Everything about the synthesis of one axis that does not depend on the numbers.
///
/// Outputs 2m and 2m + 1 are sums over taps j of coefficients m + shift[j], low and high band each with its own weights.
/// `periodization` reads coefficients beyond both ends, which repeat; the other modes never do.
struct SynthesisAxis {
    let coefficientCount: Int
    /// Half the number of outputs.
    let pairCount: Int
    /// Which coefficient each tap reads, relative to m: from `lastShift` down to `firstShift`.
    let shifts: [Int]
    let firstShift: Int
    let lastShift: Int
    /// The weights of all low-band taps, then of all high-band taps.
    let even: [Double]
    let odd: [Double]
    let isPeriodic: Bool

    /// - Throws: `WaveletError.emptyInput`, `.tooFewCoefficients`.
    init(_ wavelet: Wavelet, _ mode: BoundaryMode, count: Int) throws(WaveletError) {
        guard count > 0 else { throw .emptyInput }
        let half = wavelet.filterLength / 2
        coefficientCount = count
        isPeriodic = mode == .periodization
        if !isPeriodic, count < half { throw .tooFewCoefficients(found: count, needed: half) }
        pairCount = isPeriodic ? count : count - half + 1
        // Output n is the sum over j of filter[2j + r] * c[q - j], where n + origin = 2q + r.
        let origin = isPeriodic ? half - 1 : 2 * half - 2
        let (evenShift, evenPhase) = (origin / 2, origin % 2)
        let (oddShift, oddPhase) = ((origin + 1) / 2, (origin + 1) % 2)
        let shifts = Array((evenShift - half + 1...oddShift).reversed())
        self.shifts = shifts
        firstShift = evenShift - half + 1
        lastShift = oddShift
        func weights(_ filter: [Double], _ shift: Int, _ phase: Int) -> [Double] {
            shifts.map { place in
                let j = shift - place
                return 0..<half ~= j ? filter[2 * j + phase] : 0
            }
        }
        even = weights(wavelet.synthesisLow, evenShift, evenPhase) + weights(wavelet.synthesisHigh, evenShift, evenPhase)
        odd = weights(wavelet.synthesisLow, oddShift, oddPhase) + weights(wavelet.synthesisHigh, oddShift, oddPhase)
    }

    /// The coefficient that stands at `place`, which only a periodic axis lets leave 0..<coefficientCount.
    func wrapped(_ place: Int) -> Int {
        let r = place % coefficientCount
        return r < 0 ? r + coefficientCount : r
    }
}
