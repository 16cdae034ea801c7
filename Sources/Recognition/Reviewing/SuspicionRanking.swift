import Foundation
import Learn

/// Ranks the crops of a folder, those first that show their label's person least likely.
///
/// The evidence, all of it from what the other crops show:
///
/// 1. the out-of-fold probability p of the given label: a linear model by least squares on the recipe's features, fitted to all labels, gives every
///    crop the scores of the model that has not seen it nor a near-duplicate of it (`LeastSquaresScores`); Platt's fit makes them
///    probabilities. It is fitted twice: the second time without the crops whose p was below 0.3, so that wrong crops do not vouch for each other;
/// 2. how many faces the photo has: a crop from among several is likelier someone else;
/// 3. how sure picking was, where the recipe picks;
/// 4. whether the same face stands under another label too: then one of the two is wrong.
///
/// suspicion = 1 / (1 + exp(-s)),  s = -logit(p) + ln(faces) / 2 - logit(confidence) + 2 where the face stands under two labels
///
/// Quality and the distance from the class's other faces weigh nothing: on measured data neither told wrong crops from right ones beyond p.
/// They are told as reasons.
public struct SuspicionRanking: Sendable {
    /// The most suspicious first; of equals in byte order of their paths.
    public let crops: [SuspectCrop]
    /// Each crop of `crops` as its place in the measured crops.
    package let places: [Int]
    /// The share of crops whose given label has the highest out-of-fold score: what a plain linear model reaches on the folder as it is. NaN
    /// with a single label.
    public let accuracy: Double

    /// - Throws: `LearnError` as the fits throw.
    package init(of measured: MeasuredCrops, threads: Int) throws {
        let count = measured.crops.count
        let fit = try LabelProbabilities(
            rows: measured.rows, classes: measured.classes, labels: measured.labels.count, groups: measured.groups, threads: threads)
        let doubles = Dictionary(
            CropPairs.underTwoLabels(measured.hashes, groups: measured.groups).flatMap { [($0.0, $0.1), ($0.1, $0.0)] }
        ) { first, _ in first }
        let suspects = (0..<count).map { index -> SuspectCrop in
            let crop = measured.crops[index]
            let faces = crop.record.map { max($0.faces.count, 1) } ?? 1
            let confidence = crop.origin?.confidence
            var logit = Self.logit(confidence.map { 1 - min($0, 0.999) } ?? 0.5) + log(Double(faces)) / 2
            if let own = fit.own(index) { logit -= Self.logit(own) }
            let double = doubles[index].map { measured.crops[$0].label }
            if double != nil { logit += 2 }
            let rival = fit.rival(index)
            return SuspectCrop(
                file: crop.file, label: crop.label, suspicion: Softmax.sigmoid(logit), other: rival.map { measured.labels[$0.label] },
                why: Self.reasons(
                    crop, own: fit.own(index), rival: rival.map { (measured.labels[$0.label], $0.probability) }, faces: faces,
                    confidence: confidence, double: double))
        }
        let order = (0..<count).sorted { (suspects[$1].suspicion, $0) < (suspects[$0].suspicion, $1) }
        crops = order.map { suspects[$0] }
        places = order
        accuracy = fit.accuracy
    }

    private static func logit(_ probability: Double) -> Double {
        let probability = min(max(probability, 1e-6), 1 - 1e-6)
        return log(probability / (1 - probability))
    }

    private static func reasons(
        _ crop: MeasuredCrops.Crop, own: Double?, rival: (label: String, probability: Double)?, faces: Int, confidence: Double?,
        double: String?
    ) -> [String] {
        var reasons: [String] = []
        func percent(_ value: Double) -> String { String(format: "%.0f %%", 100 * value) }
        if let double { reasons.append("the same face stands under \(double) too") }
        if let own, own < 0.5 {
            if let rival, rival.probability > max(own, 0.01) {
                reasons.append("looks more like \(rival.label) (\(percent(rival.probability))) than \(crop.label) (\(percent(own)))")
            } else {
                reasons.append("unlike the other faces of \(crop.label) (\(percent(own)))")
            }
        }
        if let confidence, confidence < 0.8 { reasons.append("picked with a confidence of \(percent(confidence))") }
        if faces > 1 { reasons.append("one of \(faces) faces in the photo") }
        if let quality = crop.face?.quality {
            if quality.faceProbability < 0.5 { reasons.append("hardly a face (\(percent(quality.faceProbability)))") }
            if quality.blur > 0.9 { reasons.append("blurred") }
            if quality.light < 0.15 { reasons.append("dark") }
        }
        if min(crop.size.width, crop.size.height) < 40 { reasons.append("small: \(crop.size.width) pixels") }
        return reasons
    }
}
