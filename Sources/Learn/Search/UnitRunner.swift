/// Runs one unit of a search on one fold's shared data.
struct UnitRunner: Sendable {
    let data: FoldData
    /// Bound on the kernel values of a machine whose kernel the fold does not share, beside the machine's own.
    let kernelMegabytes: Int

    typealias Outcomes = [(index: Int, outcome: Result<FoldOutcome, LearnError>)]

    /// - Parameter threads: for the work inside the unit.
    /// - Returns: one outcome a candidate of the unit; after a failure along a path, the same failure for the rest of it.
    func run(_ unit: SearchUnit, threads: Int) -> Outcomes {
        var outcomes: Outcomes = []
        do throws(LearnError) {
            try run(unit, threads: threads) { outcomes.append(($0, .success($1))) }
        } catch {
            let done = Set(outcomes.map(\.index))
            for index in unit.candidates where !done.contains(index) { outcomes.append((index, .failure(error))) }
        }
        return outcomes
    }

    private func run(_ unit: SearchUnit, threads: Int, _ record: (Int, FoldOutcome) -> Void) throws(LearnError) {
        switch unit {
        case .svm(let index, let parameters): record(index, try svm(parameters, threads: threads))
        case .other(let index, let estimator): record(index, try fitted(estimator, threads: threads))
        case .logisticPath(let path): try logistic(path, threads: threads, record)
        case .forests: preconditionFailure("forests are grown some trees at a time, see SearchWave")
        }
    }

    /// Forests of several sizes from one sequence of trees.
    static func outcomes(of sizes: [(index: Int, trees: Int)], trees: [DecisionTree], data: FoldData) -> [(Int, FoldOutcome)] {
        var votes = ForestVotes(rows: data.testRows.rows, classCount: data.samples.classCount)
        var outcomes: [(Int, FoldOutcome)] = []
        var next = 0
        for (index, count) in sizes {
            while next < min(count, trees.count) {
                votes.add(trees[next], rows: data.testRows)
                next += 1
            }
            let proportions = votes.proportions
            outcomes.append(
                (
                    index,
                    FoldOutcome(
                        predictions: proportions.rowArgmax(), scores: RandomForest.scores(proportions, trees: votes.trees))
                ))
        }
        return outcomes
    }

    private func svm(_ parameters: SVMParameters, threads: Int) throws(LearnError) -> FoldOutcome {
        guard let shared = data.kernels[parameters.kernel] else {
            var bounded = parameters
            bounded.cacheMegabytes = min(parameters.cacheMegabytes, kernelMegabytes)
            return try fitted(.svm(bounded), threads: threads)
        }
        try parameters.validate()
        let machines = try PairwiseMachines.solve(data.samples, parameters: parameters, threads: threads) { members, _ in
            StoredKernelRows(kernel: shared.train, members: members)
        }
        let pairs = PairwiseDecisions(
            classCount: data.samples.classCount, supportCounts: machines.supportCounts,
            dualCoefficients: machines.dualCoefficients, intercepts: machines.intercepts)
        let decisions = pairs.decisionValues(shared.cross.selecting(columns: machines.supportIndices))
        return FoldOutcome(predictions: pairs.votes(decisions).rowArgmax(), scores: pairs.scores(decisions))
    }

    private func logistic(
        _ path: [(index: Int, parameters: LogisticParameters)], threads: Int, _ record: (Int, FoldOutcome) -> Void
    ) throws(LearnError) {
        guard let gram = data.gram, let cross = data.cross, data.samples.rows.columns > data.samples.labels.count else {
            let primal = PrimalLogistic(data.samples, threads: threads)
            var last: LogisticRegression?
            for (index, parameters) in path {
                let model = try primal.fit(parameters, start: last)
                let scores = try model.scores(data.testRows, threads: threads)
                record(index, FoldOutcome(predictions: scores.rowArgmax(), scores: scores))
                last = model
            }
            return
        }
        var last: SampleSpaceLogistic?
        let products = SampleProducts(gram: gram, threads: threads)
        for (index, parameters) in path {
            let solution = try SampleSpaceLogistic.fit(
                labels: data.samples.labels, classCount: data.samples.classCount, products: products,
                columns: data.samples.rows.columns, parameters: parameters, start: last)
            let scores = try solution.scores(products: cross, threads: threads)
            record(index, FoldOutcome(predictions: scores.rowArgmax(), scores: scores))
            last = solution
        }
    }

    private func fitted(_ estimator: Estimator, threads: Int) throws(LearnError) -> FoldOutcome {
        let model = try estimator.fit(data.samples, threads: threads)
        return FoldOutcome(
            predictions: try model.predict(data.testRows, threads: threads), scores: try model.scores(data.testRows, threads: threads))
    }
}
