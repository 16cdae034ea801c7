/// A table of text.
enum HTMLTable {
    /// A head of one row, and a body of the others; every cell is escaped.
    static func html(_ header: [String], _ rows: [[String]]) -> String {
        func row(_ cells: [String], _ tag: String) -> String {
            "<tr>" + cells.map { "<\(tag)>\(SVG.escape($0))</\(tag)>" }.joined() + "</tr>"
        }
        return "<table><thead>\(row(header, "th"))</thead><tbody>\(rows.map { row($0, "td") }.joined(separator: "\n"))</tbody></table>"
    }
}
