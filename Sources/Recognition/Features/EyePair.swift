import Imaging

/// The centres of a face's two eyes in photo pixels, the one further left first.
public struct EyePair: Hashable, Sendable {
    /// The eye further left in the photo.
    public let left: Place
    /// The eye further right in the photo.
    public let right: Place

    /// Two centres; `left` lies left of `right` in an upright face.
    public init(left: Place, right: Place) {
        self.left = left
        self.right = right
    }

    /// The pair of eye boxes that looks most like the two eyes of a face, or nil when none does.
    ///
    /// Measured in face widths, eyes lie 0.38 apart, level, at 0.40 of the height and about the middle, and their boxes are of
    /// one size; each deviation counts in units of what is usual (0.08, 0.05, 0.06, 0.08, 0.06). The pair with the smallest
    /// sum wins. A pair with a sum above 6, a distance outside 0.25...0.55, or a slope above 30 degrees is not believed.
    /// - Parameters:
    ///   - eyes: boxes relative to the face's top left corner.
    ///   - face: the face's box in the photo.
    public init?(among eyes: [Rect], of face: Rect) {
        let width = Double(face.width)
        var best: (cost: Double, left: Place, right: Place)?
        for a in eyes {
            for b in eyes {
                let (left, right) = (Self.centre(of: a), Self.centre(of: b))
                guard left.x < right.x else { continue }
                let gap = (right - left) / width
                let middle = (left + right) / (2 * width)
                let cost =
                    abs(gap.x - 0.38) / 0.08 + abs(gap.y) / 0.05 + abs(middle.y - 0.40) / 0.06 + abs(middle.x - 0.5) / 0.08
                    + abs(Double(a.width - b.width)) / width / 0.06
                if cost < best?.cost ?? .infinity { best = (cost, left, right) }
            }
        }
        guard let best, best.cost <= 6 else { return nil }
        let gap = best.right - best.left
        // tan 30 degrees.
        guard 0.25...0.55 ~= gap.x / width, abs(gap.y) <= 0.5773502691896258 * gap.x else { return nil }
        let corner = Place(Double(face.x), Double(face.y))
        left = best.left + corner
        right = best.right + corner
    }

    /// A box's middle as a place: pixel centres are whole numbers, so the edges lie half a pixel outside.
    private static func centre(of box: Rect) -> Place {
        [Double(box.x) + Double(box.width) / 2 - 0.5, Double(box.y) + Double(box.height) / 2 - 0.5]
    }
}
