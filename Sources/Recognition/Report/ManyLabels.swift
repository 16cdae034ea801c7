import Foundation
import Learn

/// What the report shows instead of charts that grow with the labels, or with their square, where there are many.
package enum ManyLabels {
    /// Up to so many labels have a bar each and a heat map of confusions.
    package static let limit = 40
    /// Of more, so many have pictures.
    static let pictured = 12
    /// The rows of a list.
    static let listed = 30

    /// How the crops are spread over the labels, and the labels with the fewest.
    package static func counts(labels: [String], counts: [Int]) -> String {
        let ascending = counts.sorted()
        guard let least = ascending.first, let most = ascending.last else { return "" }
        let few = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }.prefix(12)
        let summary = """
            <p>\(labels.count) labels with \(least) to \(most) crops, half of them with \(ascending[ascending.count / 2]) or more. Those \
            with the fewest:</p>
            """
        return summary + countChart(labels: few.map { labels[$0] }, counts: few.map { counts[$0] })
    }

    /// The most frequent confusions as a table: who it is, who was said, how often.
    package static func confusions(labels: [String], matrix: ConfusionMatrix) -> String {
        var wrong: [(truth: Int, said: Int, count: Int)] = []
        for truth in labels.indices {
            for said in labels.indices where said != truth && matrix[truth, said] > 0 { wrong.append((truth, said, matrix[truth, said])) }
        }
        guard !wrong.isEmpty else { return "<p>Nobody was taken for anybody else.</p>" }
        let total = wrong.reduce(0) { $0 + $1.count }
        let most = wrong.sorted { ($1.count, $0.truth, $0.said) < ($0.count, $1.truth, $1.said) }.prefix(listed)
        let rows = most.map { entry in
            "<tr><td>\(SVG.escape(labels[entry.truth]))</td><td>\(SVG.escape(labels[entry.said]))</td><td>\(entry.count)</td></tr>\n"
        }
        let note =
            wrong.count > listed
            ? "\(total) wrong answers between \(wrong.count) pairs of people; the \(listed) most frequent:"
            : "\(total) wrong answers between \(wrong.count) pairs of people:"
        return """
            <p>\(note)</p><table><thead><tr><th>is</th><th>said</th><th>times</th></tr></thead><tbody>
            \(rows.joined())</tbody></table>
            """
    }
}
