import Foundation

extension CandidateGrid {
    /// Some of the candidates, drawn without replacement, in the order of the list. The same seed draws the same.
    /// - Throws: ``LearnError/empty(what:)`` without candidates, ``LearnError/invalidParameter(name:value:allowed:)`` for less than one.
    public static func sample(_ candidates: [Candidate], count: Int, seed: UInt64) throws(LearnError) -> [Candidate] {
        guard !candidates.isEmpty else { throw LearnError.empty(what: "candidates") }
        guard count >= 1 else { throw LearnError.invalidParameter(name: "count", value: "\(count)", allowed: "1 or more") }
        var generator = SeededGenerator(seed: seed)
        var order = Array(candidates.indices)
        generator.shuffle(&order)
        return order.prefix(count).sorted().map { candidates[$0] }
    }

    /// Candidates with parameters drawn at random: for each, `make` is given a generator of its own. The same seed draws the same.
    ///
    ///     let machines = try CandidateGrid.random(count: 20, seed: 1) { draw in
    ///         Candidate(.svm(SVMParameters(cost: draw.logUniform(1e-2, 1e3), kernel: .rbf(gamma: .scale))))
    ///     }
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for less than one.
    public static func random(
        count: Int, seed: UInt64, _ make: (inout ParameterDraw) -> Candidate
    ) throws(LearnError) -> [Candidate] {
        guard count >= 1 else { throw LearnError.invalidParameter(name: "count", value: "\(count)", allowed: "1 or more") }
        return (0..<count).map { index in
            var draw = ParameterDraw(generator: SeededGenerator(seed: seed, stream: index))
            return make(&draw)
        }
    }
}
