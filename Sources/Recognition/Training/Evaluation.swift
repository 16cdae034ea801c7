import Imaging
import Learn

/// A model measured on a folder of crops.
public struct Evaluation: Sendable {
    /// The figures as `evaluate --json` prints them.
    public struct Figures: Sendable, Codable {
        /// A range of shares.
        public struct Interval: Sendable, Codable {
            /// 0 to 1.
            public var lower: Double
            /// 0 to 1.
            public var upper: Double
        }

        /// The figures of one label.
        public struct Label: Sendable, Codable {
            /// Who.
            public var label: String
            /// Of the crops given this name, the share that are of this person.
            public var precision: Double
            /// Of this person's crops, the share given this name.
            public var recall: Double
            /// Harmonic mean of precision and recall.
            public var f1: Double
            /// Crops of this person.
            public var crops: Int
        }

        /// Crops of labels that the model knows.
        public var crops: Int
        /// Share of right answers.
        public var accuracy: Double
        /// Wilson's 95 % interval.
        public var interval: Interval
        /// Crops that the model was not trained on, nor on anything that looks nearly the same.
        public var unseen: Int
        /// Share of right answers among `unseen`; nil where there are none.
        public var unseenAccuracy: Double?
        /// Mean of the labels' F1.
        public var macroF1: Double
        /// Mean of -log of the true label's probability.
        public var logLoss: Double
        /// Mean squared distance of the probabilities from the truth.
        public var brier: Double
        /// Expected calibration error over the score of the label that was said.
        public var calibrationError: Double
        /// In class order.
        public var labels: [Label]
        /// Rows are true labels, columns what was said, both in the order of `labels`.
        public var confusion: [[Int]]
        /// Crops whose label the model does not know; in none of the figures.
        public var strangers: Int
    }

    /// Every answer.
    public let assessment: Assessment
    /// How good they are.
    public let figures: Figures

    /// - Throws: `RecognitionError.recipeDiffers` where another recipe measured the crops, `.unusableTrainingSet` where no crop has a label that the model knows.
    public init(of recognizer: Recognizer, on set: TrainingSet) throws {
        let model = recognizer.model
        try set.require(model.metadata.recipe)
        let probabilities = try model.labelProbabilities(try Matrix(set.features), threads: recognizer.threads)
        assessment = Assessment(set: set, labels: model.metadata.labels, rows: Array(set.rows.indices), probabilities: probabilities)
        guard !assessment.verdicts.isEmpty else {
            throw RecognitionError.unusableTrainingSet(
                path: set.folder.path, reason: "no crop of a label that the model knows (\(model.metadata.labels.joined(separator: ", ")))")
        }
        let seen = Evaluation.seenRows(of: set, by: model)
        let unseen = assessment.verdicts.filter { !seen[$0.row] }
        let confusion = try assessment.confusion()
        let metrics = try assessment.probabilityMetrics()
        let interval = try Significance.wilson(correct: assessment.correct, total: assessment.verdicts.count)
        figures = Figures(
            crops: assessment.verdicts.count,
            accuracy: assessment.accuracy,
            interval: Figures.Interval(lower: interval.lowerBound, upper: interval.upperBound),
            unseen: unseen.count,
            unseenAccuracy: unseen.isEmpty ? nil : Double(unseen.count { $0.isRight }) / Double(unseen.count),
            macroF1: confusion.macro.f1,
            logLoss: metrics.logLoss,
            brier: metrics.brier,
            calibrationError: metrics.expectedCalibrationError,
            labels: zip(assessment.labels, confusion.measures).map {
                Figures.Label(label: $0, precision: $1.precision, recall: $1.recall, f1: $1.f1, crops: $1.support)
            },
            confusion: confusion.table,
            strangers: set.rows.count - assessment.verdicts.count)
    }

    /// Whether the model's training holds a crop nearly equal to the row's.
    private static func seenRows(of set: TrainingSet, by model: ModelFile) -> [Bool] {
        let hashes = NearHashes(model.trainingHashes)
        return set.rows.map { hashes.containsOne(near: $0.hash, within: NearDuplicates.cropBits) }
    }
}

extension ConfusionMatrix {
    /// As nested rows.
    var table: [[Int]] { (0..<classCount).map { row in (0..<classCount).map { self[row, $0] } } }
}
