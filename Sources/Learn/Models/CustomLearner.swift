/// A learning method from outside this library, as a candidate of a search. Two of them are equal when their names and settings are.
public struct CustomLearner: Sendable {
    /// The method itself.
    public let learner: any Learner

    init(_ learner: some Learner) { self.learner = learner }

    /// - Throws: what the method throws, as a ``LearnError``.
    func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> CustomModel {
        try learner.validate()
        do {
            return CustomModel(name: learner.name, classifier: try learner.fit(samples, threads: threads))
        } catch let error as LearnError {
            throw error
        } catch {
            throw LearnError.learnerFailed(name: learner.name, reason: "\(error)")
        }
    }
}

extension CustomLearner: Hashable, Encodable {
    private enum CodingKeys: String, CodingKey { case name, settings }

    /// Whether they say the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.learner.name == right.learner.name && left.learner.settings == right.learner.settings
    }

    /// By name and settings.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(learner.name)
        hasher.combine(learner.settings)
    }

    /// Writes name and settings, by which a journal knows the method.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(learner.name, forKey: .name)
        try container.encode(learner.settings, forKey: .settings)
    }
}

/// What a ``CustomLearner`` learned.
public struct CustomModel: Sendable, Equatable {
    /// The learner's name.
    public let name: String
    /// The model itself.
    public let classifier: any Classifier

    init(name: String, classifier: any Classifier) {
        self.name = name
        self.classifier = classifier
    }

    /// Whether they say the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.classifier.isEqual(to: right.classifier)
    }
}

extension Classifier {
    fileprivate func isEqual(to other: any Classifier) -> Bool { (other as? Self) == self }
}
