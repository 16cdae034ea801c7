import Imaging

/// A face turned upright and brought to one size by its pose: what the verifier and the alignment look at.
package struct FaceView: Sendable {
    /// The view's side in pixels.
    package static let side = 64
    /// The view's side in sides of the face's square.
    package static let reach = 1.15
    /// Where the view shows the eyes of its pose.
    package static let eyes: (left: Place, right: Place) = {
        let scale = Double(side) / reach
        let middle = Double(side - 1) / 2
        let row = middle + (FacePose.height - 0.5) * scale
        return ([middle - FacePose.gap / 2 * scale, row], [middle + FacePose.gap / 2 * scale, row])
    }()

    private let warp: SimilarityWarp

    /// - Throws: `DescriptorError.eyesCoincide`.
    package init(_ pose: FacePose) throws(DescriptorError) {
        warp = try SimilarityWarp(bringing: (pose.left, pose.right), to: Self.eyes)
    }

    /// The view's pixels.
    package func picture(of gray: Gray) -> Gray { gray.warped(by: warp, to: Size(width: Self.side, height: Self.side)) }

    /// The pose whose eyes the view shows `move` view pixels from where it expects them: left x, left y, right x, right y.
    package func pose(movedBy move: SIMD4<Double>) -> FacePose {
        FacePose(
            left: warp.source(of: Self.eyes.left + [move.x, move.y]), right: warp.source(of: Self.eyes.right + [move.z, move.w]))
    }

    /// How far from where the view expects them it shows the eyes of `pose`: the inverse of `pose(movedBy:)`.
    package func move(to pose: FacePose) -> SIMD4<Double> {
        let left = place(of: pose.left) - Self.eyes.left
        let right = place(of: pose.right) - Self.eyes.right
        return [left.x, left.y, right.x, right.y]
    }

    private func place(of source: Place) -> Place {
        let offset = source - warp.shift
        let (a, b) = (warp.a, warp.b)
        return Place(a * offset.x + b * offset.y, a * offset.y - b * offset.x) / (a * a + b * b)
    }
}
