import Crypto
import Foundation
import Imaging
import Learn
import Recognition

/// Makes the model of faces that comes with Lineup, and measures the finder.
///
///     FaceTrainer train PHOTOS GOLDENS OUT       trains on all photos and writes the model
///     FaceTrainer folds PHOTOS GOLDENS           trains without one label's photos at a time and measures on those
///     FaceTrainer measure PHOTOS GOLDENS         measures the model that was built in
///     FaceTrainer curve PHOTOS GOLDENS [EVERY]   what searches find and cost, before any model
@main
struct FaceTrainer {
    static func main() throws {
        let arguments = CommandLine.arguments
        let counts = ["train": 5...5, "folds": 4...4, "measure": 4...4, "curve": 4...5]
        guard arguments.count > 1, let count = counts[arguments[1]], count.contains(arguments.count) else {
            let usage =
                "usage: FaceTrainer train PHOTOS GOLDENS OUT | folds PHOTOS GOLDENS | measure PHOTOS GOLDENS | curve PHOTOS GOLDENS [EVERY]"
            FileHandle.standardError.write(Data((usage + "\n").utf8))
            exit(64)
        }
        if arguments[1] == "curve" {
            try WorkCurve.report(arguments[2], goldens: arguments[3], every: arguments.count > 4 ? Int(arguments[4]) ?? 1 : 1)
            return
        }
        let settings = FindingSettings.standard
        let clock = ContinuousClock()
        let start = clock.now
        let photos = try read(arguments[2], goldens: arguments[3], settings: settings)
        print("\(photos.count) photos, \(photos.reduce(0) { $0 + $1.candidates.count }) candidates,", terminator: " ")
        print(
            "\(photos.reduce(0) { $0 + $1.truths.count { $0 == .face } }) of them faces, \(photos.reduce(0) { $0 + $1.lessons.count }) pairs of eyes, \(clock.now - start)"
        )
        switch arguments[1] {
        case "train":
            let model = try ModelFit(settings: settings, threads: 2).model(of: photos)
            let about = ["goldens": digest(arguments[3]), "photos": photoDigest(photos), "searches": "\(settings.searches.map(\.cascade))"]
            try Data(model.file(about: about).serialised()).write(to: URL(fileURLWithPath: arguments[4]))
        case "folds":
            try Folding(settings: settings, photos: photos).report()
        default:
            try measure(photos, finder: try UnitedFinder(settings, threads: 1))
        }
        print("\(clock.now - start)")
    }

    static func read(_ folder: String, goldens: String, settings: FindingSettings) throws -> [LabelledPhoto] {
        let searches = try FaceSearches(settings, threads: 1)
        let eyes = try EyeSearch()
        return try GoldenFaces.read(goldens).compactMap { golden in
            do {
                return try LabelledPhoto(golden, folder: folder, searches: searches, eyes: eyes)
            } catch let error as ImagingError {
                print("left out: \(golden.photo): \(error)")
                return nil
            }
        }
    }

    static func measure(_ photos: [LabelledPhoto], finder: UnitedFinder) throws {
        var scores = FinderScore.thresholds.map { FinderScore(threshold: $0) }
        for photo in photos {
            let faces = try finder.judged(photo.candidates, in: photo.gray)
            for i in scores.indices { scores[i].count(faces, in: photo) }
        }
        print(FinderScore.header)
        for score in scores { print(score.line) }
    }

    static func digest(_ path: String) -> String {
        guard let data = FileManager.default.contents(atPath: path) else { return "none" }
        return SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
    }

    /// Of the bytes of all photos that were learned from, one after the other.
    static func photoDigest(_ photos: [LabelledPhoto]) -> String {
        var hash = SHA256()
        for photo in photos { hash.update(data: photo.bytes) }
        return hash.finalize().map { String(format: "%02x", $0) }.joined()
    }
}
