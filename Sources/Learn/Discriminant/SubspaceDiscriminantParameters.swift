import Support

/// Settings of a linear discriminant analysis in the span of some of the rows: for many columns, many rows and many classes, where
/// methods that see every pair of rows or of classes take too long.
public struct SubspaceDiscriminantParameters: Sendable, Hashable, Codable {
    /// How much the spread within classes is drawn towards the same spread in all directions, in units of the rows' mean spread a
    /// direction; above 0. Few rows a class want more.
    public var shrinkage: Double
    /// The most rows whose span is worked in; more than one.
    public var landmarks: Int
    /// The most directions that the model keeps; 1 or more. Classes less one are never exceeded.
    public var directions: Int

    /// An analysis with what suits hundreds of classes.
    public init(shrinkage: Double = 0.1, landmarks: Int = 1024, directions: Int = 256) {
        self.shrinkage = shrinkage
        self.landmarks = landmarks
        self.directions = directions
    }

    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for the first setting outside its range.
    public func validate() throws(LearnError) {
        guard shrinkage > 0, shrinkage.isFinite else {
            throw LearnError.invalidParameter(name: "shrinkage", value: "\(shrinkage)", allowed: "above 0")
        }
        guard landmarks > 1 else {
            throw LearnError.invalidParameter(name: "landmarks", value: "\(landmarks)", allowed: "2 or more")
        }
        guard directions > 0 else {
            throw LearnError.invalidParameter(name: "directions", value: "\(directions)", allowed: "1 or more")
        }
    }
}

extension SubspaceDiscriminantParameters: BuiltInLearner {
    var estimator: Estimator { .subspaceDiscriminant(self) }
    /// "subspace_discriminant"
    public var name: String { "subspace_discriminant" }
    /// The shrinkage, and what differs from the standard.
    public var settings: [String: String] {
        var text = ["shrinkage": SVMParameters.text(shrinkage)]
        let standard = SubspaceDiscriminantParameters()
        if landmarks != standard.landmarks { text["landmarks"] = "\(landmarks)" }
        if directions != standard.directions { text["directions"] = "\(directions)" }
        return text
    }

    /// See ``SubspaceDiscriminant/fit(_:parameters:threads:)``.
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> SubspaceDiscriminant {
        try .fit(samples, parameters: self, threads: threads)
    }
}
