import Foundation

/// The places on a circle about a pixel where its neighbours are sampled, offsets rounded to five decimals as in scikit-image.
struct SamplingCircle: Hashable, Sendable {
    /// One horizontal offset that is not a whole number or is combined with a vertical one that is not.
    struct Column: Hashable, Sendable {
        var along: Double
        /// The pixels left and right of it; the same one for a whole offset.
        var left, right: Int
    }

    struct Place: Hashable, Sendable {
        /// The vertical offset in pixels, and the row at or above it.
        var down: Double
        var top: Int
        /// The pixel at or left of the place.
        var left: Int
        /// Whether the place is a pixel's centre; only then `column` means nothing.
        var isWhole: Bool
        /// The number of its horizontal offset among `columns`.
        var column: Int
    }

    private(set) var columns: [Column] = []
    private(set) var places: [Place] = []
    /// The most pixels that are read to any side.
    let reach: Int

    init(neighbours: Int, radius: Double) {
        // Whole offsets need no second neighbour; five decimals keep all others off the whole numbers.
        reach = Int(radius.rounded(.up)) + 1
        for p in 0..<neighbours {
            let angle = 2 * Double.pi * Double(p) / Double(neighbours)
            let down = Self.roundedToFiveDecimals(-radius * sin(angle))
            let along = Self.roundedToFiveDecimals(radius * cos(angle))
            let left = Int(along.rounded(.down))
            let isWhole = along == along.rounded() && down == down.rounded()
            var place = Place(down: down, top: Int(down.rounded(.down)), left: left, isWhole: isWhole, column: 0)
            if !isWhole {
                let column = Column(along: along, left: left, right: along == along.rounded() ? left : left + 1)
                place.column = columns.firstIndex(of: column) ?? columns.count
                if place.column == columns.count { columns.append(column) }
            }
            places.append(place)
        }
    }

    private static func roundedToFiveDecimals(_ value: Double) -> Double {
        (value * 1e5).rounded(.toNearestOrEven) / 1e5
    }
}
