import Learn
import Testing

@Suite struct SampleProductsTests {
    @Test func shortFitsWithoutAGramMatrixEqualLongOnesWithIt() throws {
        // More columns than rows, and whatever odd shape the blocks have. At a loose tolerance fits begin without the Gram matrix.
        for (sizes, columns) in [([31, 40], 700), ([9, 10, 11], 61), ([13, 14, 15, 17], 515), ([2, 2], 5)] {
            let blobs = Blobs(sizes: sizes, columns: columns, spread: 1.5, seed: 7)
            let samples = try LabelledRows(rows: blobs.rows, labels: blobs.labels)
            for form in [LogisticParameters.Form.multinomial, .oneVersusRest] {
                func fit(_ tolerance: Double, _ steps: Int, threads: Int = 1) throws -> LogisticRegression {
                    let parameters = LogisticParameters(
                        cost: 0.5, form: form, tolerance: tolerance, maximumIterations: steps)
                    return try LogisticRegression.fit(samples, parameters: parameters, threads: threads)
                }
                let name = "\(sizes) x \(columns), \(form)"
                let first = try fit(1e-5, 1)
                #expect(worstDifference(first.coefficients.values, try fit(1e-9, 1).coefficients.values) < 1e-6, "\(name)")
                #expect(first == (try fit(1e-5, 1, threads: 3)), "\(name)")
                let whole = try fit(1e-5, 5000)
                let tight = try fit(1e-9, 5000)
                #expect(whole.report.stopReason == .converged, "\(name)")
                #expect(whole == (try fit(1e-5, 5000, threads: 3)), "\(name)")
                #expect(abs((whole.report.objective ?? 0) / (tight.report.objective ?? 1) - 1) < 1e-3, "\(name)")
                #expect(worstDifference(whole.coefficients.values, tight.coefficients.values) < 1e-2, "\(name)")
            }
        }
    }
}
