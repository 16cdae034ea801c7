import Imaging

/// The picture while it is painted, in light rather than display values (see `Colour`).
struct Canvas: Sendable {
    let width: Int
    let height: Int
    var pixels: [Colour]

    init(width: Int, height: Int, colour: Colour = .zero) {
        self.width = width
        self.height = height
        pixels = [Colour](repeating: colour, count: width * height)
    }

    func mask(_ outline: Outline) -> Mask { Mask(outline, height: height) }

    mutating func fill(_ outline: Outline, _ colour: Colour, opacity: Float = 1, blend: Blend = .over, clip: Mask? = nil) {
        var mask = mask(outline)
        if let clip { mask = mask.clipped(to: clip) }
        fill(mask, colour, opacity: opacity, blend: blend)
    }

    mutating func fill(_ mask: Mask, _ colour: Colour, opacity: Float = 1, blend: Blend = .over) {
        switch blend {
        case .over: paint(mask, opacity: opacity) { _, _, _ in colour }
        case .multiply: paint(mask, opacity: opacity) { _, _, under in under * colour }
        case .add: paint(mask, opacity: opacity) { _, _, under in under + colour }
        }
    }

    mutating func dab(_ ellipse: SoftEllipse, _ colour: Colour, opacity: Float = 1, blend: Blend = .over, clip: Mask? = nil) {
        switch blend {
        case .over: paint(ellipse, opacity: opacity, clip: clip) { _ in colour }
        case .multiply: paint(ellipse, opacity: opacity, clip: clip) { $0 * colour }
        case .add: paint(ellipse, opacity: opacity, clip: clip) { $0 + colour }
        }
    }
}
