/// For each destination sample of one axis, the two source samples it blends and their weights in 1/2048.
struct FixedPointAxis {
    /// What happens to the weights where the pair would leave the source.
    enum Edge {
        /// The border sample alone, with weights 2048 and 0.
        case resetWeights
        /// The border sample twice, with the weights of the position.
        case keepWeights
    }

    private(set) var first: [Int] = []
    private(set) var second: [Int] = []
    private(set) var firstWeight: [Int32] = []
    private(set) var secondWeight: [Int32] = []

    var count: Int { first.count }

    /// Positions and fractions of `INTER_LINEAR`.
    static func linear(from n: Int, to m: Int, edge: Edge) -> FixedPointAxis {
        let scale = 1.0 / (Double(m) / Double(n))
        var axis = FixedPointAxis()
        for d in 0..<m {
            let position = Float((Double(d) + 0.5) * scale - 0.5)
            let whole = position.rounded(.down)
            axis.append(index: Int(whole), fraction: position - whole, limit: n, edge: edge)
        }
        return axis
    }

    mutating func append(index: Int, fraction: Float, limit n: Int, edge: Edge) {
        var index = index
        var fraction = fraction
        if edge == .resetWeights, index < 0 || index >= n - 1 {
            index = index < 0 ? 0 : n - 1
            fraction = 0
        }
        first.append(min(max(index, 0), n - 1))
        second.append(min(max(index + 1, 0), n - 1))
        firstWeight.append(Int32(((1 - fraction) * 2048).rounded(.toNearestOrEven)))
        secondWeight.append(Int32((fraction * 2048).rounded(.toNearestOrEven)))
    }
}

extension FixedPointAxis {
    /// Positions and fractions of `INTER_AREA` when an axis enlarges.
    static func area(from n: Int, to m: Int, edge: Edge) -> FixedPointAxis {
        let inverse = Double(m) / Double(n)
        let scale = 1.0 / inverse
        var axis = FixedPointAxis()
        for d in 0..<m {
            let index = Int((Double(d) * scale).rounded(.down))
            let offset = Float(Double(d + 1) - Double(index + 1) * inverse)
            axis.append(index: index, fraction: offset <= 0 ? 0 : offset - offset.rounded(.down), limit: n, edge: edge)
        }
        return axis
    }
}
