import Foundation
import Imaging

/// A square on a face as a search gives it, upright, in pixels of the searched picture.
package struct FaceSquare: Hashable, Sendable {
    /// Pixel centres are whole numbers.
    package var centre: Place
    package var side: Double

    package init(centre: Place, side: Double) {
        self.centre = centre
        self.side = side
    }

    package init(_ rect: Rect) {
        side = Double(rect.width)
        centre = [Double(rect.x) + side / 2 - 0.5, Double(rect.y) + Double(rect.height) / 2 - 0.5]
    }

    /// The nearest square of whole pixels.
    package var rect: Rect {
        let side = max(Int(self.side.rounded()), 1)
        let half = Double(side) / 2
        return Rect(
            x: Int((centre.x + 0.5 - half).rounded()), y: Int((centre.y + 0.5 - half).rounded()), width: side, height: side)
    }
}

/// Where the eyes of a face lie, which says its place, its size and its turn in the picture's plane.
///
/// In a face's square the eyes lie 0.38 sides apart at 0.40 of its height: what squares of `haarcascade_frontalface_alt2` have
/// on average.
package struct FacePose: Hashable, Sendable {
    /// The eye on the left of the picture.
    package var left: Place
    package var right: Place

    package static let gap = 0.38
    package static let height = 0.40

    package init(left: Place, right: Place) {
        self.left = left
        self.right = right
    }

    /// The usual eyes of a face in a square.
    /// - Parameter roll: how far the head leans about the square's centre, in radians: positive clockwise.
    package init(in square: FaceSquare, roll: Double = 0) {
        let across = square.side * Place(cos(roll), sin(roll))
        let down = Place(-across.y, across.x)
        let middle = square.centre + (Self.height - 0.5) * down
        left = middle - Self.gap / 2 * across
        right = middle + Self.gap / 2 * across
    }

    /// From the left eye to the right one.
    package var along: Place { right - left }

    /// The distance between the eyes.
    package var distance: Double { (along.x * along.x + along.y * along.y).squareRoot() }

    /// The upright square of a face with these eyes.
    package var square: FaceSquare {
        let side = distance / Self.gap
        let down = Place(-along.y, along.x) / distance
        return FaceSquare(centre: (left + right) / 2 + (0.5 - Self.height) * side * down, side: side)
    }

    /// The same eyes in a picture `factor` times as large.
    package func scaled(by factor: Double) -> FacePose {
        // A pixel's centre lies half a pixel inside its edges.
        FacePose(left: factor * (left + 0.5) - 0.5, right: factor * (right + 0.5) - 0.5)
    }
}
