import Foundation
import Imaging
import Recognition

/// A photo with its candidates, and which of them are faces.
struct LabelledPhoto: Sendable {
    enum Truth: Sendable { case face, noFace, unknown }

    /// A face with a clear pair of eyes: what the alignment learns from.
    struct Lesson: Sendable {
        var candidate: Int
        var eyes: FacePose
    }

    var name: String
    var label: String
    /// The file's.
    var bytes: [UInt8]
    var hash: DifferenceHash
    var size: Size
    /// At the searched size.
    var gray: Gray
    /// Photo pixels for one pixel of `gray`.
    var factor: Double
    var candidates: [CandidateFace]
    var truths: [Truth]
    var lessons: [Lesson]
    /// In pixels of the photo.
    var athlete: [Double]?
    var boxes: [[Double]]

    init(_ golden: GoldenFaces, folder: String, searches: FaceSearches, eyes: EyeSearch) throws {
        name = golden.photo
        label = golden.label
        athlete = golden.athlete
        boxes = golden.boxes
        bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + golden.photo)))
        let photo = try ImageFile.decode(bytes).grayscale()
        hash = DifferenceHash(of: photo)
        self.size = photo.size
        let size = searches.searchedSize(of: photo.size)
        gray = size == photo.size ? photo : photo.resizedArea(to: size)
        let factor = Double(max(photo.width, photo.height)) / Double(max(size.width, size.height))
        let candidates = try searches.candidates(in: gray)
        let known = golden.boxes.map { Self.square(of: $0, factor: 1 / factor) }
        let isComplete = golden.athlete != nil
        truths = candidates.map { candidate in
            let best = known.map { $0.overlap(candidate.square) }.max() ?? 0
            if best > 0.4 { return .face }
            return best < 0.15 && isComplete ? .noFace : .unknown
        }
        self.factor = factor
        self.candidates = candidates
        lessons = []
        for square in known {
            let near = candidates.indices.max { candidates[$0].square.overlap(square) < candidates[$1].square.overlap(square) }
            guard let near, candidates[near].square.overlap(square) > 0.4 else { continue }
            if let seen = try eyes.eyes(in: gray, near: candidates[near].pose, tolerance: 0.3), seen.confidence >= 0.6 {
                lessons.append(Lesson(candidate: near, eyes: seen.eyes))
            }
        }
    }

    /// The square of a face in another detector's box, which reaches from the brows to the chin: measured on photos where both see a face.
    static func square(of box: [Double], factor: Double) -> FaceSquare {
        let side = factor * box[2] / 0.954
        let centre = Place(factor * (box[0] + box[2] / 2) - 0.5, factor * (box[1] + box[3] / 2) - 0.5 - 0.07 * side)
        return FaceSquare(centre: centre, side: side)
    }
}

extension CandidateFace {
    /// What the searches would say in the mirrored picture.
    func mirrored(width: Int, searches: [FindingSettings.Search]) -> CandidateFace {
        let square = FaceSquare(centre: [Double(width - 1) - self.square.centre.x, self.square.centre.y], side: self.square.side)
        let order = searches.indices.map { i in
            searches.firstIndex { $0.cascade == searches[i].cascade && $0.isMirrored != searches[i].isMirrored } ?? i
        }
        return CandidateFace(
            square: square, statements: order.map { statements[$0] } + statements[searches.count...], roll: -roll)
    }
}

extension FacePose {
    func mirrored(width: Int) -> FacePose {
        func other(_ place: Place) -> Place { [Double(width - 1) - place.x, place.y] }
        return FacePose(left: other(right), right: other(left))
    }
}
