/// Everything about the analysis of one axis that does not depend on the numbers: filters, and where samples come from.
///
/// Output k is the sum over taps t of weight[t] * extended[2k + t], where `extended` is the signal with `lead` samples before
/// it and enough after it: 2K + L - 2 in all. Filters are stored in the order of the convolution, last sample first.
struct AnalysisAxis<Scalar: WaveletScalar> {
    let filterLength: Int
    /// Low-pass and high-pass weight of tap j, which multiplies extended sample 2k + L - 1 - j.
    let low: [Scalar]
    let high: [Scalar]
    let inputCount: Int
    let outputCount: Int
    let lead: Int
    /// The extended samples outside the signal.
    let border: ExtendedBorder<Scalar>

    var extendedCount: Int { 2 * outputCount + filterLength - 2 }

    /// - Throws: `WaveletError.emptyInput`, `.tooShort`.
    init(_ wavelet: Wavelet, _ mode: BoundaryMode, count: Int) throws(WaveletError) {
        guard count > 0 else { throw .emptyInput }
        if mode == .reflect || mode == .antireflect, count < 2 { throw .tooShort(length: count, mode: mode) }
        filterLength = wavelet.filterLength
        low = wavelet.analysisLow.map { Scalar($0) }
        high = wavelet.analysisHigh.map { Scalar($0) }
        inputCount = count
        outputCount = mode.outputLength(of: count, filterLength: filterLength)
        lead = mode == .periodization ? filterLength / 2 - 1 : filterLength - 2
        border = ExtendedBorder(mode, count: count, lead: lead, total: 2 * outputCount + filterLength - 2)
    }
}

/// The samples of an extended signal that lie outside the signal, as weighted sums of its own.
struct ExtendedBorder<Scalar: WaveletScalar> {
    struct Sample {
        /// Its place in the extended signal.
        var position: Int
        var first: Int
        var firstWeight: Scalar
        /// The other summands; empty for all modes but smooth and antireflect.
        var others: [(index: Int, weight: Scalar)]
        /// The sample is zero.
        var isZero: Bool
        /// The sample is a plain copy of sample `first`.
        var isCopy: Bool { !isZero && others.isEmpty && firstWeight == 1 }
    }

    let samples: [Sample]
    let isCopiesOnly: Bool

    init(_ mode: BoundaryMode, count: Int, lead: Int, total: Int) {
        var samples: [Sample] = []
        for position in 0..<total where position < lead || position >= lead + count {
            let terms = mode.terms(at: position - lead, count: count)
            samples.append(
                Sample(
                    position: position, first: terms.first?.index ?? 0, firstWeight: Scalar(terms.first?.weight ?? 0),
                    others: terms.dropFirst().map { ($0.index, Scalar($0.weight)) }, isZero: terms.isEmpty))
        }
        self.samples = samples
        isCopiesOnly = samples.allSatisfy(\.isCopy)
    }
}

/// Everything about the synthesis of one axis that does not depend on the numbers.
///
/// Outputs 2m and 2m + 1 are sums over taps j of coefficients m + shift[j], low and high band each with its own weights.
/// `periodization` reads coefficients beyond both ends, which repeat; the other modes never do.
struct SynthesisAxis<Scalar: WaveletScalar> {
    let coefficientCount: Int
    /// Half the number of outputs.
    let pairCount: Int
    /// Which coefficient each tap reads, relative to m: from `firstShift` on to `lastShift`, both included.
    let shifts: [Int]
    let firstShift: Int
    let lastShift: Int
    let evenLow: [Scalar]
    let evenHigh: [Scalar]
    let oddLow: [Scalar]
    let oddHigh: [Scalar]
    let isPeriodic: Bool

    /// - Throws: `WaveletError.emptyInput`, `.tooFewCoefficients`.
    init(_ wavelet: Wavelet, _ mode: BoundaryMode, count: Int) throws(WaveletError) {
        guard count > 0 else { throw .emptyInput }
        let half = wavelet.filterLength / 2
        coefficientCount = count
        isPeriodic = mode == .periodization
        // Output n takes rec[2j + r] * c[q - j] with n + L/2 - 1 = 2q + r when periodic, and n + L - 2 otherwise.
        let origin = isPeriodic ? half - 1 : 2 * half - 2
        if !isPeriodic, count < half { throw .tooFewCoefficients(found: count, needed: half) }
        pairCount = isPeriodic ? count : count - half + 1
        let (evenShift, evenPhase) = (origin / 2, origin % 2)
        let (oddShift, oddPhase) = ((origin + 1) / 2, (origin + 1) % 2)
        let shifts = Array((min(evenShift, oddShift) - half + 1...max(evenShift, oddShift)).reversed())
        self.shifts = shifts
        firstShift = shifts[shifts.count - 1]
        lastShift = shifts[0]
        func weights(_ filter: [Double], _ shift: Int, _ phase: Int) -> [Scalar] {
            shifts.map { place in
                let j = shift - place
                return 0..<half ~= j ? Scalar(filter[2 * j + phase]) : 0
            }
        }
        evenLow = weights(wavelet.synthesisLow, evenShift, evenPhase)
        evenHigh = weights(wavelet.synthesisHigh, evenShift, evenPhase)
        oddLow = weights(wavelet.synthesisLow, oddShift, oddPhase)
        oddHigh = weights(wavelet.synthesisHigh, oddShift, oddPhase)
    }

    /// The coefficient that stands at `place`, which only a periodic axis lets leave 0..<coefficientCount.
    func wrapped(_ place: Int) -> Int {
        let r = place % coefficientCount
        return r < 0 ? r + coefficientCount : r
    }
}
