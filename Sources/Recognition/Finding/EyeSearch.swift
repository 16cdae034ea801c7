import Cascade
import Imaging

/// Looks for the eyes of a face whose pose is about known, with several eye cascades.
package struct EyeSearch: Sendable {
    /// Pixels from eye to eye in the searched view: eyes are then about 28 pixels wide, the cascades' windows 20.
    private static let gap = 43.0
    private static let size = Size(width: 120, height: 76)
    private static let expected = FacePose(left: [59.5 - gap / 2, 37.5], right: [59.5 + gap / 2, 37.5])

    private let ensemble: CascadeEnsemble
    package let digests: [String: String]

    /// Loads the cascades.
    /// - Throws: `CascadeError` where a file is missing or damaged.
    package init(_ cascades: [StandardCascade] = FindingSettings.eyeCascades) throws {
        let files = try cascades.map { try CascadeFile(named: $0.rawValue) }
        digests = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.sha256) })
        let members = try files.map { file in
            CascadeEnsemble.Member(
                try CascadeClassifier(xml: file.bytes), minNeighbors: 2, minSize: Size(width: 20, height: 20),
                maxSize: Size(width: 44, height: 44))
        }
        ensemble = try CascadeEnsemble(members, scaleFactor: 1.12)
    }

    /// The eyes near those of `pose`, or nil where no cascade sees one.
    /// - Parameter tolerance: how far an eye may lie from where the pose has it, in distances between the eyes.
    /// - Throws: `CascadeError`, as the limits say; `DescriptorError.eyesCoincide`.
    package func eyes(
        in gray: Gray, near pose: FacePose, tolerance: Double = 0.25, within limits: SearchLimits = .none
    ) throws -> EyeChoice.Result? {
        let warp = try SimilarityWarp(bringing: (pose.left, pose.right), to: (Self.expected.left, Self.expected.right))
        let view = gray.warped(by: warp, to: Self.size)
        let marks = try ensemble.detections(in: view, within: limits, threads: 1).joined().map { found in
            EyeMark(place: FaceSquare(found.rect).centre, width: Double(found.rect.width), neighbors: found.neighbors, cascades: 1)
        }
        let choice = EyeChoice(expected: Self.expected, tolerance: tolerance)
        guard var result = choice.choice(among: EyeMark.united(marks, reach: 0.15 * Self.gap)) else { return nil }
        result.eyes = FacePose(left: warp.source(of: result.eyes.left), right: warp.source(of: result.eyes.right))
        return result
    }
}
