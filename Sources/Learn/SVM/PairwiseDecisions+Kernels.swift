extension PairwiseDecisions {
    /// The decision value of every pair of classes, in the order of ``PairwiseMachines/classPairs(_:)``.
    /// - Parameter kernelValues: rows x support vectors.
    func decisionValues(_ kernelValues: DoubleMatrix) -> DoubleMatrix {
        let pairs = PairwiseMachines.classPairs(classCount)
        var starts = [0]
        for count in supportCounts { starts.append(starts[starts.count - 1] + count) }
        var decisions = DoubleMatrix(rows: kernelValues.rows, columns: pairs.count)
        let columns = kernelValues.columns
        let coefficientColumns = dualCoefficients.columns
        decisions.withMutableValues { target in
            kernelValues.values.withUnsafeBufferPointer { values in
                dualCoefficients.values.withUnsafeBufferPointer { coefficients in
                    for row in 0..<kernelValues.rows {
                        for (index, (first, second)) in pairs.enumerated() {
                            var sum = 0.0
                            for vector in starts[first]..<starts[first + 1] {
                                sum += coefficients[(second - 1) * coefficientColumns + vector] * values[row * columns + vector]
                            }
                            for vector in starts[second]..<starts[second + 1] {
                                sum += coefficients[first * coefficientColumns + vector] * values[row * columns + vector]
                            }
                            target[row * pairs.count + index] = sum + intercepts[index]
                        }
                    }
                }
            }
        }
        return decisions
    }
}
