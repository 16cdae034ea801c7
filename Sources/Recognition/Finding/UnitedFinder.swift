import Cascade
import Foundation
import Imaging

/// Finds the faces of a photo with several searches, an alignment and a verifier.
///
/// The photo is brought to the size in which its smallest face has the searches' smallest window; the searches' hits are united to
/// candidates; each candidate's pose is aligned, and the verifier says how likely it is a face; of faces that overlap the likeliest
/// stays; eye cascades look for the eyes where the alignment has them.
package struct UnitedFinder: Sendable {
    package let settings: FindingSettings
    private let searches: FaceSearches
    private let eyes: EyeSearch
    private let model: FaceModel
    private let describer: HistogramOfGradients

    /// Loads the cascades and the model.
    /// - Throws: `CascadeError` where a cascade is missing or damaged, or a setting out of range; `LearnError` for a damaged model.
    package init(_ settings: FindingSettings, threads: Int) throws {
        try self.init(settings, model: FaceModel.standard(evidence: FaceModel.evidenceCount(settings)), threads: threads)
    }

    /// The same with another model.
    package init(_ settings: FindingSettings, model: FaceModel, threads: Int) throws {
        self.settings = settings
        self.model = model
        searches = try FaceSearches(settings, threads: threads)
        eyes = try EyeSearch()
        describer = try FaceModel.describer()
    }

    /// SHA-256 of each cascade file by its name.
    package var cascadeDigests: [String: String] { searches.digests.merging(eyes.digests) { first, _ in first } }

    /// Whether a photo is too small to have a face that could be found.
    package func isTooSmall(_ photo: Size) -> Bool { min(photo.width, photo.height) < settings.smallestFace }

    /// The faces of a photo, the likeliest first, in its pixels. Faces that are hardly any are among them.
    /// - Throws: `DescriptorError`; `CascadeError`, as the limits say.
    package func faces(in photo: Gray, within limits: SearchLimits = .none) throws -> [FoundFace] {
        let faces = try search(photo, of: photo.size, within: limits)
        return try faces.map { try $0.found(eyes(in: photo.cropped(to: $0.box), within: limits)) }
    }

    /// The same for a photo of which only as much has been decoded as the search needs; the eyes are looked for in all its pixels.
    package func faces(in photo: inout PhotoPixels, within limits: SearchLimits = .none) throws -> [FoundFace] {
        let faces = try search(photo.luma, of: photo.size, within: limits)
        let crops = try photo.crops(of: faces.map(\.box))
        return try zip(faces, crops).map { face, crop in try face.found(eyes(in: crop.grayscale(), within: limits)) }
    }

    /// How much smaller a photo may be decoded and still be no smaller than what is searched.
    package func reduction(of photo: Size) -> Reduction {
        let searched = searches.searchedSize(of: photo)
        return Reduction.allCases.last { reduction in
            let size = reduction.size(of: photo)
            return size.width >= searched.width && size.height >= searched.height
        } ?? .full
    }

    /// The candidates that may be faces, the likeliest first.
    package func judged(_ candidates: [CandidateFace], in gray: Gray, within limits: SearchLimits = .none) throws -> [JudgedFace] {
        let all = try candidates.map { candidate in
            try limits.budget?.check()
            let aligned = try model.aligned(candidate.pose, in: gray, describer: describer)
            let evidence = FaceModel.evidence(candidate, pose: aligned.pose)
            return JudgedFace(candidate: candidate, aligned: aligned, probability: model.probability(aligned.gradients, evidence))
        }
        return JudgedFace.likeliest(all.filter { $0.probability >= settings.keptProbability })
    }

    /// The eyes in a face that has been cut out by its box, as `faces(in:)` finds them: in the crop's pixels, nil where no cascade sees one.
    ///
    /// Nothing outside the crop is looked at, so that a crop read back from its file has the same eyes.
    package func eyes(in crop: Gray, within limits: SearchLimits = .none) throws -> EyeChoice.Result? {
        let largest = max(crop.width, crop.height)
        let factor = largest > Self.eyeSide ? Double(largest) / Double(Self.eyeSide) : 1
        func shrunk(_ side: Int) -> Int { max(Int((Double(side) / factor).rounded()), 1) }
        let small =
            factor == 1 ? crop : crop.resizedArea(to: Size(width: shrunk(crop.width), height: shrunk(crop.height)))
        let square = FaceSquare(
            centre: [Double(small.width - 1) / 2, Double(small.height - 1) / 2], side: Double(max(small.width, small.height)))
        let pose = try model.aligned(FacePose(in: square), in: small, describer: describer).pose
        guard var seen = try eyes.eyes(in: small, near: pose, within: limits) else { return nil }
        seen.eyes = seen.eyes.scaled(by: factor)
        return seen
    }

    /// Crops are shrunk to this side before eyes are looked for.
    private static let eyeSide = 160

    /// The faces of a photo before eyes are looked for, the likeliest first.
    /// - Parameters:
    ///   - luma: the photo, or the photo made smaller.
    ///   - size: of the photo.
    private func search(_ luma: Gray, of size: Size, within limits: SearchLimits) throws -> [SeenFace] {
        let searched = searches.searchedSize(of: size)
        let gray = searched == luma.size ? luma : luma.resizedArea(to: searched)
        let factor = Double(max(size.width, size.height)) / Double(max(gray.width, gray.height))
        let bounds = Rect(x: 0, y: 0, width: size.width, height: size.height)
        return try judged(searches.candidates(in: gray, within: limits), in: gray, within: limits).compactMap { face in
            let square = face.aligned.pose.scaled(by: factor).square
            let box = square.rect.intersection(bounds)
            return box.isEmpty ? nil : SeenFace(face: face, box: box, side: square.side, turn: face.candidate.turn(settings.searches))
        }
    }
}

/// A face in its photo, before eyes are looked for.
private struct SeenFace {
    var face: JudgedFace
    /// In pixels of the photo, inside it.
    var box: Rect
    /// Of the face, part of which may lie outside the photo.
    var side: Double
    /// Towards which side it looks.
    var turn: Double

    /// The face with the eyes that were seen in its box.
    func found(_ eyes: EyeChoice.Result?) -> FoundFace {
        let crop = Rect(x: 0, y: 0, width: box.width, height: box.height)
        return FoundFace(
            box: box, eyes: eyes?.eyes.boxes(in: crop).map { $0.offsetBy(x: box.x, y: box.y) } ?? [],
            quality: FaceQuality(
                faceProbability: face.probability, eyesConfidence: eyes?.confidence ?? 0, size: side,
                blur: FaceQuality.blur(of: face.aligned.picture), light: FaceQuality.light(of: face.aligned.picture), turn: turn))
    }
}

/// A candidate after the verifier's word.
package struct JudgedFace: Sendable {
    package var candidate: CandidateFace
    package var aligned: FaceModel.Aligned
    package var probability: Double

    package init(candidate: CandidateFace, aligned: FaceModel.Aligned, probability: Double) {
        self.candidate = candidate
        self.aligned = aligned
        self.probability = probability
    }

    /// The faces from the likeliest to the least likely, without those that overlap a likelier one by more than 0.3 (intersection over
    /// union) or have their middle within its inner half.
    package static func likeliest(_ faces: [JudgedFace]) -> [JudgedFace] {
        let sorted = faces.enumerated().sorted { ($1.element.probability, $0.offset) < ($0.element.probability, $1.offset) }
        var kept: [JudgedFace] = []
        for (_, face) in sorted where !kept.contains(where: { overlap($0.aligned.pose.square, face.aligned.pose.square) }) {
            kept.append(face)
        }
        return kept
    }

    private static func overlap(_ a: FaceSquare, _ b: FaceSquare) -> Bool {
        let step = b.centre - a.centre
        if max(abs(step.x), abs(step.y)) < a.side / 4 { return true }
        return a.overlap(b) > 0.3
    }
}

extension FaceSquare {
    /// Intersection over union.
    package func overlap(_ other: FaceSquare) -> Double {
        func shared(_ a: Double, _ b: Double) -> Double {
            max(min(a + side / 2, b + other.side / 2) - max(a - side / 2, b - other.side / 2), 0)
        }
        let both = shared(centre.x, other.centre.x) * shared(centre.y, other.centre.y)
        return both / (side * side + other.side * other.side - both)
    }
}

extension FacePose {
    /// A box about each eye, a quarter of the face wide, as far as it lies in `picture`; none where one of them lies outside.
    package func boxes(in picture: Rect) -> [Rect] {
        let boxes = [left, right].map { FaceSquare(centre: $0, side: max(distance / Self.gap / 4, 1)).rect.intersection(picture) }
        return boxes.contains(where: \.isEmpty) ? [] : boxes
    }
}
