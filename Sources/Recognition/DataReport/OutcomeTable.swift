/// What became of each label's photos: kept, or the reason why not, and how many crops lie there now.
struct OutcomeTable {
    let html: String

    init(_ records: [PhotoRecord], crops: MeasuredCrops) {
        let reasons = RejectReason.allCases.filter { reason in records.contains { $0.reason == reason } }
        let byLabel = Dictionary(grouping: records) { $0.path.parts[0] }
        var here = [String: Int]()
        for crop in crops.crops { here[crop.label, default: 0] += 1 }
        let labels = Set(byLabel.keys).union(crops.labels.map { RelativePath($0) }).sorted()
        let rows = labels.map { label -> [String] in
            let own = byLabel[label] ?? []
            return [label.text, "\(own.count)", "\(own.count(where: \.kept))"]
                + reasons.map { reason in "\(own.count { $0.reason == reason })" } + ["\(here[label.text] ?? 0)"]
        }
        let header = ["label", "photos", "kept"] + reasons.map(\.rawValue) + ["crops now"]
        html = Self.table(header, rows)
    }

    /// A table of text.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        func row(_ cells: [String], _ tag: String) -> String {
            "<tr>" + cells.map { "<\(tag)>\(SVG.escape($0))</\(tag)>" }.joined() + "</tr>"
        }
        return "<table><thead>\(row(header, "th"))</thead><tbody>\(rows.map { row($0, "td") }.joined(separator: "\n"))</tbody></table>"
    }
}
