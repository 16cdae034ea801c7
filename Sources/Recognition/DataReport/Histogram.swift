import Foundation

/// How often values fall into bins of equal width.
package struct Histogram: Sendable, Equatable {
    /// The least and the greatest value that the bins cover.
    package let range: ClosedRange<Double>
    package let counts: [Int]

    /// - Parameter range: nil is from the least value to the greatest.
    /// - Complexity: O(values).
    package init(_ values: [Double], bins: Int = 24, range: ClosedRange<Double>? = nil) {
        let values = values.filter(\.isFinite)
        let low = range?.lowerBound ?? values.min() ?? 0
        let high = max(range?.upperBound ?? values.max() ?? 1, low)
        var counts = [Int](repeating: 0, count: bins)
        for value in values where value >= low && value <= high {
            counts[high > low ? min(bins - 1, Int((value - low) / (high - low) * Double(bins))) : 0] += 1
        }
        self.range = low...high
        self.counts = counts
    }

    /// Bars over their values.
    package func chart(title: String) -> String {
        let (left, top, width, height) = (34.0, 12.0, 300.0, 110.0)
        let most = Double(max(counts.max() ?? 1, 1))
        let bar = width / Double(max(counts.count, 1))
        var content = SVG.line(x1: left, y1: top + height, x2: left + width, y2: top + height, style: "grid")
        content += SVG.text("\(Int(most))", x: left - 6, y: top + 5, anchor: "end", style: "muted")
        for (index, count) in counts.enumerated() where count > 0 {
            let size = max(1, height * Double(count) / most)
            content += SVG.rectangle(
                x: left + bar * Double(index) + 1, y: top + height - size, width: bar - 2, height: size, style: "bar", rounding: 1)
        }
        for step in 0...2 {
            let share = Double(step) / 2
            let value = range.lowerBound + share * (range.upperBound - range.lowerBound)
            content += SVG.text(
                Self.label(value), x: left + width * share, y: top + height + 18, anchor: ["start", "middle", "end"][step], style: "muted")
        }
        return SVG.picture(width: 345, height: 145, title: title, content)
    }

    private static func label(_ value: Double) -> String { abs(value) >= 100 ? "\(Int(value.rounded()))" : SVG.number(value) }
}
