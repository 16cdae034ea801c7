import Foundation
import Learn
import Testing

/// Fixtures/heart_like.json: a set like libsvm's heart_scale with libsvm's results (by way of scikit-learn) for every kernel at its
/// default settings.
@Suite struct HeartLikeTests {
    private struct Golden: Decodable {
        var columns: Int
        var rows: [Float]
        var labels: [Int]
        var machines: [GeneratedSets.Machine]
    }

    private static let kernels: [String: KernelFunction] = [
        "linear": .linear, "rbf": .rbf(gamma: .auto), "poly": .polynomial(degree: 3, gamma: .auto, coefficient: 0),
        "sigmoid": .sigmoid(gamma: .auto, coefficient: 0),
    ]

    @Test func machinesOfEveryKernelAgree() throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/heart_like", withExtension: "json"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        #expect(golden.labels.count == 270 && golden.columns == 13 && golden.rows.allSatisfy { abs($0) <= 1 })
        let rows = Matrix(rows: 270, columns: 13, values: golden.rows)
        let samples = try LabelledRows(rows: rows, labels: golden.labels)
        #expect(Set(golden.machines.map(\.kernel)) == Set(Self.kernels.keys))
        for machine in golden.machines {
            let name = "\(machine.kernel) C \(machine.C)"
            let kernel = try #require(Self.kernels[machine.kernel])
            let model = try SupportVectorClassifier.fit(
                samples, parameters: SVMParameters(cost: machine.C, kernel: kernel, tolerance: 1e-8), threads: 2)
            #expect(model.report.stopReason == .converged, "\(name)")
            #expect(abs((model.report.objective ?? 0) / machine.objective - 1) < 1e-6, "\(name)")
            let decisions = try model.decisionValues(rows, threads: 2)
            #expect(worstDifference(decisions.values, machine.decisions) < 1e-3, "\(name)")
            let predictions = try model.predict(rows, threads: 2)
            for row in 0..<270 where abs(decisions.values[row]) > 1e-2 {
                #expect(predictions[row] == machine.predictions[row], "\(name), row \(row)")
            }
        }
    }
}
