import Foundation

/// A bound on the confidence in the best class below which a row is of an unknown class.
public struct UnknownThreshold: Sendable, Hashable, Codable {
    /// What is compared with the threshold.
    public let confidence: Confidence
    /// A row is taken for known when its confidence reaches this.
    public let threshold: Double
    /// The share of strangers that may be taken for somebody known.
    public let statedFalseAcceptRate: Double
    /// The share that was, among those the threshold was fitted on: at most the stated rate.
    public let falseAcceptRate: Double
    /// The share of known rows that are taken for strangers; after leaving classes out, of those whose best class is their own.
    public let falseRejectRate: Double
    /// How many rows of strangers the threshold was fitted on.
    public let strangerCount: Int
    /// What other thresholds would cost, from few accepted strangers to many; nil in files of former versions.
    public let curve: [Tradeoff]?
    /// Whether the last probability of a row is that of the background, which is none of the classes; nil where it is not.
    public let hasBackground: Bool?
    /// Of P(known | confidence) = σ(slope * confidence + offset), for as many strangers as known rows; nil in files of former versions.
    public let knownOdds: KnownOdds?

    /// One threshold's two kinds of error.
    public struct Tradeoff: Sendable, Hashable, Codable {
        /// The share of strangers that are taken for somebody known: at most 0.01, 0.02, 0.05, 0.1, 0.2 or 0.5.
        public var falseAcceptRate: Double
        /// The share of known rows that are taken for strangers.
        public var falseRejectRate: Double
    }

    /// A logistic function of the confidence.
    public struct KnownOdds: Sendable, Hashable, Codable {
        /// 0 or more.
        public var slope: Double
        /// The logarithm of the odds at confidence 0.
        public var offset: Double
    }

    /// The probability that a row with these probabilities belongs to none of the classes, if as many rows did as do; nil in files of
    /// former versions.
    public func strangerProbability(_ probabilities: some Collection<Double>) -> Double? {
        knownOdds.map { 1 - Softmax.sigmoid($0.slope * confidence(in: probabilities) + $0.offset) }
    }

    /// Whether a row with these probabilities belongs to one of the classes.
    public func isKnown(_ probabilities: some Collection<Double>) -> Bool { confidence(in: probabilities) >= threshold }

    private func confidence(in probabilities: some Collection<Double>) -> Double {
        confidence.value(of: probabilities, hasBackground: hasBackground ?? false)
    }

    /// The lowest threshold that keeps the share of accepted strangers within `falseAcceptRate`.
    /// - Parameters:
    ///   - strangers: confidences in rows of unknown classes.
    ///   - known: confidences in rows of known classes, by models that had not seen them.
    ///   - confidence: how the numbers were computed; kept for later use.
    ///   - hasBackground: whether the confidences are of rows whose last probability is the background's.
    ///   - falseAcceptRate: the share of strangers that may be taken for somebody known, 0 to 1.
    /// - Throws: ``LearnError/empty(what:)`` without strangers or known rows, ``LearnError/invalidParameter(name:value:allowed:)`` for
    ///   a rate outside 0...1.
    /// - Complexity: O(n log n).
    public init(
        strangers: [Double], known: [Double], confidence: Confidence, hasBackground: Bool = false, falseAcceptRate: Double
    ) throws(LearnError) {
        try Self.check(strangers, known, rate: falseAcceptRate, name: "falseAcceptRate")
        self.init(
            bound: Self.bound(strangers, confidence, falseAcceptRate: falseAcceptRate), stated: falseAcceptRate, strangers: strangers,
            known: known, confidence: confidence, hasBackground: hasBackground)
    }

    /// The highest threshold that keeps the share of refused known rows within `falseRejectRate`; the share of strangers that it accepts is
    /// the stated one.
    /// - Throws: as the other one.
    /// - Complexity: O(n log n).
    public init(
        strangers: [Double], known: [Double], confidence: Confidence, hasBackground: Bool = false, falseRejectRate: Double
    ) throws(LearnError) {
        try Self.check(strangers, known, rate: falseRejectRate, name: "falseRejectRate")
        let ascending = known.sorted()
        let allowed = Int((falseRejectRate * Double(known.count)).rounded(.down))
        let bound = allowed < ascending.count ? ascending[allowed] : confidence.range.upperBound
        self.init(
            bound: bound, stated: Double(strangers.count { $0 >= bound }) / Double(strangers.count), strangers: strangers, known: known,
            confidence: confidence, hasBackground: hasBackground)
    }

    private init(bound: Double, stated: Double, strangers: [Double], known: [Double], confidence: Confidence, hasBackground: Bool) {
        self.confidence = confidence
        self.hasBackground = hasBackground ? true : nil
        threshold = bound
        statedFalseAcceptRate = stated
        falseAcceptRate = Double(strangers.count { $0 >= bound }) / Double(strangers.count)
        falseRejectRate = Double(known.count { $0 < bound }) / Double(known.count)
        strangerCount = strangers.count
        curve = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].map { rate in
            let bound = Self.bound(strangers, confidence, falseAcceptRate: rate)
            return Tradeoff(falseAcceptRate: rate, falseRejectRate: Double(known.count { $0 < bound }) / Double(known.count))
        }
        let fit = PlattFit.fit(
            scores: known + strangers, isMember: known.map { _ in true } + strangers.map { _ in false })
        knownOdds = KnownOdds(slope: max(fit.slope, 0), offset: fit.offset - log(Double(known.count) / Double(strangers.count)))
    }

    private static func check(_ strangers: [Double], _ known: [Double], rate: Double, name: String) throws(LearnError) {
        guard !strangers.isEmpty else { throw LearnError.empty(what: "strangers") }
        guard !known.isEmpty else { throw LearnError.empty(what: "known rows") }
        guard (0...1).contains(rate) else { throw LearnError.invalidParameter(name: name, value: "\(rate)", allowed: "0 to 1") }
    }

    /// Just above the first stranger who must be refused; equal confidences are refused together.
    private static func bound(_ strangers: [Double], _ confidence: Confidence, falseAcceptRate: Double) -> Double {
        let descending = strangers.sorted(by: >)
        let allowed = Int((falseAcceptRate * Double(strangers.count)).rounded(.down))
        return allowed < descending.count ? descending[allowed].nextUp : confidence.range.lowerBound
    }

    /// The threshold in a file, beside the model of the same prefix: the metadata entry "PREFIX.unknown".
    /// - Throws: ``LearnError/modelEntry(name:expected:found:)`` for a threshold that is not finite.
    public func write(to file: inout Safetensors, prefix: String = "model") throws(LearnError) {
        var archive = ModelArchive(file: file, prefix: prefix)
        try archive.put("unknown", json: self)
        file = archive.file
    }

    /// Reads what ``write(to:prefix:)`` wrote.
    /// - Returns: nil when the file has no threshold.
    /// - Throws: ``LearnError/modelEntry(name:expected:found:)`` for an entry that is not a threshold.
    public static func reading(_ file: Safetensors, prefix: String = "model") throws(LearnError) -> Self? {
        let archive = ModelArchive(file: file, prefix: prefix)
        guard let read = try archive.json("unknown", Self.self) else { return nil }
        let rates = [read.statedFalseAcceptRate, read.falseAcceptRate, read.falseRejectRate]
        let curve = read.curve ?? []
        try archive.require(
            curve.allSatisfy { (0...1).contains($0.falseAcceptRate) && (0...1).contains($0.falseRejectRate) }, "unknown",
            "a curve of rates from 0 to 1", "\(curve)")
        if let odds = read.knownOdds {
            // Times a confidence from 0 to 1: a sum that stays finite.
            try archive.require(
                (0...1e100).contains(odds.slope) && (-1e100...1e100).contains(odds.offset), "unknown",
                "odds of a slope from 0 and an offset, both at most 1e100", "\(odds)")
        }
        try archive.require(
            (read.confidence.range.lowerBound...read.confidence.range.upperBound.nextUp).contains(read.threshold)
                && rates.allSatisfy { (0...1).contains($0) } && read.strangerCount > 0,
            "unknown", "a threshold within \(read.confidence.range) and rates from 0 to 1", "\(read)")
        return read
    }
}
