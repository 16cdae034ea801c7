/// From kernel values to decisions, votes and scores.
struct PairwiseDecisions {
    let classCount: Int
    let supportCounts: [Int]
    let dualCoefficients: DoubleMatrix
    let intercepts: [Double]

    /// How many duels each class wins; a decision value of exactly 0 goes to the second class, as in libsvm.
    func votes(_ decisions: DoubleMatrix) -> DoubleMatrix {
        let pairs = PairwiseMachines.classPairs(classCount)
        var votes = DoubleMatrix(rows: decisions.rows, columns: classCount)
        for row in 0..<decisions.rows {
            for (index, (first, second)) in pairs.enumerated() {
                votes[row, decisions[row, index] > 0 ? first : second] += 1
            }
        }
        return votes
    }

    func scores(_ decisions: DoubleMatrix) -> DoubleMatrix {
        let pairs = PairwiseMachines.classPairs(classCount)
        var scores = DoubleMatrix(rows: decisions.rows, columns: classCount)
        let share = 1 / Double(classCount - 1)
        for row in 0..<decisions.rows {
            for (index, (first, second)) in pairs.enumerated() {
                let bounded = min(3, max(-3, decisions[row, index])) * share
                scores[row, first] += bounded
                scores[row, second] -= bounded
            }
        }
        return scores
    }
}
