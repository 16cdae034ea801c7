import Imaging
import Recognition

/// Trains without one label's photos, nor any that nearly equals one of them, and measures on those: people and photos never seen.
struct Folding {
    var settings: FindingSettings
    var photos: [LabelledPhoto]

    func report() throws {
        let labels = Set(photos.map(\.label)).sorted()
        let groups = NearDuplicates.groups(
            of: photos.map { NearDuplicates.Hashes(label: labels.firstIndex(of: $0.label) ?? 0, photo: $0.hash, crop: $0.hash) })
        var scores = FinderScore.thresholds.map { FinderScore(threshold: $0) }
        var errors: [Double] = []
        for label in labels {
            let tested = photos.indices.filter { photos[$0].label == label }
            let near = Set(tested.map { groups[$0] })
            let model = try ModelFit(settings: settings, threads: 2).model(
                of: photos.indices.filter { !near.contains(groups[$0]) }.map { photos[$0] })
            let finder = try UnitedFinder(settings, model: model, threads: 1)
            for photo in tested.map({ photos[$0] }) {
                let faces = try finder.judged(photo.candidates, in: photo.gray)
                for i in scores.indices { scores[i].count(faces, in: photo) }
                errors += try alignmentErrors(of: model, on: photo)
            }
        }
        print(FinderScore.header)
        for score in scores { print(score.line) }
        errors.sort()
        let (median, most) = (errors[errors.count / 2], errors[errors.count * 9 / 10])
        print("eyes after the alignment, in distances between them: median \(median), nine of ten within \(most)")
    }

    /// How far the mean eye lies from where eye cascades saw a clear pair.
    private func alignmentErrors(of model: FaceModel, on photo: LabelledPhoto) throws -> [Double] {
        let describer = try FaceModel.describer()
        return try photo.lessons.map { lesson in
            let pose = try model.aligned(photo.candidates[lesson.candidate].pose, in: photo.gray, describer: describer).pose
            func length(_ step: Place) -> Double { (step.x * step.x + step.y * step.y).squareRoot() }
            return (length(pose.left - lesson.eyes.left) + length(pose.right - lesson.eyes.right)) / 2 / lesson.eyes.distance
        }
    }
}
