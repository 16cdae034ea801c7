import Learn
import Testing

@Suite struct SolverTests {
    private let blobs = Blobs(sizes: [60, 70], columns: 5, spread: 1.2, seed: 8)

    @Test func shrinkingAndTheCacheChangeNothingThatMatters() throws {
        let large = Blobs(sizes: [220, 220], columns: 4, spread: 1.5, seed: 2)
        let samples = try LabelledRows(rows: large.rows, labels: large.labels)
        var parameters = SVMParameters(cost: 5, kernel: .rbf(gamma: .scale), tolerance: 1e-6, shrinking: false)
        let plain = try SupportVectorClassifier.fit(samples, parameters: parameters, threads: 1)
        parameters.shrinking = true
        let shrunk = try SupportVectorClassifier.fit(samples, parameters: parameters, threads: 1)
        parameters.cacheMegabytes = 1  // 297 of 440 rows fit
        let cached = try SupportVectorClassifier.fit(samples, parameters: parameters, threads: 2)
        let expected = try plain.decisionValues(large.rows, threads: 1)
        for model in [shrunk, cached] {
            #expect(model.report.stopReason == .converged)
            #expect(worstDifference(try model.decisionValues(large.rows, threads: 1).values, expected.values) < 1e-4)
            #expect(abs((model.report.objective ?? 0) / (plain.report.objective ?? 1) - 1) < 1e-9)
        }
    }

    @Test func dualSolutionIsFeasible() throws {
        let samples = try LabelledRows(rows: blobs.rows, labels: blobs.labels)
        let model = try SupportVectorClassifier.fit(
            samples, parameters: SVMParameters(cost: 2, kernel: .linear, tolerance: 1e-6), threads: 1)
        let coefficients = model.dualCoefficients.values
        #expect(abs(coefficients.reduce(0, +)) < 1e-9)
        #expect(coefficients.allSatisfy { abs($0) <= 2 && $0 != 0 })
        #expect(model.supportCounts.reduce(0, +) == model.supportVectors.rows)
    }

    @Test func votesThatTieGoToTheFirstClass() throws {
        // Three classes around a centre: there each wins one duel.
        let rows = try Matrix([[1, 0], [1.1, 0], [-0.5, 0.87], [-0.55, 0.95], [-0.5, -0.87], [-0.55, -0.95]])
        let samples = try LabelledRows(rows: rows, labels: [0, 0, 1, 1, 2, 2])
        let model = try SupportVectorClassifier.fit(samples, parameters: SVMParameters(cost: 1, kernel: .linear), threads: 1)
        let decisions = try model.decisionValues(rows, threads: 1)
        #expect(decisions.columns == 3)
        #expect(try model.predict(rows, threads: 1) == [0, 0, 1, 1, 2, 2])
    }

    @Test func iterationLimitsAreConfessed() throws {
        let samples = try LabelledRows(rows: blobs.rows, labels: blobs.labels)
        let machine = try SupportVectorClassifier.fit(
            samples, parameters: SVMParameters(cost: 100, tolerance: 1e-9, maximumIterations: 3), threads: 1)
        #expect(machine.report.stopReason == .iterationLimit)
        #expect(machine.report.iterations == 3)
        let logistic = try LogisticRegression.fit(samples, parameters: LogisticParameters(maximumIterations: 2), threads: 1)
        #expect(logistic.report.stopReason == .iterationLimit)
        let linear = try LinearSupportVectorClassifier.fit(
            samples, parameters: LinearSVMParameters(tolerance: 1e-12, maximumPasses: 1), threads: 1)
        #expect(linear.report.stopReason == .iterationLimit)
    }

    @Test func sampleSpaceEqualsWeightSpace() throws {
        // The same rows with zero columns added are solved in the space of samples.
        let narrow = Blobs(sizes: [9, 10, 11], columns: 6, spread: 1, seed: 6)
        let padded = try Matrix((0..<30).map { Array(narrow.rows.row($0)) + [Float](repeating: 0, count: 60) })
        let parameters = LogisticParameters(cost: 3, tolerance: 1e-10)
        for form in [LogisticParameters.Form.multinomial, .oneVersusRest] {
            var both = parameters
            both.form = form
            let primal = try LogisticRegression.fit(LabelledRows(rows: narrow.rows, labels: narrow.labels), parameters: both, threads: 1)
            let dual = try LogisticRegression.fit(LabelledRows(rows: padded, labels: narrow.labels), parameters: both, threads: 2)
            #expect(abs((primal.report.objective ?? 0) / (dual.report.objective ?? 1) - 1) < 1e-7)  // single-precision Gram matrix
            for (function, row) in (0..<3).map({ ($0, dual.coefficients.row($0)) }) {
                #expect(worstDifference(Array(row.prefix(6)), Array(primal.coefficients.row(function))) < 1e-5)
            }
        }
    }

    @Test func randomisedComponentsEqualExactOnes() throws {
        let rows = Blobs(sizes: [40, 40, 40, 40], columns: 60, spread: 0.3, seed: 9).rows
        let exact = try PCA(fitting: rows, parameters: PCAParameters(components: .count(3), method: .exact), threads: 1)
        let random = try PCA(fitting: rows, parameters: PCAParameters(components: .count(3), method: .randomised), threads: 2)
        #expect(worstDifference(exact.components.values, random.components.values) < 1e-4)
        let all = try PCA(fitting: rows, parameters: PCAParameters(components: .count(60), method: .exact), threads: 1)
        let gram = try all.components.multiplied(byTransposeOf: all.components, threads: 1)
        for row in 0..<gram.rows {
            for column in 0..<gram.columns { #expect(abs(gram[row, column] - (row == column ? 1 : 0)) < 1e-9) }
        }
    }

    @Test func normalisedRowsHaveLengthOne() throws {
        let rows = RowNormaliser.transform(try Matrix([[3, 4], [0, 0], [-5, 0]]))
        #expect(rows.values == [0.6, 0.8, 0, 0, -1, 0])
    }

    @Test func constantColumnsScaleToZero() throws {
        let rows = try Matrix([[1, 5, 0.1], [2, 5, 0.1], [3, 5, 0.1]])
        let scaler = try StandardScaler(fitting: rows)
        #expect(scaler.scale[1] == 1 && scaler.scale[2] == 1)
        #expect(try scaler.transform(rows).row(1) == [0, 0, 0])
    }
}
