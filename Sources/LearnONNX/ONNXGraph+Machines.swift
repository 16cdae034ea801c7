import Learn

extension ONNXGraph {
    /// The decision value of every pair of classes.
    ///
    /// Kernel values are split by the class of the support vectors; for class k, kernel values times dual coefficients give the
    /// K - 1 halves of its duels. Half (first, second) and half (second, first) of each pair are then added: coefficients are
    /// stored once, where one column a pair would store mostly zeros.
    mutating func decisionValues(_ machine: SupportVectorClassifier, rows: Value) -> Value {
        let filled = machine.withVectorInEveryClass()
        let kernels = kernelValues(filled, rows: rows)
        let blocks = add(
            "Split", [kernels, constant(filled.supportCounts)], results: machine.classCount, attributes: [.onnx("axis", 1)])
        var first = 0
        var halves: [Value] = []
        for (block, count) in zip(blocks, filled.supportCounts) {
            let coefficients = filled.dualCoefficients.selecting(columns: Array(first..<first + count)).transposed()
            halves.append(add("MatMul", block, constant(coefficients)))
            first += count
        }
        let all = add("Concat", halves, results: 1, attributes: [.onnx("axis", 1)])[0]
        let pairs = PairwiseMachines.classPairs(machine.classCount)
        let width = machine.classCount - 1
        let axis = [Onnx_AttributeProto.onnx("axis", 1)]
        let firsts = add("Gather", all, constant(pairs.map { $0.0 * width + $0.1 - 1 }), attributes: axis)
        let seconds = add("Gather", all, constant(pairs.map { $0.1 * width + $0.0 }), attributes: axis)
        return add("Add", add("Add", firsts, seconds), constant(machine.intercepts))
    }

    /// Votes of all pairs, as whole numbers: a decision value above 0 is one for the first class, any other for the second.
    mutating func votes(_ decisions: Value, classCount: Int) -> Value {
        let isFirst = cast(add("Greater", decisions, constant(0.0)), to: .double)
        // Σ over pairs of (first wins ? e(first) : e(second)) = isFirst·(E1 - E2) + Σ e(second).
        let pairs = PairwiseMachines.classPairs(classCount)
        let seconds = (0..<classCount).map { label in Double(pairs.filter { $0.1 == label }.count) }
        return add("Add", add("MatMul", isFirst, constant(Self.duels(classCount))), constant(seconds))
    }

    /// Mean over the other classes of decision values bounded to ±3, see ``SupportVectorClassifier/scores(_:threads:)``.
    mutating func pairwiseScores(_ decisions: Value, classCount: Int) -> Value {
        let bounded = add("Clip", decisions, constant(-3.0), constant(3.0))
        let shares = add("Mul", bounded, constant(1 / Double(classCount - 1)))
        return add("MatMul", shares, constant(Self.duels(classCount)))
    }

    /// pairs x classes: 1 where a class is the first of a pair, -1 where it is the second.
    private static func duels(_ classCount: Int) -> DoubleMatrix {
        let pairs = PairwiseMachines.classPairs(classCount)
        var duels = DoubleMatrix(rows: pairs.count, columns: classCount)
        for (index, (first, second)) in pairs.enumerated() {
            duels[index, first] = 1
            duels[index, second] = -1
        }
        return duels
    }

    /// Kernel values of the rows and the support vectors.
    private mutating func kernelValues(_ machine: SupportVectorClassifier, rows: Value) -> Value {
        let kernel = machine.kernel
        let products = add("MatMul", rows, constant(machine.supportVectors.transposed()))
        switch kernel.form {
        case .linear: return products
        case .rbf:
            let sums = add("Add", squaredNorms(rows), constant(machine.supportVectors.squaredNorms()))
            let distances = add("Max", add("Sub", sums, add("Mul", products, constant(2.0))), constant(0.0))
            return add("Exp", add("Mul", distances, constant(-kernel.gamma)))
        case .polynomial:
            let base = add("Add", add("Mul", products, constant(kernel.gamma)), constant(kernel.coefficient))
            return add("Pow", base, constant(Double(kernel.degree)))
        case .sigmoid:
            return add("Tanh", add("Add", add("Mul", products, constant(kernel.gamma)), constant(kernel.coefficient)))
        }
    }
}

extension SupportVectorClassifier {
    /// The same machine with a support vector of weight 0 in classes that have none, so that no block of the graph is empty.
    fileprivate func withVectorInEveryClass() -> Self {
        guard supportCounts.contains(0) else { return self }
        var places: [Int?] = []
        var next = 0
        for count in supportCounts {
            places += count == 0 ? [nil] : (next..<next + count).map { $0 }
            next += count
        }
        var vectors = Matrix(rows: places.count, columns: supportVectors.columns)
        var coefficients = DoubleMatrix(rows: dualCoefficients.rows, columns: places.count)
        for (target, source) in places.enumerated() {
            guard let source else { continue }
            for column in 0..<vectors.columns { vectors[target, column] = supportVectors[source, column] }
            for row in 0..<coefficients.rows { coefficients[row, target] = dualCoefficients[row, source] }
        }
        return Self(
            classCount: classCount, supportVectors: vectors, supportIndices: places.map { $0.map { supportIndices[$0] } ?? 0 },
            supportCounts: supportCounts.map { max(1, $0) }, dualCoefficients: coefficients, intercepts: intercepts, report: report,
            kernel: kernel)
    }
}
