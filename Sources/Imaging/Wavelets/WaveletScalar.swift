/// The number types transforms work in: Float and Double.
///
/// The kernels need concrete SIMD types; each scalar names its own and hands over the whole-plane work, so that generic code
/// above never computes number by number. Not for conformances outside this module.
public protocol WaveletScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
    /// The compiled kernels of this scalar.
    static var waveletEngine: WaveletEngine<Self> { get }
}

extension Float: WaveletScalar {
    /// The kernels in Float.
    public static let waveletEngine = WaveletEngine<Float>(
        analyseLine: WaveletKernels<FloatLanes>.analyseLine, synthesiseLine: WaveletKernels<FloatLanes>.synthesiseLine,
        decompose: WaveletKernels<FloatLanes>.decompose, reconstruct: WaveletKernels<FloatLanes>.reconstruct,
        stationaryLine: WaveletKernels<FloatLanes>.stationaryLine,
        inverseStationaryLine: WaveletKernels<FloatLanes>.inverseStationaryLine)
}

extension Double: WaveletScalar {
    /// The kernels in Double.
    public static let waveletEngine = WaveletEngine<Double>(
        analyseLine: WaveletKernels<DoubleLanes>.analyseLine, synthesiseLine: WaveletKernels<DoubleLanes>.synthesiseLine,
        decompose: WaveletKernels<DoubleLanes>.decompose, reconstruct: WaveletKernels<DoubleLanes>.reconstruct,
        stationaryLine: WaveletKernels<DoubleLanes>.stationaryLine,
        inverseStationaryLine: WaveletKernels<DoubleLanes>.inverseStationaryLine)
}
