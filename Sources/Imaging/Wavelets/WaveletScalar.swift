/// The number types transforms work in: Float and Double.
///
/// The kernels need concrete SIMD types; each scalar names its own and hands over the whole-plane work, so that generic code
/// above never computes number by number. Not for conformances outside this module.
public protocol WaveletScalar: BinaryFloatingPoint, Sendable {
    static var waveletEngine: WaveletEngine<Self> { get }
}

extension Float: WaveletScalar {
    public static let waveletEngine = WaveletEngine<Float>(
        analyseLine: WaveletKernels<FloatLanes>.analyseLine, synthesiseLine: WaveletKernels<FloatLanes>.synthesiseLine,
        decompose: WaveletKernels<FloatLanes>.decompose, reconstruct: WaveletKernels<FloatLanes>.reconstruct,
        stationaryLine: WaveletKernels<FloatLanes>.stationaryLine,
        inverseStationaryLine: WaveletKernels<FloatLanes>.inverseStationaryLine)
}

extension Double: WaveletScalar {
    public static let waveletEngine = WaveletEngine<Double>(
        analyseLine: WaveletKernels<DoubleLanes>.analyseLine, synthesiseLine: WaveletKernels<DoubleLanes>.synthesiseLine,
        decompose: WaveletKernels<DoubleLanes>.decompose, reconstruct: WaveletKernels<DoubleLanes>.reconstruct,
        stationaryLine: WaveletKernels<DoubleLanes>.stationaryLine,
        inverseStationaryLine: WaveletKernels<DoubleLanes>.inverseStationaryLine)
}

/// The compiled kernels of one scalar type.
public struct WaveletEngine<Scalar: WaveletScalar>: Sendable {
    let analyseLine: @Sendable ([Scalar], AnalysisAxis) -> (low: [Scalar], high: [Scalar])
    let synthesiseLine: @Sendable (_ low: [Scalar], _ high: [Scalar], SynthesisAxis) -> [Scalar]
    let decompose: @Sendable (Grid<Scalar>, [AnalysisLevel]) -> PlaneDecomposition<Scalar>
    let reconstruct: @Sendable (PlaneDecomposition<Scalar>, [SynthesisLevel], _ size: Size) -> Grid<Scalar>
    let stationaryLine: @Sendable ([Scalar], StationaryAxis) -> (low: [Scalar], high: [Scalar])
    let inverseStationaryLine: @Sendable (_ low: [Scalar], _ high: [Scalar], StationaryAxis) -> [Scalar]
}

/// The four bands of one level of the 2-D transform, all of one size.
///
/// `horizontal` is high-pass down the columns and low-pass along the rows, so horizontal edges show in it; `vertical` the
/// other way round; `diagonal` high-pass both ways.
public struct WaveletBands<Scalar> {
    public var approximation: Grid<Scalar>
    public var horizontal: Grid<Scalar>
    public var vertical: Grid<Scalar>
    public var diagonal: Grid<Scalar>

    public init(approximation: Grid<Scalar>, horizontal: Grid<Scalar>, vertical: Grid<Scalar>, diagonal: Grid<Scalar>) {
        self.approximation = approximation
        self.horizontal = horizontal
        self.vertical = vertical
        self.diagonal = diagonal
    }
}

extension WaveletBands: Sendable where Scalar: Sendable {}
extension WaveletBands: Equatable where Scalar: Equatable {}
