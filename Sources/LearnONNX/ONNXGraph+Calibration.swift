import Learn

extension ONNXGraph {
    /// Probabilities from scores, see ``Calibration/probabilities(_:)``.
    mutating func emit(_ calibration: Calibration, on scores: Value, classCount: Int) -> Value {
        switch calibration {
        case .temperature(let factor): return softmax(add("Mul", scores, constant(factor)))
        case .platt(let slopes, let offsets):
            return normalisedSigmoids(add("Add", add("Mul", scores, constant(slopes)), constant(offsets)))
        case .isotonic(let curves):
            let values = leadingBits(piecewiseLinear(curves, scores))
            let sums = rowSum(values)
            let even = constant([Double](repeating: 1 / Double(classCount), count: classCount))
            return add("Where", add("Greater", sums, constant(0.0)), add("Div", values, sums), even)
        }
    }

    mutating func softmax(_ scores: Value) -> Value { add("Softmax", scores, attributes: [.onnx("axis", 1)]) }

    /// The first `count` columns of probabilities, each row divided by its sum.
    mutating func amongFirst(_ count: Int, of probabilities: Value) -> Value {
        let kept = add("Gather", probabilities, constant(Array(0..<count)), attributes: [.onnx("axis", 1)])
        return add("Div", kept, rowSum(kept))
    }

    /// σ(s(k)) / Σ σ(s(j)) in each row; where every σ vanishes, the softmax.
    mutating func normalisedSigmoids(_ scores: Value) -> Value {
        let powers = add("Sigmoid", scores)
        let sums = rowSum(powers)
        return add("Where", add("Greater", sums, constant(1e-300)), add("Div", powers, sums), softmax(scores))
    }

    /// Every column through its own curve: the first value, plus for each segment its rise times how much of it lies below the score,
    /// min(1, max(0, (s - begin) / length)). A curve of one point has one segment that does not rise.
    private mutating func piecewiseLinear(_ curves: [IsotonicCurve], _ scores: Value) -> Value {
        var columns: [Int] = []
        var begins: [Double] = []
        var lengths: [Double] = []
        var rises: [Double] = []
        for (label, curve) in curves.enumerated() {
            for end in 1..<max(2, curve.scores.count) {
                let isPoint = end == curve.scores.count
                columns.append(label)
                begins.append(curve.scores[end - 1])
                lengths.append(isPoint ? 1 : curve.scores[end] - curve.scores[end - 1])
                rises.append(isPoint ? 0 : curve.values[end] - curve.values[end - 1])
            }
        }
        var rising = DoubleMatrix(rows: columns.count, columns: curves.count)
        for (segment, label) in columns.enumerated() { rising[segment, label] = rises[segment] }
        let spread = add("Gather", scores, constant(columns), attributes: [.onnx("axis", 1)])
        let passed = add("Div", add("Sub", spread, constant(begins)), constant(lengths))
        let shares = add("Clip", passed, constant(0.0), constant(1.0))
        return add("Add", add("MatMul", shares, constant(rising)), constant(curves.map { $0.values[0] }))
    }
}
