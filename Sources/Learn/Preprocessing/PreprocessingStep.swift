import Support

/// What is done to rows before a model sees them.
public enum PreprocessingStep: Sendable, Hashable, Codable {
    /// ``StandardScaler``
    case standardScale
    /// ``RowNormaliser``
    case normaliseRows
    /// ``BlockNormaliser``, for blocks of these many columns.
    case blockNormalise(lengths: [Int])
    /// ``PCA``
    case pca(PCAParameters)

    var name: String {
        switch self {
        case .standardScale: "scale"
        case .normaliseRows: "l2"
        case .blockNormalise(let lengths): "blocks \(lengths.map(String.init).joined(separator: "+"))"
        case .pca(let parameters):
            switch parameters.components {
            case .count(let count): "pca \(count)\(parameters.whiten ? " whitened" : "")"
            case .variance(let share): "pca \(share)\(parameters.whiten ? " whitened" : "")"
            }
        }
    }

    func fit(_ rows: Matrix, threads: Int) throws(LearnError) -> FittedStep {
        switch self {
        case .standardScale: .standardScaler(try StandardScaler(fitting: rows))
        case .normaliseRows: .rowNormaliser
        case .blockNormalise(let lengths): .blockNormaliser(try BlockNormaliser(fitting: rows, lengths: lengths))
        case .pca(let parameters): .pca(try PCA(fitting: rows, parameters: parameters, threads: threads))
        }
    }
}

/// A preprocessing step with what it learned.
public enum FittedStep: Sendable, Equatable {
    /// Columns of mean 0 and standard deviation 1.
    case standardScaler(StandardScaler)
    /// Rows of length 1, for which nothing is learned.
    case rowNormaliser
    /// Blocks of equal weight.
    case blockNormaliser(BlockNormaliser)
    /// Principal components.
    case pca(PCA)

    /// Rows after the step.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    public func transform(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> Matrix {
        switch self {
        case .standardScaler(let scaler): try scaler.transform(rows)
        case .rowNormaliser: RowNormaliser.transform(rows)
        case .blockNormaliser(let normaliser): try normaliser.transform(rows)
        case .pca(let pca): try pca.transform(rows, threads: threads)
        }
    }

    /// Columns after the step.
    func width(from columns: Int) -> Int {
        switch self {
        case .standardScaler, .rowNormaliser, .blockNormaliser: columns
        case .pca(let pca): pca.components.rows
        }
    }
}
