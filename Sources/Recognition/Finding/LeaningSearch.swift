import Cascade
import Foundation
import Imaging
import Support

/// Looks for heads that lean to one side, where the upright search came near: each such place is cut out, turned back and searched again.
///
/// Cascades see faces that lean by some ten degrees at most. Searching the whole photo once for each angle costs several times the upright
/// search; the places where that one passed most of its stages are a few windows' worth.
package struct LeaningSearch: Sendable {
    /// A window of a turned view that passed all stages.
    package struct Sighted: Hashable, Sendable {
        /// In pixels of the searched picture.
        package var square: FaceSquare
        /// How far the head leans, in radians: positive clockwise.
        package var roll: Double
        /// The last stage's sum.
        package var weight: Double

        package init(square: FaceSquare, roll: Double, weight: Double) {
            self.square = square
            self.roll = roll
            self.weight = weight
        }
    }

    /// The side of a view, and of the place's square in it, in windows of the cascade: room for a face a third of its side away.
    private static let viewWindows = 2.0
    private static let squareWindows = 1.2
    /// Faces of 1 to 1.45 windows are looked for in a view, 0.83 to 1.2 of the place's square: three window sizes in steps of 1.2.
    private static let largestWindows = 1.45

    private let search: CascadeEnsemble
    private let angles: [Double]
    private let window: Double
    private let threads: Int

    /// - Parameter classifier: the upright search's.
    /// - Throws: `CascadeError`.
    init(_ classifier: CascadeClassifier, _ settings: FindingSettings.Leaning, threads: Int) throws(CascadeError) {
        let side = classifier.windowSize.width
        let largest = Int((Self.largestWindows * Double(side)).rounded())
        search = try CascadeEnsemble(
            [.init(classifier, minNeighbors: 0, maxSize: Size(width: largest, height: largest))], scaleFactor: settings.scaleFactor)
        angles = settings.degrees.flatMap { [$0, -$0] }.map { $0 * .pi / 180 }
        window = Double(side)
        self.threads = threads
    }

    /// What is seen at each place under each angle, place by place.
    /// - Throws: `CascadeError`, as the limits say.
    /// - Complexity: O(places x angles) searches of a view of 40 x 40 pixels for a window of 20.
    func hits(in gray: Gray, at places: [FaceSquare], within limits: SearchLimits) throws(CascadeError) -> [Sighted] {
        let inView = SearchLimits(deadline: limits.deadline, budget: limits.budget)
        let found = Parallel.map(places.count, threads: threads) { index -> Result<[Sighted], CascadeError> in
            do throws(CascadeError) {
                return .success(try seen(in: gray, at: places[index], within: inView))
            } catch {
                return .failure(error)
            }
        }
        var hits: [Sighted] = []
        for part in found { hits += try part.get() }
        return hits
    }

    private func seen(in gray: Gray, at place: FaceSquare, within limits: SearchLimits) throws(CascadeError) -> [Sighted] {
        let side = Int((Self.viewWindows * window).rounded())
        let scale = place.side / (Self.squareWindows * window)
        let middle = Double(side - 1) / 2
        let warps = angles.map { angle in
            let (a, b) = (scale * cos(angle), scale * sin(angle))
            return SimilarityWarp(
                a: a, b: b, shift: [place.centre.x - a * middle + b * middle, place.centre.y - b * middle - a * middle])
        }
        let views = gray.warped(by: warps.map { ($0, Size(width: side, height: side)) })
        var hits: [Sighted] = []
        for (angle, (warp, view)) in zip(angles, zip(warps, views)) {
            for hit in try search.hits(in: view, within: limits, threads: 1)[0] {
                let square = FaceSquare(hit.rect)
                hits.append(
                    Sighted(
                        square: FaceSquare(centre: warp.source(of: square.centre), side: scale * square.side), roll: angle,
                        weight: hit.weight))
            }
        }
        return hits
    }
}
