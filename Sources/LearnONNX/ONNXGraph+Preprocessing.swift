import Learn

extension ONNXGraph {
    /// Rows after a preprocessing step, rounded to single precision as ``FittedStep/transform(_:threads:)`` leaves them.
    mutating func emit(_ step: FittedStep, on rows: Value) -> Value {
        switch step {
        case .standardScaler(let scaler): return standardised(rows, mean: scaler.mean, scale: scaler.scale)
        case .blockNormaliser(let normaliser):
            return standardised(rows, mean: normaliser.mean, scale: normaliser.columnScales)
        case .rowNormaliser:
            let lengths = add("Sqrt", squaredNorms(rows))
            let zero = constant(0.0)
            // A row of zeros stays as it is.
            let divisors = add("Where", add("Greater", lengths, zero), lengths, constant(1.0))
            return rounded(add("Div", rows, divisors))
        case .pca(let pca):
            let centred = rounded(add("Sub", rows, constant(pca.mean)))
            var projected = add("MatMul", centred, constant(pca.components.transposed()))
            if pca.whitens {
                projected = add("Div", projected, constant(pca.explainedVariance.map { $0.squareRoot() }))
            }
            return rounded(projected)
        }
    }

    private mutating func standardised(_ rows: Value, mean: [Double], scale: [Double]) -> Value {
        rounded(add("Div", add("Sub", rows, constant(mean)), constant(scale)))
    }
}
