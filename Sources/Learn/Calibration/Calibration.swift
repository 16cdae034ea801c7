import Support

/// A calibration that has been learned: from a row's scores to probabilities that sum to 1.
public enum Calibration: Sendable, Hashable, Codable {
    /// softmax(factor * s)
    case temperature(factor: Double)
    /// σ(slope(k) * s(k) + offset(k)), divided by the sum over classes.
    case platt(slopes: [Double], offsets: [Double])
    /// Step functions through (scores, values), straight lines between, constant outside; divided by the sum over classes.
    case isotonic([IsotonicCurve])

    /// Learns from scores of rows that the scoring models had not seen.
    ///
    /// Temperature: the factor that minimises the mean log loss against targets softened as Platt proposed for small sets: the
    /// true class is worth (n + 1) / (n + 2), the others share the rest. Without it, scores that happen to be free of errors would
    /// ask for infinite certainty.
    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)``, ``LearnError/empty(what:)``,
    ///   ``LearnError/labelOutOfRange(row:label:classes:)``, and for isotonic ``LearnError/tooFewInClass(label:found:needed:unit:)`` below 30 rows a class.
    public static func fit(
        _ method: CalibrationMethod, scores: DoubleMatrix, labels: [Int], threads: Int = .allCores
    ) throws(LearnError) -> Calibration {
        guard scores.rows == labels.count else { throw LearnError.rowLabelMismatch(rows: scores.rows, labels: labels.count) }
        guard scores.rows > 0, scores.columns > 1 else { throw LearnError.empty(what: "scores") }
        for (row, label) in labels.enumerated() where !(0..<scores.columns).contains(label) {
            throw LearnError.labelOutOfRange(row: row, label: label, classes: scores.columns)
        }
        switch method {
        case .temperature: return .temperature(factor: TemperatureFit.factor(scores: scores, labels: labels, threads: threads))
        case .platt:
            let fits = (0..<scores.columns).map { label in
                PlattFit.fit(
                    scores: (0..<scores.rows).map { scores[$0, label] }, isMember: labels.map { $0 == label })
            }
            return .platt(slopes: fits.map(\.slope), offsets: fits.map(\.offset))
        case .isotonic:
            for label in 0..<scores.columns {
                let found = labels.filter { $0 == label }.count
                guard found >= 30 else { throw LearnError.tooFewInClass(label: label, found: found, needed: 30, unit: "rows") }
            }
            return .isotonic(
                (0..<scores.columns).map { label in
                    IsotonicCurve(
                        scores: (0..<scores.rows).map { scores[$0, label] }, targets: labels.map { $0 == label ? 1 : 0 })
                })
        }
    }

    /// Probabilities (rows x classes), each row summing to 1 to within rounding; in the scores' own memory, where nobody else holds them.
    /// - Complexity: O(rows * classes).
    public func probabilities(_ scores: consuming DoubleMatrix) -> DoubleMatrix {
        switch self {
        case .temperature(let factor):
            return Softmax.rows(scores, factor: factor)
        case .platt(let slopes, let offsets):
            var raw = scores
            for row in 0..<raw.rows {
                for label in 0..<raw.columns { raw[row, label] = slopes[label] * raw[row, label] + offsets[label] }
            }
            return Softmax.normalisedSigmoids(raw)
        case .isotonic(let curves):
            var raw = scores
            for row in 0..<raw.rows {
                var sum = 0.0
                for label in 0..<raw.columns {
                    raw[row, label] = curves[label].value(at: raw[row, label])
                    sum += raw[row, label]
                }
                for label in 0..<raw.columns {
                    raw[row, label] = sum > 0 ? raw[row, label] / sum : 1 / Double(raw.columns)
                }
            }
            return raw
        }
    }
}
