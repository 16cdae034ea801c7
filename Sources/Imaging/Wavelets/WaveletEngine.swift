/// The compiled kernels of one scalar type. Public because `WaveletScalar` names it; nothing in it is of use outside this library.
public struct WaveletEngine<Scalar: WaveletScalar>: Sendable {
    let analyseLine: @Sendable ([Scalar], AnalysisAxis) -> (low: [Scalar], high: [Scalar])
    let synthesiseLine: @Sendable (_ low: [Scalar], _ high: [Scalar], SynthesisAxis) -> [Scalar]
    let decompose: @Sendable (NumberPlane<Scalar>, [AnalysisLevel]) -> PlaneDecomposition<Scalar>
    let reconstruct: @Sendable (PlaneDecomposition<Scalar>, [SynthesisLevel], _ size: Size) -> NumberPlane<Scalar>
    let stationaryLine: @Sendable ([Scalar], StationaryAxis) -> (low: [Scalar], high: [Scalar])
    let inverseStationaryLine: @Sendable (_ low: [Scalar], _ high: [Scalar], StationaryAxis) -> [Scalar]
}
