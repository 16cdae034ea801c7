import Foundation
import Learn

/// Chooses in every photo of labelled folders the face that the label means: the person who recurs in the folder.
///
/// What it assumes: the person is in most photos of the folder, and nobody else is in as many of them; another label's person may
/// well be in some. Nothing else is known of anybody.
///
/// It begins with each photo's strongest face, by the finder's probability and by size. Then, again and again until nothing changes: a
/// linear model learns each label's picked faces against all others, the faces of bystanders among them; each photo's faces get the scores
/// of the model that has not seen this photo nor anything like it (`LeastSquaresScores`); the scores become odds; and the face with the
/// best odds, weighed with a mild preference for the likelier and the larger face, is picked, or none where "nobody of these" is likelier.
/// Only photos with a pick are learned from.
///
/// A label with fewer than three different pictures has nobody who recurs: its photos give their strongest faces, with confidence 0.5.
///
/// The result depends on the photos' order in nothing but the numbering, and on the number of threads in nothing.
package struct FacePicker: Sendable {
    package struct Settings: Sendable, Hashable {
        /// The ridge penalty on features of total mean square 1.
        package var penalty = 0.5
        package var maximumRounds = 8
        /// A face is picked from this confidence on.
        package var leastConfidence = 0.5
        /// How much the log-odds of being a face at all count, and the logarithm of a face's size relative to the photo's largest.
        package var probabilityWeight = 0.5
        package var sizeWeight = 1.0
        /// The log-odds of "nobody of these" beside a face of even odds.
        package var nobodyWeight = -1.0
        /// Of a label's photos with faces, at least this share keeps a pick, the ones of best odds: the person is in most of them.
        package var leastShare = 0.5
        /// How much of the best other label's score is taken off a face's own.
        package var rivalShare = 0.5
        /// Faces that overlap the picked one by more than this are it, seen again, and no bystanders.
        package var sameFaceOverlap = 0.2
        /// Labels with fewer different pictures are not judged.
        package var leastGroups = 3

        package init() {}
    }

    package struct Outcome: Sendable, Hashable {
        /// One a photo; nil where no face fits.
        package var picks: [FacePick?]
        /// Rounds until nothing changed, or as many as are allowed.
        package var rounds: Int
        package var hasSettled: Bool
    }

    package let settings: Settings

    package init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Picks.
    /// - Parameter rows: coordinates of all faces, photo after photo, faces in their photos' order: with a mean square length of about 1.
    /// - Throws: `LearnError` for rows that do not fit the photos, or as the fits throw.
    /// - Complexity: O(faces * m * (m + labels)) a round for m coordinates; in memory, beside the rows, O(faces + m * (m + labels)).
    package func pick(_ photos: [PickablePhoto], rows: Matrix, threads: Int) throws(LearnError) -> Outcome {
        let table = FaceTable(photos)
        guard table.count == rows.rows else { throw LearnError.rowLabelMismatch(rows: rows.rows, labels: table.count) }
        let labels = (photos.map(\.label).max() ?? -1) + 1
        let judged = judgedLabels(photos, count: labels)
        let leanings = table.leanings(settings)
        var picks = photos.indices.map { photo in strongest(of: photos[photo], table.strengths(of: photo)) }
        guard judged.contains(true), table.count > 1 else { return Outcome(picks: picks, rounds: 0, hasSettled: true) }
        for round in 1...settings.maximumRounds {
            let (training, classes) = learned(photos, picks, table)
            let scores = try LeastSquaresScores(
                rows: rows, training: training, classes: classes, outputs: labels, groups: table.photo.map { photos[$0].group },
                penalty: settings.penalty, threads: threads)
            let evidence = try scores.leftOut { ownLessRival($1, label: photos[table.photo[$0]].label) }
            let odds = logOdds(evidence, training: training, isPicked: classes.map { $0 != nil })
            let logits = photos.indices.map { table.faces(of: $0).map { odds[$0] + leanings[$0] } }
            let nobody = nobodyWeights(photos, logits, labels: labels)
            var next = picks
            for photo in photos.indices where judged[photos[photo].label] && !photos[photo].faces.isEmpty {
                next[photo] = best(logits[photo], nobody: nobody[photos[photo].label])
            }
            let isSettled = zip(picks, next).allSatisfy { $0?.face == $1?.face }
            picks = next
            if isSettled { return Outcome(picks: picks, rounds: round, hasSettled: true) }
        }
        return Outcome(picks: picks, rounds: settings.maximumRounds, hasSettled: false)
    }

    /// Whether each label has enough different pictures with faces to say who recurs.
    private func judgedLabels(_ photos: [PickablePhoto], count: Int) -> [Bool] {
        var groups = [Set<Int>](repeating: [], count: count)
        for photo in photos where !photo.faces.isEmpty { groups[photo.label].insert(photo.group) }
        return groups.map { $0.count >= settings.leastGroups }
    }

    private func strongest(of photo: PickablePhoto, _ strengths: [Double]) -> FacePick? {
        guard let face = strengths.indices.max(by: { (strengths[$0], $1) < (strengths[$1], $0) }) else { return nil }
        return FacePick(face: face, confidence: settings.leastConfidence)
    }

    /// The rows to learn from, with the label of those that are picked: of photos with a pick the picked face, and the bystanders.
    private func learned(_ photos: [PickablePhoto], _ picks: [FacePick?], _ table: FaceTable) -> (rows: [Int], labels: [Int?]) {
        var rows: [Int] = []
        var labels: [Int?] = []
        for (photo, pick) in picks.enumerated() {
            guard let pick else { continue }
            let faces = photos[photo].faces
            for (face, row) in table.faces(of: photo).enumerated() {
                if face == pick.face {
                    rows.append(row)
                    labels.append(photos[photo].label)
                } else if faces[face].box.overlap(faces[pick.face].box) <= settings.sameFaceOverlap {
                    rows.append(row)
                    labels.append(nil)
                }
            }
        }
        return (rows, labels)
    }

    /// A face's score of its photo's label, less a share of the best other one's where that is above 0.
    private func ownLessRival(_ scores: ArraySlice<Double>, label: Int) -> Double {
        var rival = 0.0
        for (other, score) in scores.enumerated() where other != label { rival = max(rival, score) }
        return scores[scores.startIndex + label] - settings.rivalShare * rival
    }

    /// The log of the likelihood ratio that evidence gives: Platt's logistic fit of picked faces against bystanders, less the log of their
    /// numbers' ratio.
    private func logOdds(_ evidence: [Double], training: [Int], isPicked: [Bool]) -> [Double] {
        let (slope, offset) = PlattFit.fit(scores: training.map { evidence[$0] }, isMember: isPicked)
        let picked = Double(isPicked.count { $0 })
        let prior = log((picked + 1) / (Double(isPicked.count) - picked + 1))
        // A slope below 0 means that the first picks say nothing; then no evidence counts.
        return evidence.map { max(slope, 0) * $0 + offset - prior }
    }

    /// The log-odds of "nobody of these" for each label: as set, or lower where else fewer photos than `leastShare` would keep a pick. Without it a
    /// person whose faces are few or hard to see could vanish behind those who recur more clearly.
    private func nobodyWeights(_ photos: [PickablePhoto], _ logits: [[Double]], labels: Int) -> [Double] {
        var bests = [[Double]](repeating: [], count: labels)
        for (photo, logits) in zip(photos, logits) { if let highest = logits.max() { bests[photo.label].append(highest) } }
        return bests.map { bests in
            guard !bests.isEmpty else { return settings.nobodyWeight }
            let kept = max(1, Int((settings.leastShare * Double(bests.count)).rounded(.up)))
            return min(settings.nobodyWeight, bests.sorted(by: >)[kept - 1])
        }
    }

    private func best(_ logits: [Double], nobody: Double) -> FacePick? {
        let highest = max(logits.max() ?? 0, nobody)
        let powers = logits.map { exp($0 - highest) }
        guard let face = logits.indices.max(by: { (logits[$0], $1) < (logits[$1], $0) }) else { return nil }
        let confidence = powers[face] / (powers.reduce(0, +) + exp(nobody - highest))
        if nobody < settings.nobodyWeight, logits[face] >= nobody {
            return FacePick(face: face, confidence: max(confidence, settings.leastConfidence))
        }
        return confidence >= settings.leastConfidence ? FacePick(face: face, confidence: confidence) : nil
    }
}

/// The faces of all photos as one list.
private struct FaceTable {
    /// The photo of each face.
    let photo: [Int]
    private let first: [Int]
    private let photos: [PickablePhoto]

    init(_ photos: [PickablePhoto]) {
        self.photos = photos
        photo = photos.enumerated().flatMap { photo, content in content.faces.map { _ in photo } }
        var first = [0]
        for content in photos { first.append(first[first.count - 1] + content.faces.count) }
        self.first = first
    }

    var count: Int { photo.count }

    func faces(of photo: Int) -> Range<Int> { first[photo]..<first[photo + 1] }

    /// What is first believed of a photo's faces, in logits: the face's probability, and twice the logarithm of its relative size.
    func strengths(of photo: Int) -> [Double] {
        zip(probabilityLogits(of: photo), relativeSizes(of: photo)).map { $0 + 2 * $1 }
    }

    /// What is believed of every face before its looks are compared.
    func leanings(_ settings: FacePicker.Settings) -> [Double] {
        photos.indices.flatMap { photo in
            zip(probabilityLogits(of: photo), relativeSizes(of: photo)).map {
                settings.probabilityWeight * $0 + settings.sizeWeight * $1
            }
        }
    }

    /// Within -3 to 3: a verifier's certainty of being a face says little about whose it is.
    private func probabilityLogits(of photo: Int) -> [Double] {
        photos[photo].faces.map { face in
            let probability = min(max(face.probability, 1e-6), 1 - 1e-6)
            return min(max(log(probability / (1 - probability)), -3), 3)
        }
    }

    /// The logarithm of each face's width over that of the photo's widest face.
    private func relativeSizes(of photo: Int) -> [Double] {
        let widest = photos[photo].faces.map(\.box.width).max() ?? 1
        return photos[photo].faces.map { log(Double(max($0.box.width, 1)) / Double(max(widest, 1))) }
    }
}
