/// The filters of one stationary level.
struct StationaryAxis {
    let filterLength: Int
    /// The distance between taps: 2^level, level counted from 0.
    let stride: Int
    let low: [Double]
    let high: [Double]
    /// Half of the synthesis filters.
    let inverseLow: [Double]
    let inverseHigh: [Double]

    /// Tap j of output n reads place n + offset - j * stride.
    var offset: Int { filterLength / 2 * stride }
    var inverseOffset: Int { (filterLength / 2 - 1) * stride }

    init(_ wavelet: Wavelet, level: Int) {
        filterLength = wavelet.filterLength
        stride = 1 << level
        low = wavelet.analysisLow
        high = wavelet.analysisHigh
        inverseLow = wavelet.synthesisLow.map { $0 / 2 }
        inverseHigh = wavelet.synthesisHigh.map { $0 / 2 }
    }

    static func check(count: Int, levels: Int) throws(WaveletError) {
        guard count > 0 else { throw .emptyInput }
        try WaveletError.checkLevels(levels, least: 1)
        guard levels <= StationaryTransform.maximumLevel(length: count) else {
            throw .indivisibleLength(count, by: levels < Int.bitWidth - 1 ? 1 << levels : Int.max)
        }
    }
}
