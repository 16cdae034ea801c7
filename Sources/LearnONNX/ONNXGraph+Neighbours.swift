import Learn

extension ONNXGraph {
    /// Shares of the nearest rows' votes.
    mutating func proportions(_ model: NearestNeighbours, rows: Value) -> Value {
        let squares = add("Add", squaredNorms(rows), constant(model.rows.squaredNorms()))
        let products = add("MatMul", rows, constant(model.rows.transposed()))
        let raw = add("Sub", squares, add("Mul", products, constant(2.0)))
        // Twins are at distance 0, and equally far rows stay equally far.
        let isApart = add("Greater", raw, add("Mul", squares, constant(1e-12)))
        let distances = leadingBits(add("Where", isApart, raw, constant(0.0)))
        let count = model.parameters.neighbours
        // Of equals, the lower index comes first.
        let nearest = add(
            "TopK", [distances, constant([count])], results: 2,
            attributes: [.onnx("axis", 1), .onnx("largest", 0), .onnx("sorted", 1)])
        var membership = DoubleMatrix(rows: model.rows.rows, columns: model.classCount)
        for (row, label) in model.labels.enumerated() { membership[row, label] = 1 }
        // rows x neighbours x classes
        var ballots = add("Gather", constant(membership), nearest[1], attributes: [.onnx("axis", 0)])
        if model.parameters.weighting == .distance {
            let isTwin = cast(add("Equal", nearest[0], constant(0.0)), to: .double)
            let twins = rowSum(isTwin)
            let inverse = add("Div", constant(1.0), add("Sqrt", nearest[0]))
            // The nearest row's distance says whether there is a twin; then the others have no say.
            let weights = add("Where", add("Greater", twins, constant(0.0)), isTwin, inverse)
            ballots = add("Mul", ballots, add("Unsqueeze", weights, constant([2])))
        }
        let votes = add("ReduceSum", ballots, constant([1]), attributes: [.onnx("keepdims", 0)])
        return add("Div", votes, rowSum(votes))
    }
}
