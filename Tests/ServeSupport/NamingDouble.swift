import Foundation
import Imaging
import Learn
import Recognition

/// Stands in for a trained recognizer: it really decodes the photo, and the photo's first pixel says what is to be found in it.
///
/// Red: how many faces, 0 to 5. Green, where there is no face: the reason, 0 no face, 1 no eyes, 2 too small; where there are faces: how
/// many more have no name, 0 to 2. Blue: the highest score in per cent; 0 makes every face unknown.
package struct NamingDouble: FaceNaming {
    package var labels = ["ada", "bruno", "leila", "nia", "ren"]
    package var id = "0123456789abcdef"
    package var selfTest: @Sendable () throws -> Void
    /// Called on the worker before every answer.
    package var work: @Sendable () -> Void

    /// An answer never comes: the work goes on until the budget ends it, a minute at most.
    package var isEndless = false
    /// One of four strangers gets a name, and one of five known people none.
    package var unknown = try? UnknownThreshold(
        strangers: [0.1, 0.2, 0.3, 0.6], known: [0.3, 0.6, 0.7, 0.8, 0.9], confidence: .highestProbability, falseRejectRate: 0.2)
    package var confusion = [[0, 0, 28], [0, 1, 2], [1, 1, 28], [2, 2, 20], [2, 4, 5], [3, 3, 31], [4, 0, 1]]

    package init(selfTest: @escaping @Sendable () throws -> Void = {}, work: @escaping @Sendable () -> Void = {}) {
        self.selfTest = selfTest
        self.work = work
    }

    package var summary: ModelSummary {
        let best = ModelSummary.Candidate(
            estimator: "svm", parameters: ["C": "1", "kernel": "linear"], foldAccuracies: [0.8, 0.75], mean: 0.775,
            standardDeviation: 0.025)
        let other = ModelSummary.Candidate(
            estimator: "random_forest", parameters: ["trees": "100"], foldAccuracies: [0.7, 0.7], mean: 0.7, standardDeviation: 0)
        return ModelSummary(
            identity: ModelIdentity(id: id), labels: labels, counts: [30, 28, 25, 31, 1], recipe: "classic",
            best: best, candidates: [best, other], groupedMean: 0.74, trainedAt: "2026-01-02T03:04:05Z", dataHash: "feed",
            unknown: unknown, confusion: confusion)
    }

    package func checkSelfTest() throws { try selfTest() }

    package func answer(for bytes: [UInt8], limits: PhotoLimits) throws -> PhotoAnswer {
        let file = try limits.open(bytes)
        let image = try file.decode()
        work()
        let end = ContinuousClock.now + .seconds(60)
        while isEndless, ContinuousClock.now < end {
            try limits.search.budget?.check()
            Thread.sleep(forTimeInterval: 0.001)
        }
        try limits.search.budget?.check()
        let count = min(5, Int(image.pixels[0]))
        let faces = (0..<count).map { face($0, of: count, in: image) }
        let reason = NoFaceReason.allCases[min(2, Int(image.pixels[1]))]
        let reasons: [UnnamedFace.Reason] = faces.isEmpty ? [] : Array([.noEyes, .tooMany].prefix(Int(image.pixels[1])))
        let unnamed = reasons.map { reason -> UnnamedFace in
            let side = min(image.width, image.height) / 6
            let x = reason == .tooMany ? 0 : image.width - side
            return UnnamedFace(box: Rect(x: x, y: 0, width: side, height: side), eyes: [], reason: reason)
        }
        return PhotoAnswer(
            image: image.size, faces: faces, unnamed: unnamed, orientation: file.header.orientation.rawValue,
            reason: faces.isEmpty ? reason : nil, model: summary.identity,
            milliseconds: StageTimes(decode: 1, detect: 2, classify: 3))
    }

    /// Faces stand side by side, each with its eyes in the upper half, each most like another label.
    private func face(_ index: Int, of count: Int, in image: Image) -> RecognizedFace {
        let side = min(image.width / (count + 1), image.height / 2)
        let box = Rect(
            x: (index + 1) * image.width / (count + 1) - side / 2, y: image.height / 4, width: side, height: side)
        let eye = max(1, side / 5)
        let top = image.pixels[2] == 0 ? 0.3 : Double(min(100, image.pixels[2])) / 100
        let weights = [0.5, 0.25, 0.15, 0.1].map { $0 * (1 - top) }
        let scores = ([top] + weights).enumerated().map { LabelScore(label: labels[(index + 1 + $0) % 5], score: $1) }
        let isKnown = image.pixels[2] > 0
        return RecognizedFace(
            box: box,
            eyes: [side / 5, side * 3 / 5].map { Rect(x: box.x + $0, y: box.y + side / 4, width: eye, height: eye) },
            label: isKnown ? scores[0].label : nil, known: isKnown, score: top, scores: scores)
    }
}
