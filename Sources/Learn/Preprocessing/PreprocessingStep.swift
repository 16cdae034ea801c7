/// What is done to rows before a model sees them.
public enum PreprocessingStep: Sendable, Hashable, Codable {
    /// ``StandardScaler``
    case standardScale

    var name: String {
        switch self {
        case .standardScale: "scale"
        }
    }

    func fit(_ rows: Matrix, threads: Int) throws(LearnError) -> FittedStep {
        switch self {
        case .standardScale: .standardScaler(try StandardScaler(fitting: rows))
        }
    }
}

/// A preprocessing step with what it learned.
public enum FittedStep: Sendable, Equatable {
    case standardScaler(StandardScaler)

    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    public func transform(_ rows: Matrix, threads: Int) throws(LearnError) -> Matrix {
        switch self {
        case .standardScaler(let scaler): try scaler.transform(rows)
        }
    }
}
