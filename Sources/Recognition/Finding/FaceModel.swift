import Foundation
import Imaging
import Learn

/// What was learned of faces in general: where the eyes of a face lie, and whether a candidate is a face at all.
///
/// Both are linear in the gradients (histograms of oriented gradients, 9 directions, cells of 8 pixels, blocks of 2 x 2) of a
/// `FaceView`. The alignment gives four numbers, how far the eyes lie from where the view has them, and is taken twice, the second
/// time on the view that the first one gives. The verifier gives the log-odds of a face from the gradients of the view so
/// aligned and from what the searches said.
///
/// (Alignment by repeated linear steps: X. Xiong, F. De la Torre, "Supervised descent method and its applications to face
/// alignment", CVPR 2013.)
package struct FaceModel: Sendable, Equatable {
    /// 4 rows of a bias and a weight for each gradient.
    package var alignment: [[Float]]
    /// A bias and a weight for each gradient and each of the `Evidence`.
    package var verifier: [Float]

    package static let gradientCount = 1764

    package init(alignment: [[Float]], verifier: [Float]) {
        self.alignment = alignment
        self.verifier = verifier
    }

    /// The most that one step may move an eye, in pixels of the view.
    package static let longestMove = 8.0
    package static let steps = 2

    /// How far the eyes lie from where the view has them.
    package func move(_ gradients: [Float]) -> SIMD4<Double> {
        var move = SIMD4<Double>()
        for output in 0..<4 {
            let value = Double(Self.value(alignment[output], gradients))
            move[output] = min(max(value, -Self.longestMove), Self.longestMove)
        }
        return move
    }

    /// The probability that a candidate is a face.
    package func probability(_ gradients: [Float], _ evidence: [Float]) -> Double {
        1 / (1 + exp(-Double(Self.value(verifier, gradients + evidence))))
    }

    private static func value(_ weights: [Float], _ features: [Float]) -> Float {
        var sum = weights[0]
        for i in features.indices { sum += weights[i + 1] * features[i] }
        return sum
    }
}

extension FaceModel {
    /// A face's gradients and how they were come by.
    package struct Aligned: Sendable {
        package var pose: FacePose
        package var picture: Gray
        package var gradients: [Float]
    }

    /// The descriptor of all views.
    package static func describer() throws(DescriptorError) -> HistogramOfGradients { try HistogramOfGradients(HOGParameters()) }

    /// The pose after the alignment's steps, with the view's gradients there.
    package func aligned(_ start: FacePose, in gray: Gray, describer: HistogramOfGradients) throws(DescriptorError) -> Aligned {
        var pose = start
        for _ in 0..<Self.steps {
            let view = try FaceView(pose)
            pose = view.pose(movedBy: move(try describer.features(of: view.picture(of: gray))))
        }
        let picture = try FaceView(pose).picture(of: gray)
        return Aligned(pose: pose, picture: picture, gradients: try describer.features(of: picture))
    }

    /// What is known of a candidate beside its gradients, in numbers of about one: for each search the logarithm of its hits and the
    /// last stage's sum; the logarithm of all hits, of the size, how far the alignment moved it, and how far it leans.
    package static func evidence(_ candidate: CandidateFace, pose: FacePose) -> [Float] {
        var evidence: [Float] = []
        for statement in candidate.statements {
            evidence.append(Float(log(1 + Double(statement.neighbors)) / 2))
            evidence.append(Float(min(max(statement.weight / 10, -1), 1)))
        }
        let square = pose.square
        let shift = (square.centre - candidate.square.centre) / candidate.square.side
        evidence.append(Float(log(1 + Double(candidate.neighbors)) / 2))
        evidence.append(Float(log(candidate.square.side / 24) / 2))
        evidence.append(Float(5 * (shift.x * shift.x + shift.y * shift.y).squareRoot()))
        evidence.append(Float(2 * abs(log(square.side / candidate.square.side))))
        evidence.append(Float(2 * abs(candidate.roll)))
        return evidence
    }
}
