/// Everything about the analysis of one axis that does not depend on the numbers: filters, and where samples come from.
///
/// Output k is the sum over taps j of filter[j] * extended[2k + L - 1 - j], where `extended` is the signal with `lead`
/// samples before it and enough after it: 2K + L - 2 in all.
struct AnalysisAxis {
    /// An extended sample outside the signal, and its place in the extended signal.
    struct Border {
        var position: Int
        var sample: ExtendedSample
    }

    let filterLength: Int
    let low: [Double]
    let high: [Double]
    let inputCount: Int
    let outputCount: Int
    let lead: Int
    let border: [Border]

    var extendedCount: Int { 2 * outputCount + filterLength - 2 }

    /// - Throws: `WaveletError.emptyInput`, `.tooShort`.
    init(_ wavelet: Wavelet, _ mode: BoundaryMode, count: Int) throws(WaveletError) {
        guard count > 0 else { throw .emptyInput }
        if mode == .reflect || mode == .antireflect, count < 2 { throw .tooShort(length: count, mode: mode) }
        filterLength = wavelet.filterLength
        low = wavelet.analysisLow
        high = wavelet.analysisHigh
        inputCount = count
        outputCount = mode.outputLength(of: count, filterLength: filterLength)
        lead = mode == .periodization ? filterLength / 2 - 1 : filterLength - 2
        var border: [Border] = []
        for position in 0..<lead {
            border.append(Border(position: position, sample: mode.extended(position - lead, count: count)))
        }
        for position in lead + count..<2 * outputCount + filterLength - 2 {
            border.append(Border(position: position, sample: mode.extended(position - lead, count: count)))
        }
        self.border = border
    }
}
