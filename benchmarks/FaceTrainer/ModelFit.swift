import Foundation
import Imaging
import Learn
import Recognition

/// Learns a `FaceModel` from labelled photos.
struct ModelFit {
    var settings: FindingSettings
    var threads: Int
    var alignmentPenalty = 30.0
    var verifierCost = 0.1
    /// Starts a face for each direction it looks in.
    var starts = 6

    func model(of photos: [LabelledPhoto]) throws -> FaceModel {
        let describer = try FaceModel.describer()
        let alignment = try self.alignment(photos, describer)
        var model = FaceModel(alignment: alignment, verifier: [])
        model.verifier = try verifier(photos, model, describer)
        return model
    }

    /// The alignment learns from starts about the true eyes: as far away as candidates are, and half as far, as after a first step.
    private func alignment(_ photos: [LabelledPhoto], _ describer: HistogramOfGradients) throws -> [[Float]] {
        var dice = SeededGenerator(seed: 1)
        var rows: [[Float]] = []
        var targets = [[Double]](repeating: [], count: 4)
        for photo in photos where !photo.lessons.isEmpty {
            let other = photo.gray.mirrored()
            for lesson in photo.lessons {
                for (gray, eyes) in [(photo.gray, lesson.eyes), (other, lesson.eyes.mirrored(width: photo.gray.width))] {
                    for start in 0..<starts {
                        let view = try FaceView(eyes.moved(by: start.isMultiple(of: 2) ? 1 : 0.4, &dice))
                        rows.append(try describer.features(of: view.picture(of: gray)))
                        let move = view.move(to: eyes)
                        for output in 0..<4 { targets[output].append(move[output]) }
                    }
                }
            }
        }
        return Ridge.fit(rows, targets: targets, penalty: alignmentPenalty)
    }

    private func verifier(_ photos: [LabelledPhoto], _ model: FaceModel, _ describer: HistogramOfGradients) throws -> [Float] {
        var rows: [[Float]] = []
        var labels: [Int] = []
        for photo in photos {
            let other = photo.gray.mirrored()
            for (candidate, truth) in zip(photo.candidates, photo.truths) where truth != .unknown {
                let mirrored = candidate.mirrored(width: photo.gray.width, searches: settings.searches)
                for (gray, candidate) in [(photo.gray, candidate), (other, mirrored)] {
                    let aligned = try model.aligned(candidate.pose, in: gray, describer: describer)
                    rows.append(aligned.gradients + FaceModel.evidence(candidate, pose: aligned.pose))
                    labels.append(truth == .face ? 1 : 0)
                }
            }
        }
        let parameters = LogisticParameters(cost: verifierCost, tolerance: 1e-5, maximumIterations: 500)
        let samples = try LabelledRows(rows: try Matrix(rows), labels: labels)
        let fitted = try LogisticRegression.fit(samples, parameters: parameters, threads: threads)
        return [Float(fitted.intercepts[0])] + fitted.coefficients.row(0).map(Float.init)
    }
}

extension FacePose {
    /// The eyes a little elsewhere: shifts of 8 %, sizes of 10 % and turns of 8 degrees, times `amount`, are usual.
    func moved(by amount: Double, _ dice: inout SeededGenerator) -> FacePose {
        func usual() -> Double { (0..<4).reduce(-2) { sum, _ in sum + dice.uniform() } / 0.577 }
        let side = distance / FacePose.gap
        let shift = amount * 0.08 * side * Place(usual(), usual())
        let turn = amount * 8 * .pi / 180 * usual()
        let size = exp(amount * 0.1 * usual())
        let half = size / 2 * Place(cos(turn) * along.x - sin(turn) * along.y, sin(turn) * along.x + cos(turn) * along.y)
        // About the middle of the square, not of the eyes.
        let middle = (left + right) / 2 + shift
        return FacePose(left: middle - half, right: middle + half)
    }
}
