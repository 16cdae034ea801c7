extension SVMParameters {
    /// What differs from a plain method of this kind, as text.
    public var settings: [String: String] {
        var text = ["C": Self.text(cost)]
        switch kernel {
        case .linear: text["kernel"] = "linear"
        case .rbf(let gamma):
            text["kernel"] = "rbf"
            text["gamma"] = gamma.description
        case .polynomial(let degree, let gamma, let coefficient):
            text["kernel"] = "poly"
            text["gamma"] = gamma.description
            text["degree"] = "\(degree)"
            text["coef0"] = Self.text(coefficient)
        case .sigmoid(let gamma, let coefficient):
            text["kernel"] = "sigmoid"
            text["gamma"] = gamma.description
            text["coef0"] = Self.text(coefficient)
        }
        if classWeights != .equal { text["class_weight"] = classWeights.description }
        return text
    }

    /// 10 rather than 10.0.
    static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}

extension KernelFunction.Gamma {
    var description: String {
        switch self {
        case .auto: "auto"
        case .scale: "scale"
        case .value(let value): SVMParameters.text(value)
        }
    }
}

extension ClassWeights {
    var description: String {
        switch self {
        case .equal: "equal"
        case .balanced: "balanced"
        case .values(let values): values.map(SVMParameters.text).joined(separator: ",")
        }
    }
}

extension LogisticParameters {
    /// What differs from a plain method of this kind, as text.
    public var settings: [String: String] {
        var text = ["C": SVMParameters.text(cost)]
        if form == .oneVersusRest { text["form"] = "one_vs_rest" }
        if classWeights != .equal { text["class_weight"] = classWeights.description }
        return text
    }
}

extension ForestParameters {
    /// What differs from a plain method of this kind, as text.
    public var settings: [String: String] {
        var text = ["trees": "\(trees)"]
        if criterion == .entropy { text["criterion"] = "entropy" }
        switch features {
        case .squareRoot: break
        case .logarithm: text["max_features"] = "log2"
        case .all: text["max_features"] = "all"
        case .count(let count): text["max_features"] = "\(count)"
        }
        if let maximumDepth { text["max_depth"] = "\(maximumDepth)" }
        if minimumSplit != 2 { text["min_split"] = "\(minimumSplit)" }
        if minimumLeaf != 1 { text["min_leaf"] = "\(minimumLeaf)" }
        if classWeights != .equal { text["class_weight"] = classWeights.description }
        return text
    }
}

extension LinearSVMParameters {
    /// What differs from a plain method of this kind, as text.
    public var settings: [String: String] {
        var text = ["C": SVMParameters.text(cost)]
        if classWeights != .equal { text["class_weight"] = classWeights.description }
        return text
    }
}

extension NeighbourParameters {
    /// Neighbours and weights.
    public var settings: [String: String] { ["neighbours": "\(neighbours)", "weights": weighting.rawValue] }
}
